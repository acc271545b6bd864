import CChecksum

/// The CRC-32C of bytes that a test changes by hand.
func crc32c(_ bytes: some Collection<UInt8>) -> UInt32 {
    let bytes = Array(bytes)
    return chequebook_crc32c(0, bytes, bytes.count)
}

/// The SHA-256 of bytes, by another road than the journal's.
func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    var out = [UInt8](repeating: 0, count: 32)
    chequebook_sha256(bytes, bytes.count, &out)
    return out
}

/// Bytes as hexadecimal digits.
func hex(_ bytes: some Collection<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// An integer's bytes, the lowest first.
func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// Puts an integer where a test changes bytes by hand.
func put(_ value: some FixedWidthInteger, in bytes: inout [UInt8], at offset: Int) {
    bytes.replaceSubrange(offset..<offset + value.bitWidth / 8, with: littleEndian(value))
}
