import CChecksum

/// The CRC-32C of bytes that a test changes by hand.
func crc32c(_ bytes: some Collection<UInt8>) -> UInt32 {
    let bytes = Array(bytes)
    return chequebook_crc32c(0, bytes, bytes.count)
}
