public import ChequebookModel

/// Writes JSON into bytes: compact, keys in the order in which they are written, integers of any size the ledger has.
///
/// Commas are the writer's business; that begins and ends match is the caller's.
public struct JSONWriter: AnswerSink, ~Copyable {
    /// What is written, and room for more behind it.
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0
    private var needsComma = false

    /// - Parameter byteCapacity: about as long as the document will be; a longer one has to be moved.
    public init(byteCapacity: Int = 1_024) {
        capacity = max(byteCapacity, 64)
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { memory.deallocate() }

    /// What is written so far.
    public var bytes: [UInt8] { [UInt8](UnsafeRawBufferPointer(start: memory, count: count)) }

    public mutating func object(_ body: (inout Self) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    public mutating func array(_ body: (inout Self) -> Void) {
        open(UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    public mutating func key(_ name: StaticString) {
        quote(name, andThen: UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func word(_ word: StaticString) {
        quote(word, andThen: nil)
    }

    public mutating func plain(_ value: some PlainText) {
        put(PlainTexts.bytesMax + 3) { target, start in
            target.put(UInt8(ascii: "\""), at: start)
            let end = start + 1 + value.write(to: target + start + 1)
            target.put(UInt8(ascii: "\""), at: end)
            return end + 1
        }
    }

    public mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            // A control character takes six bytes.
            put(utf8.count * 6 + 3) { target, start in
                var end = start
                target.put(UInt8(ascii: "\""), at: end)
                end += 1
                for byte in utf8 { end += Self.escape(byte, target + end) }
                target.put(UInt8(ascii: "\""), at: end)
                return end + 1
            }
        }
    }

    public mutating func integer(_ value: some BinaryInteger) {
        if let small = Int64(exactly: value) {
            // The least integer has a sign and nineteen digits.
            put(21) { target, start in start + Self.digits(small, target + start) }
        } else {
            put("\(value)")
        }
    }

    public mutating func decimal(_ text: String) {
        string(text)
    }

    public mutating func boolean(_ value: Bool) {
        put(value ? "true" : "false")
    }

    public mutating func null() {
        put("null")
    }

    /// Ends the document with a line feed, so that a terminal shows the next prompt on a line of its own.
    public mutating func endLine() {
        needsComma = false
        put("\n")
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        put(2) { target, start in
            target.put(bracket, at: start)
            return start + 1
        }
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        needsComma = false
        open(bracket)
        needsComma = true
    }

    private mutating func quote(_ text: StaticString, andThen mark: UInt8?) {
        let text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        put(text.count + 4) { target, start in
            target.put(UInt8(ascii: "\""), at: start)
            target.put(text, at: start + 1)
            let end = start + 1 + text.count
            target.put(UInt8(ascii: "\""), at: end)
            guard let mark else { return end + 1 }
            target.put(mark, at: end + 1)
            return end + 2
        }
    }

    /// Text of ours that is no string.
    private mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            put(utf8.count + 1) { target, start in
                target.put(UnsafeRawBufferPointer(utf8), at: start)
                return start + utf8.count
            }
        }
    }

    /// Has the next value written, with a comma in front where one is needed.
    ///
    /// - Parameters:
    ///   - bytesMax: what comma and value take at most.
    ///   - write: given the memory and where the value starts in it; returns where it ends.
    @inline(__always)
    private mutating func put(_ bytesMax: Int, _ write: (UnsafeMutableRawPointer, Int) -> Int) {
        if capacity - count < bytesMax { grow(bytesMax) }
        if needsComma {
            memory.put(UInt8(ascii: ","), at: count)
            count += 1
        }
        count = write(memory, count)
        needsComma = true
    }

    @inline(never)
    private mutating func grow(_ bytesMax: Int) {
        capacity += max(capacity, bytesMax)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
    }

    /// Writes a byte of a string, and returns how many bytes that took.
    @inline(__always)
    private static func escape(_ byte: UInt8, _ target: UnsafeMutableRawPointer) -> Int {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            target.put(UInt8(ascii: "\\"), at: 0)
            target.put(byte, at: 1)
            return 2
        case 0..<0x20:
            for (offset, character) in "\\u00".utf8.enumerated() { target.put(character, at: offset) }
            target.put(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"), at: 4)
            let low = byte & 0x0f
            target.put(low < 10 ? low + UInt8(ascii: "0") : low - 10 + UInt8(ascii: "a"), at: 5)
            return 6
        default:
            target.put(byte, at: 0)
            return 1
        }
    }

    /// Writes a number, and returns how many bytes that took.
    private static func digits(_ value: Int64, _ target: UnsafeMutableRawPointer) -> Int {
        var end = 1
        var power: UInt64 = 10
        while end < 19, value.magnitude >= power {
            power *= 10
            end += 1
        }
        if value < 0 {
            target.put(UInt8(ascii: "-"), at: 0)
            end += 1
        }
        var rest = value.magnitude
        var place = end
        repeat {
            place -= 1
            target.put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10), at: place)
            rest /= 10
        } while rest > 0
        return end
    }
}

extension UnsafeMutableRawPointer {
    @inline(__always)
    fileprivate func put(_ byte: UInt8, at offset: Int) { storeBytes(of: byte, toByteOffset: offset, as: UInt8.self) }

    @inline(__always)
    fileprivate func put(_ text: UnsafeRawBufferPointer, at offset: Int) {
        guard let base = text.baseAddress else { return }
        (self + offset).copyMemory(from: base, byteCount: text.count)
    }
}
