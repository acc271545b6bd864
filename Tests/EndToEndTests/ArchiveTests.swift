import Foundation
import Testing

@Suite("chequebook archive", .serialized)
struct ArchiveTests {
    private let directory: TemporaryDirectory
    private var dataPath: String { directory["data"] }
    private var archivePath: String { directory["archive"] }

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ arguments: [String]) throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(ChequebookBinary.path(), arguments, in: logs)
        return (try child.waitForExit(seconds: 60), child.output, child.errors)
    }

    private func archive(
        keep: Int = 0, _ more: [String] = []
    ) throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        try run(["archive", "--data", dataPath, "--to", archivePath, "--keep", "\(keep)"] + more)
    }

    private func segments() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: dataPath).filter { $0.contains(".segment") }.sorted()
    }

    /// Those that are looked at again and again; they are in the first segment.
    private static let events = (0..<400).map { EventLine(id: "early-\($0)", amountPence: 100 + $0) }

    /// Some events by themselves, and then the same list again and again until so many segments are there.
    private func fill(_ service: ServiceProcess, segments: Int) throws {
        let client = try service.connect()
        let early = try client.ask(RawRequest(post: "/v1/cost-events", lines: Self.events.map(\.json)))
        try #require(early.status == 200)
        let repeated = RawRequest(
            post: "/v1/cost-events", lines: (0..<20_000).map { EventLine(id: "many-\($0)", amountPence: 1).json })
        for _ in 0..<200 where try self.segments().count < segments {
            try #require(try client.ask(repeated).status == 200)
        }
        try #require(try self.segments().count == segments)
    }

    private func answers(_ service: ServiceProcess) throws -> [[UInt8]] {
        let client = try service.connect()
        var answers = try Self.events.map { try client.ask($0.get).body }
        let patient = RawRequest(
            "GET", "/v1/patients/\(EventLine.registeredPatient)/costs?year=2015-16&limit=100")
        for request in [patient, RawRequest("GET", "/v1/totals?year=2015-16")] {
            answers.append(try client.ask(request).body)
        }
        return answers
    }

    @Test("while the service runs leaves every answer as it was, also after a restart, and for verify")
    func whole() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: dataPath)
        try fill(service, segments: 3)
        let names = try segments()
        let before = try answers(service)
        let first = try Data(contentsOf: URL(filePath: "\(dataPath)/\(names[0])"))

        #expect(try archive(keep: 2).output == "There is nothing new to archive.\n")
        let one = try archive(keep: 1)
        #expect(one.exit == .code(0), "\(one)")
        #expect(one.errors == "")
        let sizes = try #require(one.output.firstMatch(of: /^(\d+\.segment): 67108864 bytes, (\d+) in (.+)\n/))
        #expect(sizes.1 == names[0])
        #expect(String(sizes.3) == "\(archivePath)/\(names[0]).zst")
        #expect(try #require(Int(sizes.2)) < 20 << 20)
        #expect(one.output.contains("1 segment: 67108864 bytes, now \(sizes.2)."), "\(one)")
        #expect(try segments() == [names[0] + ".zst", names[1], names[2]])
        #expect(try answers(service) == before)

        let two = try archive(keep: 0, ["--json"])
        #expect(two.exit == .code(0), "\(two)")
        let json = try FlatJSON(two.output)
        #expect(json["/complete"] == "true")
        #expect(json["/archived/0/segment"] == "\"\(names[1])\"")
        #expect(json["/archived/1/segment"] == nil)
        #expect(try json.integer("/bytesBefore") == 67_108_864)
        #expect(try FlatJSON(archive(keep: 0, ["--json"]).output)["/archived"] == "[]")
        #expect(try answers(service) == before)
        #expect(try service.send(EventLine(id: "late", amountPence: 1).post).status == 201)
        let settled = try answers(service)
        #expect(try service.terminate() == .code(0))

        let verified = try run(["verify", "--data", dataPath])
        #expect(verified.exit == .code(0), "\(verified)")
        #expect(verified.output.contains("Everything agrees."))
        try service.restart()
        try expectSettled(service, settled)
        // And the whole journal from the archive.
        try removeCheckpoints()
        try service.restart()
        try expectSettled(service, settled)

        try expectFaultsNamed("\(names[0]).zst")
        if FileManager.default.isExecutableFile(atPath: Self.zstd) { try expectRestored(names[0], first) }
        try service.restart()
        try expectSettled(service, settled)
    }

    private func removeCheckpoints() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: dataPath) where name.hasSuffix(".checkpoint") {
            try FileManager.default.removeItem(atPath: "\(dataPath)/\(name)")
        }
    }

    private static let zstd = "/usr/bin/zstd"

    /// Expects the answers, and that what is posted again is known, also where it is archived; ends the service.
    private func expectSettled(_ service: ServiceProcess, _ answers: [[UInt8]]) throws {
        #expect(try self.answers(service) == answers)
        let again = try service.send(RawRequest(post: "/v1/cost-events", lines: Self.events.map(\.json)))
        #expect(again.status == 200)
        #expect(try FlatJSON(again.text).integer("/duplicates") == Self.events.count)
        #expect(try self.answers(service) == answers)
        #expect(try service.terminate() == .code(0))
    }

    /// Expects that neither a start nor verify passes over a file that is missing or damaged.
    private func expectFaultsNamed(_ name: String) throws {
        let commands = [["serve", "--port", "0", "--data", dataPath], ["verify", "--data", dataPath]]
        let path = "\(archivePath)/\(name)"
        try FileManager.default.moveItem(atPath: archivePath, toPath: directory["away"])
        for command in commands {
            let refused = try run(command)
            #expect(refused.exit == .code(1))
            #expect(refused.errors.contains("\(path) cannot be opened: No such file or directory"), "\(refused)")
        }
        try FileManager.default.moveItem(atPath: directory["away"], toPath: archivePath)

        // With one, a start reads no more of an archived segment than its beginning.
        try removeCheckpoints()
        let url = URL(filePath: path)
        let bytes = try Data(contentsOf: url)
        var changed = bytes
        changed[changed.count / 2] ^= 1
        try changed.write(to: url)
        for command in commands {
            let refused = try run(command)
            #expect(refused.exit == .code(1))
            let found = refused.errors.firstMatch(
                of: /damaged: (\d+\.segment\.zst) at byte (\d+): expected block of an/)
            #expect((found?.1).map(String.init) == name, "\(refused)")
            #expect((found?.2).flatMap { Int($0) }.map { $0 % 65_536 } == 0, "\(refused)")
        }
        #expect(try FlatJSON(run(["verify", "--json", "--data", dataPath]).output)["/fault/file"] == "\"\(name)\"")
        try bytes.write(to: url)
    }

    /// Goes back as docs/OPERATING.md says, and expects the very bytes.
    private func expectRestored(_ name: String, _ bytes: Data) throws {
        let plain = "\(dataPath)/\(name)"
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(
            Self.zstd, ["-d", "-q", "\(archivePath)/\(name).zst", "-o", "\(plain).new"], in: logs)
        #expect(try child.waitForExit() == .code(0))
        try FileManager.default.moveItem(atPath: "\(plain).new", toPath: plain)
        try FileManager.default.removeItem(atPath: "\(plain).zst")
        #expect(try Data(contentsOf: URL(filePath: plain)) == bytes)
        #expect(try run(["verify", "--data", dataPath]).exit == .code(0))
    }

    @Test("takes no segment that is damaged, names the place, and leaves everything where it was")
    func damaged() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: dataPath)
        try fill(service, segments: 2)
        #expect(try service.terminate() == .code(0))
        let names = try segments()
        let url = URL(filePath: "\(dataPath)/\(names[0])")
        let bytes = try Data(contentsOf: url)
        var changed = bytes
        changed[4 * 4_096 + 100] ^= 1
        try changed.write(to: url)
        for arguments in [[], ["--json"]] {
            let refused = try archive(keep: 0, arguments)
            #expect(refused.exit == .code(1))
            #expect(refused.errors.contains("damaged: \(names[0]) at byte "), "\(refused)")
            #expect(refused.output.contains("\"complete\":false") == !arguments.isEmpty)
        }
        #expect(try segments() == names)
        try bytes.write(to: url)
        let command =
            "\(try ChequebookBinary.path()) archive --data \(dataPath) --to \(archivePath) --keep 0"
        let logs = try TemporaryDirectory()
        let child = try ChildProcess("/usr/bin/script", ["-qec", command, "/dev/null"], in: logs)
        #expect(try child.waitForExit(seconds: 60) == .code(0))
        #expect(child.output.contains(/100 %, \d+ MB\/s, 0 s left/), "\(child.output)")
        #expect(child.output.contains("\(names[0]): 67108864 bytes"), "\(child.output)")
    }

    @Test("says what is wrong with its arguments, that there is no journal, and that another run has the archive")
    func refuses() throws {
        #expect(try archive().exit != .code(0))
        #expect(try archive(keep: -1).errors.contains("--keep"))
        try FileManager.default.createDirectory(atPath: dataPath, withIntermediateDirectories: false)
        let empty = try archive()
        #expect(empty.exit == .code(1))
        #expect(empty.errors.contains("there is no segment in \(dataPath)"), "\(empty)")
        let service = try ServiceProcess.withOnePatient(dataPath: dataPath)
        let same = try run(["archive", "--data", dataPath, "--to", dataPath])
        #expect(same.exit == .code(1))
        #expect(same.errors.contains("is the journal's own directory"), "\(same)")
        // The lock on a journal's directory and that on an archive are the same.
        let other = try ServiceProcess.withOnePatient(dataPath: archivePath)
        let taken = try archive()
        #expect(taken.exit == .code(1))
        #expect(taken.errors.contains("\(archivePath) is in use by process \(other.processID)"), "\(taken)")
        #expect(try service.get("/_status").status == 200)
    }
}
