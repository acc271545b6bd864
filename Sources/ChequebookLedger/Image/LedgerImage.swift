/// The memory of a ledger as it is now, in pieces: what a checkpoint holds.
///
/// What is many is there as it lies in memory, so that taking an image copies little, however large the ledger is. What
/// is rare (bodies, cards, lists) stands as the places of its records. Two ledgers to which the same records were applied
/// have the same image, byte for byte. The pieces are good until the ledger changes; those that are this object's own,
/// until it goes.
public final class LedgerImage {
    /// The form of an image. Whatever changes what stands in it, or how it lies in memory, changes this too.
    public static let version: UInt32 = 1

    private static let ownBlockBytes = 1 << 16

    /// In the order in which they are to be written.
    public private(set) var pieces: [UnsafeRawBufferPointer] = []
    private var ownBlocks: [UnsafeMutableRawBufferPointer] = []
    private var ownUsedBytes = 0
    /// Whether the last piece is of our own memory and may be made longer.
    private var isOpen = false

    deinit {
        for block in ownBlocks { block.deallocate() }
    }

    /// What all pieces take.
    public var byteCount: Int { pieces.reduce(0) { $0 + $1.count } }

    /// Where another image begins to differ, in bytes from the beginning; nil if it is the same.
    public func firstDifference(from other: LedgerImage) -> Int? {
        var mine = PieceReader(pieces)
        var others = PieceReader(other.pieces)
        var offset = 0
        while let one = mine.next(atMost: .max) {
            var rest = one
            while !rest.isEmpty {
                guard let part = others.next(atMost: rest.count) else { return offset }
                if let index = Self.firstDifference(rest, part) { return offset + index }
                offset += part.count
                rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
            }
        }
        return others.next(atMost: 1) == nil ? nil : offset
    }

    /// Where `part` differs from what `rest` begins with: eight bytes at a time, for images of gigabytes.
    private static func firstDifference(_ rest: UnsafeRawBufferPointer, _ part: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        while index + 8 <= part.count,
            rest.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                == part.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        {
            index += 8
        }
        while index < part.count, rest[index] == part[index] { index += 1 }
        return index < part.count ? index : nil
    }

    /// Goes through pieces in parts of any size.
    private struct PieceReader {
        private var pieces: ArraySlice<UnsafeRawBufferPointer>

        init(_ pieces: [UnsafeRawBufferPointer]) { self.pieces = pieces[...] }

        /// What follows, up to the end of its piece; nil at the end.
        mutating func next(atMost count: Int) -> UnsafeRawBufferPointer? {
            guard let piece = pieces.popFirst() else { return nil }
            guard piece.count > count else { return piece }
            pieces = [UnsafeRawBufferPointer(rebasing: piece[count...])] + pieces
            return UnsafeRawBufferPointer(rebasing: piece[..<count])
        }
    }

    func put(_ value: UInt64) { withUnsafeBytes(of: value.littleEndian) { putCopy($0) } }

    func put(_ value: Int) { put(UInt64(bitPattern: Int64(value))) }

    /// Memory of the ledger, which is not copied.
    func putMemory(_ memory: UnsafeRawBufferPointer) {
        guard !memory.isEmpty else { return }
        pieces.append(memory)
        isOpen = false
    }

    /// A list that the ledger holds, with its count in front.
    func putList(_ list: ContiguousArray<some BitwiseCopyable>) {
        put(list.count)
        list.withUnsafeBytes { putMemory($0) }
    }

    /// A list made for the image, with its count in front.
    func putCopy(ofList list: [some BitwiseCopyable]) {
        put(list.count)
        list.withUnsafeBytes { putCopy($0) }
    }

    func putCopy(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while !rest.isEmpty {
            if ownBlocks.isEmpty || ownUsedBytes == Self.ownBlockBytes {
                ownBlocks.append(.allocate(byteCount: Self.ownBlockBytes, alignment: 16))
                ownUsedBytes = 0
                isOpen = false
            }
            let block = ownBlocks[ownBlocks.count - 1]
            let count = min(rest.count, Self.ownBlockBytes - ownUsedBytes)
            let target = UnsafeMutableRawBufferPointer(rebasing: block[ownUsedBytes..<ownUsedBytes + count])
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            if isOpen, let last = pieces.popLast() {
                pieces.append(UnsafeRawBufferPointer(start: last.baseAddress, count: last.count + count))
            } else {
                pieces.append(UnsafeRawBufferPointer(target))
                isOpen = true
            }
            ownUsedBytes += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}

/// Where an image is read from, from its beginning.
public protocol LedgerImageSource: AnyObject {
    /// How much follows, in bytes.
    var bytesLeft: UInt64 { get }

    /// Fills `memory` with what follows.
    ///
    /// - Throws: if there is less, or it is not what was written.
    func read(into memory: UnsafeMutableRawBufferPointer) throws
}

/// Bytes that are no image which a ledger made.
public struct ImageFault: Error, Equatable, CustomStringConvertible {
    /// What does not fit.
    let part: String

    public var description: String { "its image is none that a ledger makes: \(part) cannot be right" }
}

/// Reads what ``LedgerImage`` put, in the same order.
///
/// Checksums tell whether an image is as it was written. What is checked here beside them is what memory is taken by and
/// what is an index into it, so that no image, however it was made, can end the process.
struct ImageReader {
    let source: any LedgerImageSource

    func word() throws -> UInt64 {
        var value: UInt64 = 0
        try withUnsafeMutableBytes(of: &value) { try source.read(into: $0) }
        return UInt64(littleEndian: value)
    }

    func int() throws -> Int { Int(Int64(bitPattern: try word())) }

    /// How many things follow that take at least so many bytes each: never more than there can be.
    func count(bytesEach: Int, _ part: String) throws -> Int {
        let count = try word()
        try expect(count <= source.bytesLeft / UInt64(bytesEach), part)
        return Int(count)
    }

    func expect(_ isRight: Bool, _ part: @autoclosure () -> String) throws {
        guard isRight else { throw ImageFault(part: part()) }
    }

    func memory(_ start: UnsafeMutableRawPointer, byteCount: Int) throws {
        guard byteCount > 0 else { return }
        try source.read(into: UnsafeMutableRawBufferPointer(start: start, count: byteCount))
    }

    func list<Element: BitwiseCopyable>(of type: Element.Type) throws -> ContiguousArray<Element> {
        let count = try self.count(bytesEach: MemoryLayout<Element>.stride, "the length of a list")
        // Made in place, an empty array writes its length, and all threads have the same empty array.
        guard count > 0 else { return [] }
        return try ContiguousArray(unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress { try memory(start, byteCount: count * MemoryLayout<Element>.stride) }
            initialized = count
        }
    }
}
