import ChequebookModel

/// Text that is written field by field into memory that it keeps, as JSON or as cells of CSV.
///
/// Every field asks once whether there is room for it, so that a ledger of a billion facts is not held up by its text.
struct ExportText: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0
    /// Whether a comma has to stand in front of the next member or element.
    private var needsComma = false

    init(byteCapacity: Int) {
        capacity = max(byteCapacity, 64)
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { memory.deallocate() }

    /// What is written so far, until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

    mutating func removeAll() {
        count = 0
        needsComma = false
    }

    /// Ends a line: what comes next is not separated by a comma from what was.
    mutating func endLine(_ end: StaticString) {
        raw(end)
        needsComma = false
    }

    mutating func raw(_ byte: UInt8) {
        put(1) { target in
            target.storeBytes(of: byte, as: UInt8.self)
            return 1
        }
    }

    mutating func raw(_ text: StaticString) {
        put(text.utf8CodeUnitCount) { Self.copy(text, to: $0) }
    }

    @inline(__always)
    mutating func raw(_ value: some PlainText) {
        put(PlainTexts.bytesMax) { value.write(to: $0) }
    }

    /// A number that is not negative, in plain digits.
    mutating func raw(_ value: UInt64) {
        put(20) { Self.digits(value, to: $0) }
    }

    /// A cell in quotes, with each quote in it written twice.
    mutating func quotedCell(_ text: UnsafeRawBufferPointer) {
        put(2 * text.count + 2) { target in
            target.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
            var end = 1
            for byte in text {
                target.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
                end += 1
                guard byte == UInt8(ascii: "\"") else { continue }
                target.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
                end += 1
            }
            target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
            return end + 1
        }
    }

    mutating func object(_ body: (inout ExportText) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    /// An array of objects.
    mutating func array<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout ExportText, Element) -> Void
    ) {
        key(name)
        open(UInt8(ascii: "["))
        for element in elements {
            object { body(&$0, element) }
        }
        close(UInt8(ascii: "]"))
    }

    /// An array of plain strings.
    mutating func array(_ name: StaticString, _ elements: [some PlainText]) {
        key(name)
        open(UInt8(ascii: "["))
        for element in elements { string(element) }
        close(UInt8(ascii: "]"))
    }

    mutating func key(_ name: StaticString) {
        put(name.utf8CodeUnitCount + 4) { [needsComma] in Self.key(name, needsComma, to: $0) }
        needsComma = false
    }

    @inline(__always)
    mutating func member(_ name: StaticString, _ value: some PlainText) {
        put(name.utf8CodeUnitCount + PlainTexts.bytesMax + 6) { [needsComma] target in
            var end = Self.key(name, needsComma, to: target)
            target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
            end += 1 + value.write(to: target + end + 1)
            target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
            return end + 1
        }
        needsComma = true
    }

    @inline(__always)
    mutating func memberIfAny(_ name: StaticString, _ value: (some PlainText)?) {
        if let value { member(name, value) }
    }

    mutating func member(_ name: StaticString, word: StaticString) {
        put(name.utf8CodeUnitCount + word.utf8CodeUnitCount + 6) { [needsComma] target in
            var end = Self.key(name, needsComma, to: target)
            target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
            end += 1 + Self.copy(word, to: target + end + 1)
            target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
            return end + 1
        }
        needsComma = true
    }

    /// A number that is not negative.
    mutating func member(_ name: StaticString, _ value: UInt64) {
        put(name.utf8CodeUnitCount + 24) { [needsComma] target in
            let end = Self.key(name, needsComma, to: target)
            return end + Self.digits(value, to: target + end)
        }
        needsComma = true
    }

    mutating func memberIfAny(_ name: StaticString, _ value: Int?) {
        if let value { member(name, UInt64(value)) }
    }

    /// A text of any characters but control characters.
    mutating func member(_ name: StaticString, text: String) {
        var text = text
        key(name)
        text.withUTF8 { utf8 in
            put(2 * utf8.count + 2) { target in
                target.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
                var end = 1
                for byte in utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                        target.storeBytes(of: UInt8(ascii: "\\"), toByteOffset: end, as: UInt8.self)
                        end += 1
                    }
                    target.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
                    end += 1
                }
                target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
                return end + 1
            }
        }
        needsComma = true
    }

    /// Bytes as small hexadecimal digits.
    mutating func member(_ name: StaticString, hex bytes: some Collection<UInt8>) {
        member(name, text: Hex.text(bytes))
    }

    /// `true` or `null`.
    mutating func member(_ name: StaticString, literal: StaticString) {
        key(name)
        raw(literal)
        needsComma = true
    }

    private mutating func string(_ value: some PlainText) {
        if needsComma { raw(UInt8(ascii: ",")) }
        raw(UInt8(ascii: "\""))
        raw(value)
        raw(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        if needsComma { raw(UInt8(ascii: ",")) }
        raw(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        raw(bracket)
        needsComma = true
    }

    /// - Parameters:
    ///   - bytesMax: what is written at most.
    ///   - write: given where; returns how many bytes it wrote.
    @inline(__always)
    private mutating func put(_ bytesMax: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        if capacity - count < bytesMax { grow(bytesMax) }
        count += write(memory + count)
    }

    @inline(never)
    private mutating func grow(_ bytesMax: Int) {
        capacity += max(capacity, bytesMax)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
    }

    @inline(__always)
    private static func key(_ name: StaticString, _ needsComma: Bool, to target: UnsafeMutableRawPointer) -> Int {
        var end = 0
        if needsComma {
            target.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
            end = 1
        }
        target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
        end += 1 + copy(name, to: target + end + 1)
        target.storeBytes(of: UInt8(ascii: "\""), toByteOffset: end, as: UInt8.self)
        target.storeBytes(of: UInt8(ascii: ":"), toByteOffset: end + 1, as: UInt8.self)
        return end + 2
    }

    @inline(__always)
    private static func copy(_ text: StaticString, to target: UnsafeMutableRawPointer) -> Int {
        let text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        ShortText.copy(text, to: target)
        return text.count
    }

    /// Writes a number, and returns how many digits it has.
    private static func digits(_ value: UInt64, to target: UnsafeMutableRawPointer) -> Int {
        var end = 1
        var power: UInt64 = 10
        while end < 20, value >= power {
            end += 1
            let (next, overflows) = power.multipliedReportingOverflow(by: 10)
            power = overflows ? .max : next
        }
        var rest = value
        for place in (0..<end).reversed() {
            target.storeBytes(of: UInt8(ascii: "0") + UInt8(rest % 10), toByteOffset: place, as: UInt8.self)
            rest /= 10
        }
        return end
    }
}

/// Bytes in hexadecimal digits.
enum Hex {
    static func text(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xf)]] }, as: UTF8.self)
    }

    /// The bytes that digits, of which the letters are small, spell; nil for anything else.
    static func bytes(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
