import Foundation

/// A process of the program, with everything that it prints kept in files.
///
/// Files and not pipes: they take any amount without a reader, and outlive a kill.
final class ChildProcess {
    /// How a process ended.
    enum Exit: Equatable {
        case code(Int32)
        case signal(Int32)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let processID: pid_t
    private let outputPath: String
    private let errorPath: String
    private var exit: Exit?

    /// Starts the program. What it prints is appended to the files `out` and `err` of the directory.
    ///
    /// - Parameters:
    ///   - environment: what it sees beside `PATH`; nothing else is inherited, so that a variable of whoever runs the
    ///     tests changes none of them.
    ///   - workingPath: its working directory; nil for `directory`.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        in directory: TemporaryDirectory, workingPath: String? = nil
    ) throws {
        (outputPath, errorPath) = (directory["out"], directory["err"])
        var all = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        if let path = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] { all["LD_LIBRARY_PATH"] = path }
        all.merge(environment) { $1 }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A thread that blocks signals must not make a child that nobody can stop.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var id: pid_t = 0
        // It changes the directory and becomes the program: the process stays the same.
        let env = "/usr/bin/env"
        let code = Self.withStrings([env, "-C", workingPath ?? directory.path, program] + arguments) { arguments in
            Self.withStrings(all.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&id, env, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw Failure(description: "cannot start \(program): error \(code)") }
        processID = id
    }

    deinit {
        if exit == nil { _ = try? end(SIGKILL) }
    }

    /// Sends a signal.
    func signal(_ number: Int32) {
        if exit == nil { Foundation.kill(processID, number) }
    }

    /// Sends a signal and waits for the end.
    @discardableResult
    func end(_ number: Int32) throws -> Exit {
        signal(number)
        return try waitForExit()
    }

    /// How it ended; nil while it runs.
    func poll() -> Exit? {
        if let exit { return exit }
        var status: Int32 = 0
        guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
        let number = status & 0x7f
        exit = number == 0 ? .code((status >> 8) & 0xff) : .signal(number)
        return exit
    }

    /// Waits for the end.
    func waitForExit(seconds: Double = 20) throws -> Exit {
        guard let exit = waitUntil(seconds: seconds, { poll() }) else {
            throw Failure(description: "process \(processID) did not end in \(seconds) s")
        }
        return exit
    }

    /// All that it printed to its standard output.
    var output: String { Self.text(outputPath) }

    /// All that it printed to its standard error.
    var errors: String { Self.text(errorPath) }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// Asks again and again, every 5 ms, until there is an answer or the time is over.
func waitUntil<Value>(seconds: Double, _ ask: () throws -> Value?) rethrows -> Value? {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while true {
        if let value = try ask() { return value }
        guard clock.now < end else { return nil }
        usleep(5_000)
    }
}
