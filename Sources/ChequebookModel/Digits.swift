/// Fixed-width decimal fields, the form of dates, years and NHS numbers.
enum Digits {
    /// The value of the ASCII digits at `range`; nil if one of them is no digit.
    static func value(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            let digit = Int(bytes[index]) - 48
            guard digit >= 0, digit <= 9 else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The values of four pairs of ASCII digits in a word whose lowest byte is the first, one in each 16 bits; nil if one
    /// of the eight bytes is no digit.
    @inline(__always)
    static func pairs(_ word: UInt64) -> UInt64? {
        guard word & ByteLanes.topBits == 0,
            ByteLanes.within(word, UInt8(ascii: "0"), UInt8(ascii: "9")) & ByteLanes.topBits == ByteLanes.topBits
        else { return nil }
        let digits = word & ByteLanes.all(0x0f)
        return (digits &* 10 &+ digits >> 8) & 0x00ff_00ff_00ff_00ff
    }

    /// Writes the last so many digits of a value that is not negative, with zeros in front.
    @inline(__always)
    static func write(_ value: Int, places: Int, to target: UnsafeMutableRawPointer) {
        var rest = UInt(bitPattern: value)
        var place = places
        // Each division waits for the one before it, so there is one for two digits.
        while place >= 2 {
            let pair = rest % 100
            rest /= 100
            place -= 2
            target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair / 10), at: place)
            target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair % 10), at: place + 1)
        }
        if place == 1 { target.put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10), at: 0) }
    }

    /// Runs `body` on the UTF-8 of `text`.
    static func withBytes<Result>(of text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var text = text
        return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}
