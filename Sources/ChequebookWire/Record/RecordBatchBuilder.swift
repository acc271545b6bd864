public import ChequebookModel

/// Facts as records, one behind another, each after its length as a little-endian UInt16.
///
/// This is the form in which a request hands its facts to the journal: no fact stays an object.
public struct RecordBatchBuilder {
    private var storage: [UInt8]
    private var used = 0
    /// Number of records.
    public private(set) var count = 0

    /// - Parameter byteCapacity: what to make room for at once.
    public init(byteCapacity: Int = RecordFormat.eventBytesMax) {
        storage = [UInt8](repeating: 0, count: byteCapacity)
    }

    /// Bytes of the records so far, their lengths included.
    public var byteCount: Int { used }

    /// Adds a fact's record.
    public mutating func append(_ fact: Fact) {
        switch fact {
        case .costEvent(let event): append(event)
        case .reversal(let reversal): append(reversal)
        default: append(RecordEncoder.bytes(of: fact))
        }
    }

    /// Adds a cost event's record without an allocation.
    public mutating func append(_ event: CostEvent) {
        withRoom { writer in RecordEncoder.put(event, &writer) }
    }

    /// Adds a reversal's record without an allocation.
    public mutating func append(_ reversal: Reversal) {
        withRoom { writer in RecordEncoder.put(reversal, &writer) }
    }

    /// Adds what the fields of an event or a reversal say.
    @inline(__always)
    mutating func append(_ fields: CostEventFields) {
        withRoom { writer in
            if fields.isReversal {
                RecordEncoder.put(reversal: (fields.source, fields.id), of: fields.reverses, &writer)
            } else {
                RecordEncoder.put(fields, &writer)
            }
        }
    }

    /// The records; the builder is empty afterwards.
    public mutating func take() -> [UInt8] {
        storage.removeLast(storage.count - used)
        defer {
            storage = []
            used = 0
            count = 0
        }
        return storage
    }

    /// Adds a record of at most 65,535 bytes as it is.
    mutating func append(_ record: [UInt8]) {
        makeRoom(record.count + 2)
        storage[used] = UInt8(truncatingIfNeeded: record.count)
        storage[used + 1] = UInt8(truncatingIfNeeded: record.count >> 8)
        storage.replaceSubrange(used + 2..<used + 2 + record.count, with: record)
        used += record.count + 2
        count += 1
    }

    @inline(__always)
    private mutating func withRoom(_ body: (inout ByteWriter) -> Void) {
        makeRoom(RecordFormat.eventBytesMax)
        let start = used
        used = storage.withUnsafeMutableBytes { bytes in
            var writer = ByteWriter(bytes, at: start + 2)
            body(&writer)
            var length = ByteWriter(bytes, at: start)
            length.put(UInt16(writer.count - start - 2))
            return writer.count
        }
        count += 1
    }

    private mutating func makeRoom(_ byteCount: Int) {
        guard used + byteCount > storage.count else { return }
        storage.append(contentsOf: repeatElement(0, count: max(byteCount, storage.count)))
    }
}
