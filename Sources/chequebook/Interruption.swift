import Glibc
import Synchronization

/// SIGINT and SIGTERM for a command that has something to take away before it ends.
enum Interruption {
    /// Somebody asked the command to stop.
    struct Asked: Error, CustomStringConvertible {
        let description = "interrupted"
    }

    private static let flag = Atomic<Bool>(false)

    static var isAsked: Bool { flag.load(ordering: .relaxed) }

    /// From now on a signal ends a call that waits, and is noted.
    static func watch() {
        // A handler may not be the first to touch it.
        flag.store(false, ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
        for number in [SIGINT, SIGTERM] { sigaction(number, &action, nil) }
    }

    /// - Throws: ``Asked`` if somebody did.
    static func check() throws(Asked) {
        if isAsked { throw Asked() }
    }
}
