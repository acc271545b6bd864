/// Texts of a few bytes, looked at as whole words.
///
/// Every event has half a dozen of them, each too short for a loop over bytes or a call to memcpy to pay. No byte
/// outside of a text is read: one that is shorter than a word is put together from two loads that overlap.
package enum ShortText {
    /// Eight bytes of the text from an offset on, the first in the lowest bits, zeros behind the end.
    @inline(__always)
    package static func word(_ text: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        let count = text.count - offset
        if count >= 8 { return load(text, offset) }
        guard count > 0 else { return 0 }
        // The last eight bytes, without those before the offset.
        if text.count >= 8 { return load(text, text.count - 8) >> UInt64(8 * (8 - count)) }
        return offset == 0 ? short(text) : short(text) >> UInt64(8 * offset)
    }

    /// Whether two texts are the same bytes.
    @inline(__always)
    package static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let count = left.count
        guard count == right.count else { return false }
        if count < 8 { return short(left) == short(right) }
        var difference = load(left, count - 8) ^ load(right, count - 8)
        for offset in stride(from: 0, to: count - 8, by: 8) { difference |= load(left, offset) ^ load(right, offset) }
        return difference == 0
    }

    /// Copies a text to where there is room for it.
    @inline(__always)
    package static func copy(_ text: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
        let count = text.count
        guard count >= 8 else {
            var rest = short(text)
            for offset in 0..<count {
                target.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: offset, as: UInt8.self)
                rest >>= 8
            }
            return
        }
        for offset in stride(from: 0, to: count - 8, by: 8) {
            target.storeBytes(of: load(text, offset).littleEndian, toByteOffset: offset, as: UInt64.self)
        }
        target.storeBytes(of: load(text, count - 8).littleEndian, toByteOffset: count - 8, as: UInt64.self)
    }

    @inline(__always)
    static func load(_ text: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// All of a text of 0 to 7 bytes.
    @inline(__always)
    static func short(_ text: UnsafeRawBufferPointer) -> UInt64 {
        let count = text.count
        if count >= 4 {
            let first = UInt64(UInt32(littleEndian: text.loadUnaligned(as: UInt32.self)))
            let last = UInt64(UInt32(littleEndian: text.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
            return first | last << UInt64(8 * (count - 4))
        }
        guard count > 0 else { return 0 }
        // One, two or three bytes: two of the three loads may be of the same byte.
        let middle = count / 2
        return UInt64(text[0]) | UInt64(text[middle]) << UInt64(8 * middle)
            | UInt64(text[count - 1]) << UInt64(8 * (count - 1))
    }
}

/// Questions about the eight bytes of a word at once. Each answer is a word with the top bit of every byte set for
/// which it is yes; what the other bits hold is left open. All take ASCII: no byte of `word` may have its top bit set.
package enum ByteLanes {
    package static let topBits: UInt64 = 0x8080_8080_8080_8080

    /// The same byte eight times.
    @inline(__always)
    package static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// Which bytes are from `first` through `last`, which are ASCII. No sum goes beyond its byte: both addends are at
    /// most 128 and 127.
    @inline(__always)
    package static func within(_ word: UInt64, _ first: UInt8, _ last: UInt8) -> UInt64 {
        (word &+ all(0x80 - first)) & ~(word &+ all(0x7f - last))
    }
}
