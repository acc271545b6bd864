public import ChequebookModel

/// Writes JSON into bytes: compact, keys in the order in which they are written, integers of any size the ledger has.
///
/// Commas are the writer's business; that begins and ends match is the caller's.
///
/// What writes many members takes the writer into a variable of its own and puts it back: its members are compiled into
/// where they are called, so names come to be constants, and place and comma stay in registers as long as nobody else
/// can see them.
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

    /// Gives `body` what is written so far, in memory that is good until it returns.
    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    @inline(__always)
    public mutating func object(_ body: (inout Self) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    @inline(__always)
    public mutating func array(_ body: (inout Self) -> Void) {
        open(UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    @inline(__always)
    public mutating func key(_ name: StaticString) {
        quote(name, andThen: UInt8(ascii: ":"))
        needsComma = false
    }

    @inline(__always)
    public mutating func word(_ word: StaticString) {
        quote(word, andThen: nil)
    }

    @inline(__always)
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

    @inline(__always)
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

    @inline(__always)
    public mutating func boolean(_ value: Bool) {
        put(value ? "true" : "false")
    }

    @inline(__always)
    public mutating func null() {
        put("null")
    }

    /// Ends the document with a line feed, so that a terminal shows the next prompt on a line of its own.
    public mutating func endLine() {
        needsComma = false
        put("\n")
        needsComma = true
    }

    @inline(__always)
    private mutating func open(_ bracket: UInt8) {
        put(2) { target, start in
            target.put(bracket, at: start)
            return start + 1
        }
        needsComma = false
    }

    @inline(__always)
    private mutating func close(_ bracket: UInt8) {
        needsComma = false
        open(bracket)
        needsComma = true
    }

    @inline(__always)
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
        if capacity - count < bytesMax {
            (memory, capacity) = Self.larger(memory, count: count, capacity: capacity, room: bytesMax)
        }
        if needsComma {
            memory.put(UInt8(ascii: ","), at: count)
            count += 1
        }
        count = write(memory, count)
        needsComma = true
    }

    /// The same bytes in more memory. It takes and gives values, so that the writer need not lie in memory for it.
    @inline(never)
    private static func larger(
        _ memory: UnsafeMutableRawPointer, count: Int, capacity: Int, room: Int
    ) -> (UnsafeMutableRawPointer, Int) {
        let capacity = capacity + max(capacity, room)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        return (larger, capacity)
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
    @inline(never)
    private static func digits(_ value: Int64, _ target: UnsafeMutableRawPointer) -> Int {
        var rest = value.magnitude
        var end = 1
        var power: UInt64 = 10
        while end < 19, rest >= power {
            power *= 10
            end += 1
        }
        if value < 0 {
            target.put(UInt8(ascii: "-"), at: 0)
            end += 1
        }
        var place = end
        while rest >= 100 {
            let pair = rest % 100
            rest /= 100
            place -= 2
            target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair / 10), at: place)
            target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair % 10), at: place + 1)
        }
        target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10), at: place - 1)
        if rest >= 10 { target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / 10), at: place - 2) }
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
