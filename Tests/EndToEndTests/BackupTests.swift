import Foundation
import Testing

@Suite("chequebook backup, restore and verify --repair")
struct BackupTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private typealias Run = (exit: ChildProcess.Exit, output: String, errors: String)

    private func chequebook(_ arguments: String...) throws -> Run {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(ChequebookBinary.path(), arguments, in: logs)
        return (try child.waitForExit(), child.output, child.errors)
    }

    private func backup() throws -> Run {
        try chequebook("backup", "--data", directory["data"], "--to", directory["backup"])
    }

    private func restore(to name: String) throws -> Run {
        try chequebook("restore", "--from", directory["backup"], "--data", directory[name])
    }

    private static let questions = [
        "/v1/commissioners/15E/totals?year=2015-16", "/v1/totals?year=2015-16", "/v1/reconciliation?year=2015-16",
        "/v1/ledger/head", "/v1/commissioners",
    ]

    private func answers(_ service: ServiceProcess) throws -> [String] {
        try Self.questions.map { try service.get($0).text }
    }

    @Test("a ledger that is served is copied while it is written; the restored one answers the same, and goes on")
    func whileServed() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let port = service.port
        let writers = Threads(3) { index in
            guard let client = try? RawClient(port: port) else { return 0 }
            var acknowledged = 0
            for number in 0..<400 {
                let answer = try? client.ask(EventLine(id: "w\(index)-\(number)", amountPence: 1).post)
                if answer?.status == 201 { acknowledged += 1 }
            }
            return acknowledged
        }
        var reached: [Int] = []
        for _ in 0..<5 {
            let result = try backup()
            #expect(result.exit == .code(0), "\(result)")
            let sequence = result.output.firstMatch(of: /reaches sequence (\d+),/)
            reached.append(try #require(sequence.flatMap { Int($0.1) }))
        }
        // The ledger, the commissioner, the statement and 1,200 events.
        #expect(reached[0] < 1_203 && reached == reached.sorted(), "no backup met the writers: \(reached)")
        #expect(try writers.wait() == [400, 400, 400])
        let last = try backup()
        #expect(last.exit == .code(0), "\(last)")
        let head = try FlatJSON(service.get("/v1/ledger/head").text)
        #expect(last.output.contains("reaches sequence \(try head.integer("/sequence")),"), "\(last)")
        let nothingNew = try backup()
        #expect(nothingNew.output.contains("Copied 0 records in 0 commits"), "\(nothingNew)")
        let expected = try answers(service)
        let checked = try chequebook("verify", "--data", directory["backup"])
        #expect(checked.exit == .code(0), "\(checked)")

        let exported = try chequebook("export", "--data", directory["backup"], "--output", directory["export"])
        #expect(exported.exit == .code(0), "\(exported)")
        let imported = try chequebook("import", "--data", directory["imported"], directory["export"])
        #expect(imported.exit == .code(0), "\(imported)")
        let second = try ServiceProcess(dataPath: directory["imported"])
        #expect(try answers(second) == expected)
        #expect(try second.terminate() == .code(0))

        let restored = try restore(to: "restored")
        #expect(restored.exit == .code(0), "\(restored)")
        #expect(try chequebook("verify", "--data", directory["restored"]).exit == .code(0))
        let copy = try ServiceProcess(dataPath: directory["restored"])
        #expect(try answers(copy) == expected)
        #expect(try copy.send(EventLine(id: "w0-1", amountPence: 1).post).status == 200)
        #expect(try copy.send(EventLine(id: "new", amountPence: 1).post).status == 201)
        try copy.kill()
        try copy.restart()
        #expect(try copy.get("/v1/cost-events/sus/new").status == 200)
        #expect(try copy.terminate() == .code(0))
        #expect(try service.terminate() == .code(0))
    }

    @Test("a backup is not served, not restored over anything, and not gone on with from another history")
    func refusals() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        #expect(try backup().exit == .code(0))
        let served = try chequebook("serve", "--port", "0", "--data", directory["backup"])
        #expect(served.exit == .code(1))
        #expect(served.errors.contains("this is a backup"), "\(served)")
        let inUse = try restore(to: "data")
        #expect(inUse.exit == .code(1))
        #expect(inUse.errors.contains("\(service.processID)"), "\(inUse)")
        #expect(try restore(to: "restored").exit == .code(0))
        let over = try restore(to: "restored")
        #expect(over.exit == .code(1))
        #expect(over.errors.contains("there is something in the directory"), "\(over)")
        #expect(try service.get("/v1/commissioners").status == 200)
        for path in ["backup", "backup/identity", "backup/00000000000000000001.segment"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory[path])
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            #expect(mode & 0o077 == 0, "\(path) can be read by others")
        }
        let other = try ServiceProcess.withOnePatient(dataPath: directory["other"])
        let mixed = try chequebook("backup", "--data", directory["other"], "--to", directory["backup"])
        #expect(mixed.exit == .code(1))
        #expect(mixed.errors.contains("of a history that this ledger does not have"), "\(mixed)")
        let onto = try chequebook("backup", "--data", directory["data"], "--to", directory["other"])
        #expect(onto.exit == .code(1))
        #expect(onto.errors.contains("\(other.processID)"), "\(onto)")
        #expect(try chequebook("backup", "--data", directory["none"], "--to", directory["b"]).exit != .code(0))
        #expect(try service.terminate() == .code(0))
        #expect(try other.terminate() == .code(0))
    }

    @Test("what is sound in front of a damaged place becomes a ledger, and what is lost is named")
    func repair() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        for id in 0..<10 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 7).post).status == 201) }
        #expect(try service.terminate() == .code(0))
        let nothing = try chequebook("verify", "--data", directory["data"], "--repair", directory["repaired"])
        #expect(nothing.exit == .code(0))
        #expect(nothing.errors.contains("There is nothing to repair"), "\(nothing)")
        #expect(!FileManager.default.fileExists(atPath: directory["repaired"]))

        let names = try FileManager.default.contentsOfDirectory(atPath: directory["data"])
        let name = try #require(names.first { $0.hasSuffix(".segment") })
        let url = URL(filePath: directory["data/\(name)"])
        var bytes = try Data(contentsOf: url)
        // Behind the header page each commit is a page: the ledger, the commissioner, the patient, ten events.
        bytes[8 * 4_096 + 100] ^= 1
        try bytes.write(to: url)
        #expect(try chequebook("serve", "--port", "0", "--data", directory["data"]).errors.contains("--repair"))
        let result = try chequebook("verify", "--data", directory["data"], "--repair", directory["repaired"])
        #expect(result.exit == .code(1))
        #expect(result.errors.contains("a ledger of the 7 records up to sequence 7."), "\(result)")
        #expect(result.errors.contains("beginning at \(name), byte 32768."), "\(result)")
        #expect(result.errors.contains("6 commits can be read: 6 records from sequence 8 to 13"), "\(result)")
        #expect(try Data(contentsOf: url) == bytes)
        let repaired = try ServiceProcess(dataPath: directory["repaired"])
        #expect(try repaired.total() == EventSum(pence: 28, events: 4))
        for id in 0..<10 {
            let status = try repaired.send(EventLine(id: "\(id)", amountPence: 7).post).status
            #expect(status == (id < 4 ? 200 : 201))
        }
        #expect(try repaired.terminate() == .code(0))
    }
}
