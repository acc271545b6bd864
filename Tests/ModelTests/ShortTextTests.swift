import ChequebookModel
import Testing

@Suite("A short text, word by word")
struct ShortTextTests {
    private static let bytes: [UInt8] = (0..<70).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }

    @Test("gives the bytes of each of its words in order, and zeros behind its end")
    func words() {
        for count in 0...40 {
            let text = Array(Self.bytes.prefix(count))
            for offset in 0...48 {
                let eight = (text.dropFirst(offset).prefix(8) + [0, 0, 0, 0, 0, 0, 0, 0]).prefix(8)
                let expected = eight.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                #expect(text.withUnsafeBytes { ShortText.word($0, at: offset) } == expected, "\(offset) of \(count)")
            }
        }
    }

    @Test("equals its copy, and no text that is longer, shorter, or differs in one byte")
    func equality() {
        func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
            left.withUnsafeBytes { left in right.withUnsafeBytes { ShortText.areEqual(left, $0) } }
        }
        for count in 0...70 {
            let text = Array(Self.bytes.prefix(count))
            #expect(areEqual(text, text.map { $0 }))
            #expect(!areEqual(text, text + [0]))
            for index in 0..<count {
                var other = text
                other[index] ^= 1 << UInt8(index % 8)
                #expect(!areEqual(text, other), "byte \(index) of \(count)")
            }
        }
    }

    @Test("is copied whole, and nothing before or behind it is touched")
    func copy() {
        for count in 0...70 {
            let text = Array(Self.bytes.prefix(count))
            var target = [UInt8](repeating: 0xEE, count: count + 2)
            target.withUnsafeMutableBytes { target in
                text.withUnsafeBytes { ShortText.copy($0, to: target.baseAddress! + 1) }
            }
            #expect(target == [0xEE] + text + [0xEE])
        }
    }
}
