import NIOCore

/// Gathers the answers to one read, so that they go out in one write.
///
/// It never calls the channel itself: sending can call back into the handler that owns it.
struct Outbox {
    private var gathered = ByteBuffer()

    /// Copying a larger body costs more than a second element in the write.
    static let copiedBodyBytesMax = 16_384
    /// More than this is sent before the read is over, so that the channel can say when it is full.
    static let gatheredBytesMax = 65_536

    var isFull: Bool { gathered.readableBytes > Self.gatheredBytesMax }

    /// Adds an answer. A body too large to be copied is returned: it must be sent next, after ``take()``.
    mutating func add(_ response: Response, framedBy frame: AnswerFrame, _ loop: LoopContext) -> ByteBuffer? {
        ensureBuffer(loop)
        gathered.writeHead(of: response, framedBy: frame, sharedFields: loop.sharedFields)
        if frame.isHead || response.isWithoutContent { return nil }
        if response.body.readableBytes > Self.copiedBodyBytesMax { return response.body }
        gathered.writeImmutableBuffer(response.body)
        return nil
    }

    mutating func addContinue(_ loop: LoopContext) {
        ensureBuffer(loop)
        gathered.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// Hands over what is gathered; nil if there is nothing.
    mutating func take() -> ByteBuffer? {
        guard gathered.readableBytes > 0 else { return nil }
        var taken = ByteBuffer()
        swap(&taken, &gathered)
        return taken
    }

    private mutating func ensureBuffer(_ loop: LoopContext) {
        if gathered.capacity == 0 { gathered = loop.takeBuffer() }
    }
}

/// Notices a client that does not read. Looked at once for each sweep, so that sending needs no bookkeeping.
struct WriteProgress {
    private var unsentBytes = 0
    private var sinceMilliseconds: Int64 = 0

    /// True if the same bytes have been waiting for too long.
    mutating func isStalled(unsentBytes: Int, now: Int64, millisecondsMax: Int64) -> Bool {
        if unsentBytes == 0 || unsentBytes != self.unsentBytes {
            self.unsentBytes = unsentBytes
            sinceMilliseconds = now
        }
        return now - sinceMilliseconds > millisecondsMax
    }
}
