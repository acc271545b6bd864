import CChecksum
import Glibc

extension UnsafeRawBufferPointer {
    /// The little-endian integer at a byte offset, which the caller knows to be inside.
    func integer<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at byteOffset: Int) -> T {
        T(littleEndian: loadUnaligned(fromByteOffset: byteOffset, as: type))
    }

    func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

    /// Whether every byte is `value`. Comparing the bytes with themselves, one later, leaves the work to `memcmp`.
    func isAll(_ value: UInt8) -> Bool {
        guard let base = baseAddress, count > 0 else { return true }
        return self[0] == value && memcmp(base, base + 1, count - 1) == 0
    }

    /// Where the zeros that end these bytes begin: 0 if there is nothing else.
    var endOfNonZero: Int {
        if isAll(0) { return 0 }
        var end = count
        while self[end - 1] == 0 { end -= 1 }
        return end
    }

    var crc32c: UInt32 { crc32c(from: 0) }

    func crc32c(from seed: UInt32) -> UInt32 { chequebook_crc32c(seed, baseAddress, count) }
}

extension UnsafeMutableRawBufferPointer {
    func put<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at byteOffset: Int) {
        storeBytes(of: value.littleEndian, toByteOffset: byteOffset, as: T.self)
    }

    func slice(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: self[range])
    }

    func fill(_ range: Range<Int>, with value: UInt8) {
        slice(range).initializeMemory(as: UInt8.self, repeating: value)
    }
}
