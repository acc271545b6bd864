public import ChequebookModel
import Glibc

/// What time it is. The only clock of the service; a test brings its own.
public protocol EngineClock: Sendable {
    func now() -> Instant
}

/// The machine's clock, in UTC.
public struct SystemClock: EngineClock {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
