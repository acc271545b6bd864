import Foundation
import Testing

/// Of the running program, with so few bytes of the journal between them that a test sees many.
@Suite("A checkpoint of the service", .serialized)
struct CheckpointTests {
    private static let environment = ["CHEQUEBOOK_CHECKPOINT_BYTES_MIN": "\(1 << 20)"]
    private static let linesInList = 1_000
    private static let questions = [
        "/v1/totals?year=2015-16", "/v1/commissioners/15E/totals?year=2015-16", "/v1/reconciliation?year=2015-16",
        "/v1/commissioners", "/v1/patients/\(EventLine.registeredPatient)", "/v1/ledger/head",
        "/v1/cost-events/sus/0", "/v1/cost-events/sus/11999",
    ]

    private let directory: TemporaryDirectory
    private var dataPath: String { directory["data"] }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func start() throws -> ServiceProcess {
        try ServiceProcess.withOnePatient(dataPath: dataPath, environment: Self.environment)
    }

    private func names(_ suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: dataPath).filter { $0.hasSuffix(suffix) }.sorted()
    }

    private static func sequence(_ checkpoint: String) -> String {
        String(checkpoint.dropLast(".checkpoint".count).drop { $0 == "0" })
    }

    private static func event(_ number: Int) -> EventLine {
        EventLine(id: "\(number)", amountPence: number % 997)
    }

    private static func post(_ numbers: Range<Int>, to service: ServiceProcess) throws {
        let list = RawRequest(post: "/v1/cost-events", lines: numbers.map { event($0).json })
        #expect(try FlatJSON(service.send(list).text).integer("/posted") == numbers.count)
    }

    private static func answers(_ service: ServiceProcess) throws -> [String] {
        try questions.map { target in
            let answer = try service.get(target)
            #expect(answer.status == 200, "\(target)")
            return answer.text
        }
    }

    private func verify() throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(ChequebookBinary.path(), ["verify", "--compare", "--data", dataPath], in: logs)
        return (try child.waitForExit(), child.output, child.errors)
    }

    /// Waits until so many checkpoints are there and none is being written.
    private func expectCheckpoints(_ count: Int) throws -> [String] {
        let found = try waitUntil(seconds: 20) { () -> [String]? in
            let names = try names(".checkpoint")
            return try names.count == count && self.names(".new").isEmpty ? names : nil
        }
        return try #require(found, "there are not \(count) checkpoints")
    }

    @Test("is what the next one begins with, every answer the same byte for byte, also after a damaged one")
    func begins() throws {
        let service = try start()
        var next = 0
        // One after the other, so that there are two.
        while try names(".checkpoint").count < 2 {
            try Self.post(next..<next + Self.linesInList, to: service)
            next += Self.linesInList
            try #require(next < 200_000, "no checkpoints are made")
        }
        var checkpoints = try expectCheckpoints(2)
        while next < 12_000 {
            try Self.post(next..<next + Self.linesInList, to: service)
            next += Self.linesInList
        }
        try Self.post(next..<next + 7, to: service)
        checkpoints = try expectCheckpoints(2)
        let answers = try Self.answers(service)

        try service.kill()
        try service.restart()
        let newest = try #require(checkpoints.last)
        #expect(service.printed.contains("behind the checkpoint at record \(Self.sequence(newest)) in"))
        #expect(try Self.answers(service) == answers)
        #expect(try service.terminate() == .code(0))
        let sound = try verify()
        #expect(sound.exit == .code(0), "\(sound)")
        #expect(
            sound.output.contains(
                "From the checkpoint at sequence \(Self.sequence(newest)) the ledger is the same, byte for byte."))

        try flip(newest)
        let damaged = try verify()
        #expect(damaged.exit == .code(1) && damaged.errors.contains("a checkpoint cannot be used: \(newest)"))
        try service.restart()
        #expect(service.printed.contains("A checkpoint could not be used. \(newest)"))
        #expect(service.printed.contains("behind the checkpoint at record \(Self.sequence(checkpoints[0])) in"))
        #expect(try Self.answers(service) == answers)
        #expect(try service.terminate() == .code(0))

        for name in try names(".checkpoint") where name != newest { try flip(name) }
        let damagedOnes = try contents()
        try service.restart()
        #expect(service.printed.components(separatedBy: "A checkpoint could not be used.").count > 2)
        #expect(!service.printed.contains("behind the checkpoint"))
        #expect(try Self.answers(service) == answers)
        // What the journal alone made is written down again, so that the start after it is short.
        let found = try waitUntil(seconds: 20) { () -> String? in
            guard try names(".new").isEmpty else { return nil }
            return try contents().first { name, bytes in damagedOnes[name] != bytes }?.key
        }
        let replaced = try #require(found, "no checkpoint takes the place of the damaged ones")
        try Self.post(next + 7..<next + 8, to: service)
        #expect(try service.terminate() == .code(0))
        try service.restart()
        #expect(service.printed.contains("behind the checkpoint at record \(Self.sequence(replaced)) in"))
    }

    private func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        // One may go between the two steps.
        for name in try names(".checkpoint") {
            contents[name] = FileManager.default.contents(atPath: "\(dataPath)/\(name)")
        }
        return contents
    }

    private func flip(_ name: String) throws {
        let url = URL(filePath: "\(dataPath)/\(name)")
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: url)
    }

    /// What one writer sent before its connection ended, and how much of it was acknowledged.
    private struct Log: Sendable {
        var sent = 0
        var acknowledged = 0
    }

    /// Posts lists until the service is gone.
    private static func writer(_ port: Int, from first: Int) -> Threads<Log> {
        Threads(1) { _ in
            var log = Log(sent: first, acknowledged: first)
            guard let client = try? RawClient(port: port) else { return log }
            while true {
                let numbers = log.sent..<log.sent + linesInList
                log.sent = numbers.upperBound
                let list = RawRequest(post: "/v1/cost-events?atomic=true", lines: numbers.map { event($0).json })
                guard let answer = try? client.ask(list), answer.status == 200 else { return log }
                log.acknowledged = log.sent
            }
        }
    }

    /// Expects all that was acknowledged and at most the list under way besides, and tells how much there is.
    private static func expectKept(_ log: Log, in service: ServiceProcess, _ place: String) throws -> Int {
        let total = try service.total()
        #expect(total.events == log.acknowledged || total.events == log.sent, "\(place)")
        #expect(total == EventSum((0..<total.events).map(event)), "\(place)")
        #expect(try FlatJSON(service.get("/v1/reconciliation?year=2015-16").text)["/position"] == "\"agrees\"")
        return total.events
    }

    @Test("that a kill ends in the middle loses nothing, and what was written of it is removed")
    func killed() throws {
        let service = try start()
        var events = 0
        var halfWritten = 0
        for seed in UInt64(1)...12 {
            var generator = SeededGenerator(seed: seed)
            let writer = Self.writer(service.port, from: events)
            let isBeingWritten = try waitUntilAtOnce { try !names(".checkpoint.new").isEmpty }
            #expect(isBeingWritten, "seed \(seed): no checkpoint was begun")
            usleep(UInt32.random(in: 0...3_000, using: &generator))
            try service.kill()
            let log = try writer.wait()[0]
            let left = try names(".checkpoint.new")
            halfWritten += left.count
            try service.restart()
            events = try Self.expectKept(log, in: service, "seed \(seed)")
        }
        #expect(halfWritten > 2, "hardly any kill came in the middle")
        #expect(try service.terminate() == .code(0))
        #expect(try names(".new") == [])
        #expect(try verify().exit == .code(0))
    }

    @Test("that is being written when the service is asked to stop is given up, at once and without a trace")
    func stopped() throws {
        let service = try start()
        let writer = Self.writer(service.port, from: 0)
        // Held still, so that it cannot be done before the stop is.
        let child = try #require(heldWriter(of: service.processID), "no checkpoint could be held still")
        #expect(try names(".checkpoint.new").count == 1)
        let before = try names(".checkpoint")
        let clock = ContinuousClock()
        let start = clock.now
        service.signal(SIGTERM)
        #expect(try service.waitForExit() == .code(0))
        #expect(clock.now - start < .seconds(10))
        let log = try writer.wait()[0]
        #expect(kill(child, 0) == -1 && errno == ESRCH, "its writer is still there")
        #expect(try names(".new") == [])
        #expect(try names(".checkpoint") == before)
        #expect(try names("closed").count == 1)
        try service.restart()
        _ = try Self.expectKept(log, in: service, "after the stop")
        #expect(try service.terminate() == .code(0))
        #expect(try verify().exit == .code(0))
    }

    /// Stops the child that writes a checkpoint, as soon as there is one.
    private func heldWriter(of process: pid_t) -> pid_t? {
        var held: pid_t?
        _ = waitUntilAtOnce {
            for child in Self.children(of: process) where kill(child, SIGSTOP) == 0 {
                let isHeld = waitUntil(seconds: 1) { Self.state(of: child) != "R" ? Self.state(of: child) : nil }
                guard isHeld == "T" else { continue }
                held = child
                return true
            }
            return false
        }
        return held
    }

    private static func children(of process: pid_t) -> [pid_t] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return tasks.flatMap { task in
            let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(task)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// The letter that the system has for what a process does; nil if there is none.
    private static func state(of process: pid_t) -> String? {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        // Behind the name, which is in brackets.
        return text?.split(separator: ")").last.map { String($0.dropFirst().prefix(1)) }
    }
}

/// Asks again and again without a pause, for what does not last: at most twenty seconds.
private func waitUntilAtOnce(_ isThere: () throws -> Bool) rethrows -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(20)
    while clock.now < end {
        if try isThere() { return true }
    }
    return false
}
