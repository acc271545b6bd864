import NIOCore

/// Gathers a body that is read as a whole. The transport keeps it within its limit.
final class BodyCollector: BodyConsumer {
    private var body = ByteBuffer()
    private let whole: (ByteBuffer) -> Void

    /// - Parameter whole: called once with the complete body, on the event loop.
    init(_ whole: @escaping (ByteBuffer) -> Void) {
        self.whole = whole
    }

    func received(_ bytes: ByteBuffer) {
        if body.readableBytes == 0 {
            body = bytes
        } else {
            body.writeImmutableBuffer(bytes)
        }
    }

    func ended() { whole(body) }

    func aborted() {}
}
