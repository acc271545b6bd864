import ChequebookModel

/// Writes little-endian fields into bytes that are large enough; the caller sees to that.
struct ByteWriter {
    private let bytes: UnsafeMutableRawBufferPointer
    private(set) var count: Int

    init(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) {
        self.bytes = bytes
        count = offset
    }

    @inline(__always)
    mutating func put<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        bytes.storeBytes(of: value.littleEndian, toByteOffset: count, as: Value.self)
        count += MemoryLayout<Value>.size
    }

    @inline(__always)
    mutating func put(_ text: UnsafeRawBufferPointer) {
        guard let target = UnsafeMutableRawBufferPointer(rebasing: bytes[count..<count + text.count]).baseAddress
        else { return }
        ShortText.copy(text, to: target)
        count += text.count
    }
}
