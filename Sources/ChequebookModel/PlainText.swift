/// A value with a short text of visible ASCII without quotes and backslashes: it can be put into an answer byte by byte,
/// with nothing to escape and no `String` in between.
public protocol PlainText {
    /// Writes the text to where there is room for ``PlainTexts/bytesMax`` bytes, and returns its length in bytes.
    func write(to target: UnsafeMutableRawPointer) -> Int
}

/// What holds for every ``PlainText``.
public enum PlainTexts {
    /// The longest is `p:` and a pseudonym.
    public static let bytesMax = 2 + Limits.identifierBytesMax
}

extension PlainText {
    /// The text.
    public var text: String {
        // A string is made from what is there, so that a short one needs no memory of its own.
        withUnsafeTemporaryAllocation(byteCount: PlainTexts.bytesMax, alignment: 1) { bytes in
            guard let target = bytes.baseAddress else { return "" }
            return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<write(to: target)]), as: UTF8.self)
        }
    }
}

extension UnsafeMutableRawPointer {
    /// Writes one ASCII character.
    @inline(__always)
    func put(_ character: UInt8, at offset: Int) {
        storeBytes(of: character, toByteOffset: offset, as: UInt8.self)
    }
}
