import ChequebookLedger

/// The bytes of an image, and where reading them is.
final class ImageBytes: LedgerImageSource {
    struct Ended: Error {}

    private(set) var bytes: [UInt8]
    private var next = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    init(_ image: LedgerImage) {
        bytes = image.pieces.flatMap { Array($0) }
        withExtendedLifetime(image) {}
    }

    var bytesLeft: UInt64 { UInt64(bytes.count - next) }

    /// Whether all of it was read.
    var isAtEnd: Bool { next == bytes.count }

    func cut(to count: Int) { bytes.removeLast(bytes.count - count) }

    func read(into memory: UnsafeMutableRawBufferPointer) throws {
        guard bytes.count - next >= memory.count else { throw Ended() }
        bytes.withUnsafeBytes { memory.copyMemory(from: .init(rebasing: $0[next..<next + memory.count])) }
        next += memory.count
    }
}
