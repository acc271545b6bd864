/// Judges whether a body keeps moving. Times are the loop's coarse milliseconds.
///
/// The client is charged only for time in which the server was reading.
struct BodyPace {
    private var lastByteAt: Int64 = 0
    private var windowBeganAt: Int64 = 0
    private var windowBytes: Int64 = 0
    private var pausedAt: Int64?

    /// The body may begin.
    mutating func began(now: Int64) {
        self = BodyPace()
        lastByteAt = now
        windowBeganAt = now
    }

    mutating func received(bytes: Int, now: Int64) {
        lastByteAt = now
        windowBytes += Int64(bytes)
    }

    mutating func paused(now: Int64) {
        pausedAt = pausedAt ?? now
    }

    mutating func resumed(now: Int64) {
        guard let pausedAt else { return }
        self.pausedAt = nil
        lastByteAt = now
        windowBeganAt += now - pausedAt
    }

    /// True if no byte came for too long, or too few in the time that has just gone by.
    mutating func isTooSlow(now: Int64, limits: ServerLimits) -> Bool {
        guard pausedAt == nil else { return false }
        if now - lastByteAt > limits.bodyStallMillisecondsMax { return true }
        let elapsedMilliseconds = now - windowBeganAt
        guard elapsedMilliseconds > limits.bodyPaceMilliseconds else { return false }
        let isTooSlow = windowBytes * 1_000 < limits.bodyBytesPerSecondMin * elapsedMilliseconds
        windowBeganAt = now
        windowBytes = 0
        return isTooSlow
    }
}
