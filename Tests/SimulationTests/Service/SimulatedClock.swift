import ChequebookEngine
import ChequebookModel
import Synchronization

/// A clock that stands until the test moves it.
final class SimulatedClock: EngineClock {
    private let instant: Mutex<Instant>

    init(noonOf day: Day) {
        instant = Mutex(Self.noon(day))
    }

    func now() -> Instant { instant.withLock { $0 } }

    func set(noonOf day: Day) { instant.withLock { $0 = Self.noon(day) } }

    /// 12:00 UTC, which is the same day in London in summer and in winter.
    private static func noon(_ day: Day) -> Instant {
        guard let date = CalendarDate("\(day)") else { preconditionFailure("no such day") }
        return Instant(microseconds: (Int64(date.dayNumber) * 24 + 12) * 3_600_000_000)
    }
}
