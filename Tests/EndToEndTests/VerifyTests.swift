import Foundation
import Testing

@Suite("chequebook verify")
struct VerifyTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func verify() throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(
            ChequebookBinary.path(), ["verify", "--data", directory["data"]], in: logs)
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
        #expect(result.errors.contains(name), "\(result)")
    }
}
