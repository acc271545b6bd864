import Glibc
import Synchronization

/// How well a part of the service is.
public enum Health: Int, Sendable, Comparable {
    case pass, warn, fail

    public var word: String {
        switch self {
        case .pass: "pass"
        case .warn: "warn"
        case .fail: "fail"
        }
    }

    public static func < (left: Health, right: Health) -> Bool { left.rawValue < right.rawValue }
}

/// How much room the journal's disk has, looked at every few seconds on a thread of its own.
public final class DiskGauge: Sendable {
    /// Less room than this is a warning: some ten million events.
    public static let warnBytes: Int64 = 2 << 30
    /// Less room than this is a failure: two segments.
    public static let failBytes: Int64 = 128 << 20
    private static let secondsBetween: UInt32 = 5

    private let freeCell: Atomic<Int64>
    private let path: String

    /// - Parameter path: a directory on the disk to watch.
    public init(path: String) {
        self.path = path
        freeCell = Atomic(Self.freeBytes(path))
    }

    /// Looks again and again, for as long as the process lives.
    public func start() {
        WorkerThread.start { [self] in
            while true {
                sleep(Self.secondsBetween)
                freeCell.store(Self.freeBytes(path), ordering: .relaxed)
            }
        }
    }

    /// Bytes that may still be written; −1 if the system does not say.
    public var freeBytes: Int64 { freeCell.load(ordering: .relaxed) }

    public var health: Health {
        let free = freeBytes
        return free < 0 || free >= Self.warnBytes ? .pass : free >= Self.failBytes ? .warn : .fail
    }

    public var detail: String { freeBytes < 0 ? "not known" : "\(freeBytes >> 20) MiB free" }

    private static func freeBytes(_ path: String) -> Int64 {
        var info = statvfs()
        guard statvfs(path, &info) == 0 else { return -1 }
        let (bytes, overflows) = UInt64(info.f_bavail).multipliedReportingOverflow(by: UInt64(info.f_frsize))
        return overflows ? .max : Int64(clamping: bytes)
    }
}
