import Foundation
import Testing

@Suite("chequebook verify")
struct VerifyTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func verify(_ arguments: String...) throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(
            ChequebookBinary.path(), ["verify", "--data", directory["data"]] + arguments, in: logs)
        return (try child.waitForExit(), child.output, child.errors)
    }

    @Test("adds a year up in every way from the journal alone, and the service agrees")
    func agrees() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        for id in 0..<10 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 7).post).status == 201) }
        let reversal = RawRequest("POST", "/v1/cost-events", json: #"{"source":"sus","id":"r","reverses":"3"}"#)
        #expect(try service.send(reversal).status == 201)
        let answer = try FlatJSON(service.get("/v1/reconciliation?year=2015-16").text)
        #expect(answer["/position"] == "\"agrees\"")
        for way in 0..<6 {
            #expect(try answer.integer("/ways/\(way)/totalPence") == 63)
            #expect(try answer.integer("/ways/\(way)/events") == 9)
        }
        #expect(try service.terminate() == .code(0))

        let result = try verify()
        #expect(result.exit == .code(0), "\(result)")
        // The ledger itself, the commissioner, the statement, ten events and the reversal.
        #expect(result.output.contains("up to sequence 14."), "\(result)")
        #expect(result.output.contains("2015-16: 63 pence in 9 events, the same in every way"), "\(result)")
    }

    @Test("says that somebody else has the directory, and that there is no ledger")
    func refuses() throws {
        #expect(try verify().exit != .code(0))
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let result = try verify()
        #expect(result.exit != .code(0))
        #expect(result.errors.contains("\(service.processID)"), "\(result)")
    }

    @Test("finds a changed byte and names its file")
    func damage() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        for id in 0..<10 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 7).post).status == 201) }
        #expect(try service.terminate() == .code(0))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory["data"])
        let name = try #require(names.first { $0.hasSuffix(".segment") })
        let url = URL(filePath: directory["data/\(name)"])
        var bytes = try Data(contentsOf: url)
        bytes[3 * 4_096 + 100] ^= 1
        try bytes.write(to: url)
        let result = try verify()
        #expect(result.exit == .code(1))
        // Page 0 is the segment's header, pages 1 and 2 are whole commits of one record each.
        #expect(result.errors.contains("\(name) at byte 12288: expected "), "\(result)")
        #expect(result.errors.contains("sound up to 2:"), "\(result)")
        #expect(try FlatJSON(verify("--json").output)["/fault/offset"] == "12288")
        #expect(try Data(contentsOf: url) == bytes)
    }

    /// A ledger of some heads that were noted while it was served.
    private func notedHeads() throws -> [String] {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        var heads: [String] = []
        for id in 0..<3 {
            #expect(try service.send(EventLine(id: "\(id)", amountPence: 7).post).status == 201)
            let answer = try FlatJSON(service.get("/v1/ledger/head").text)
            heads.append("\(try answer.integer("/sequence")):\((answer["/hash"] ?? "").filter { $0 != "\"" })")
        }
        #expect(try service.terminate() == .code(0))
        return heads
    }

    @Test("ends with the head that the service gave, and prints nothing but its result where no terminal is")
    func head() throws {
        let heads = try notedHeads()
        let result = try verify()
        #expect(result.exit == .code(0))
        #expect(result.output.hasSuffix("Head: \(heads[2])\n"), "\(result)")
        #expect(result.errors == "")
        let json = try FlatJSON(verify("--json").output)
        #expect(json["/verified"] == "true")
        #expect(try "\(json.integer("/sequence")):\((json["/hash"] ?? "").filter { $0 != "\"" })" == heads[2])
    }

    @Test("shows how far it is on a terminal")
    func progress() throws {
        _ = try notedHeads()
        let logs = try TemporaryDirectory()
        let command = "\(try ChequebookBinary.path()) verify --data \(directory["data"])"
        let child = try ChildProcess("/usr/bin/script", ["-qec", command, "/dev/null"], in: logs)
        #expect(try child.waitForExit() == .code(0))
        #expect(child.output.contains(/100 %, \d+ MB\/s, 0 s left/), "\(child.output)")
        #expect(child.output.contains("Everything agrees."))
    }

    @Test("proves that history up to a noted head was only added to, and says where it was not")
    func fromHead() throws {
        let heads = try notedHeads()
        for head in heads {
            let result = try verify("--from-head", head)
            #expect(result.exit == .code(0), "\(result)")
            #expect(result.output.contains("it was only added to"), "\(result)")
        }
        let parts = heads[1].split(separator: ":")
        let sequence = try #require(Int(parts[0]))
        let other = try verify("--from-head", "\(sequence):" + String(repeating: "0", count: 64))
        #expect(other.exit == .code(1))
        #expect(other.errors.contains("has the hash \(parts[1])"), "\(other)")
        #expect(other.errors.contains("at \(sequence) or before"), "\(other)")
        let beyond = try verify("--from-head", "\(sequence + 2):\(parts[1])")
        #expect(beyond.exit == .code(1))
        #expect(beyond.errors.contains("the ledger ends at \(sequence + 1)"), "\(beyond)")
        let none = try verify("--from-head", "0:\(parts[1])")
        #expect(none.exit == .code(1))
        #expect(none.errors.contains("there is no sequence 0"), "\(none)")
        for wrong in ["\(sequence)", "\(sequence):abc", "x:\(parts[1])"] {
            let refused = try verify("--from-head", wrong)
            #expect(refused.exit != .code(0) && refused.errors.contains("--from-head"), "\(refused)")
        }
    }

    @Test("says of a sequence inside a commit that it never was a head")
    func insideCommit() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let lines = (0..<3).map { EventLine(id: "\($0)", amountPence: 1).json }
        let reply = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: lines)).text)
        let last = try reply.integer("/sequence")
        #expect(try service.terminate() == .code(0))
        let result = try verify("--from-head", "\(last - 1):" + String(repeating: "0", count: 64))
        #expect(result.exit == .code(1))
        #expect(result.errors.contains("ends at \(last)"), "\(result)")
    }

    @Test("leaves a torn tail where it is and says so; the next start cuts it; after a clean stop it is damage")
    func tornTail() throws {
        _ = try notedHeads()
        let names = try FileManager.default.contentsOfDirectory(atPath: directory["data"])
        #expect(names.contains("closed"))
        let url = URL(filePath: directory["data/\(try #require(names.first { $0.hasSuffix(".segment") }))"])
        let whole = try Data(contentsOf: url)
        // The header page and six commits of a page each: the ledger, the body, the patient, three events.
        let torn = Data(whole.prefix(6 * 4_096 + 1_000))
        try torn.write(to: url)
        let afterStop = try verify()
        #expect(afterStop.exit == .code(1))
        #expect(afterStop.errors.contains("at byte 24576"), "\(afterStop)")
        try FileManager.default.removeItem(atPath: directory["data/closed"])
        let result = try verify()
        #expect(result.exit == .code(0), "\(result)")
        #expect(result.output.contains("from byte 24576 on were never acknowledged"), "\(result)")
        #expect(result.output.contains("Head: 5:"), "\(result)")
        #expect(try Data(contentsOf: url) == torn)
        let service = try ServiceProcess(dataPath: directory["data"])
        #expect(service.printed.contains("were cut from"))
        #expect(try service.get("/v1/ledger/head").text.hasPrefix(#"{"sequence":5,"#))
    }
}
