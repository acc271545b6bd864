import Foundation
import Testing

@Suite("GET /v1/ledger/head")
struct HeadTests {
    private static let target = "/v1/ledger/head"

    private func head(_ service: ServiceProcess) throws -> (sequence: Int, hash: String) {
        let answer = try FlatJSON(service.get(Self.target).text)
        let hash = try #require(answer["/hash"]).filter { $0 != "\"" }
        return (try answer.integer("/sequence"), hash)
    }

    @Test("names the sequence of the last answer and a hash that changes with it, also over a crash")
    func follows() throws {
        let service = try ServiceProcess.withOnePatient()
        var seen = Set<String>()
        for id in 1...3 {
            let answer = try FlatJSON(service.send(EventLine(id: "\(id)", amountPence: 7).post).text)
            let head = try head(service)
            #expect(try head.sequence == answer.integer("/sequence"))
            #expect(head.hash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
            #expect(seen.insert(head.hash).inserted)
        }
        let before = try head(service)
        try service.kill()
        try service.restart()
        #expect(try head(service) == before)
    }

    @Test("comes as CSV and as a table, and stays 304 for as long as nothing is added")
    func forms() throws {
        let service = try ServiceProcess.withOnePatient()
        let head = try head(service)
        let csv = try service.get(Self.target + "?format=csv")
        #expect(csv.text == "sequence,hash\r\n\(head.sequence),\(head.hash)\r\n")
        let table = try service.get(Self.target + "?format=table").text.split(separator: "\n")
        #expect(table.first?.split(separator: " ") == ["sequence", "hash"])
        #expect(table.last?.split(separator: " ").map(String.init) == ["\(head.sequence)", head.hash])
        let answer = try service.get(Self.target)
        #expect(answer["Cache-Control"] == "private, no-cache")
        #expect(answer["Chequebook-Sequence"] == "\(head.sequence)")
        let tag = try #require(answer["ETag"])
        let again = RawRequest("GET", Self.target, headers: [(name: "If-None-Match", value: tag)])
        #expect(try service.send(again).status == 304)
        #expect(try service.send(EventLine(id: "1", amountPence: 7).post).status == 201)
        #expect(try service.send(again).status == 200)
    }

    @Test("a ledger of version 1 is served, has a head, and takes events")
    func versionOne() throws {
        let directory = try TemporaryDirectory()
        let fixture = ChequebookBinary.packageRoot.appending(path: "Tests/Fixtures/ledger-version-1").path
        try FileManager.default.copyItem(atPath: fixture, toPath: directory["data"])
        let service = try ServiceProcess(dataPath: directory["data"])
        let head = try head(service)
        // Reckoned from the file with Python's hashlib.
        #expect(head == (7, "5edddb761612599d5b6eeb5636da76ed6d7e6bb39a40e2e958aefcb0759839a2"))
        let totals = try service.totals("15E", "year=2019-20&through=2019-06-30")
        #expect(try totals.integer("/cost/totalPence") == 130_550)
        #expect(try totals.integer("/budget/totalPence") == 59_150)
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"79","patient":"9990000018","setting":"primary","serviceDate":"2019-06-11","amountPence":50}
            < 201
            """)
        try service.kill()
        try service.restart()
        #expect(try service.get("/v1/ledger/head").text.hasPrefix(#"{"sequence":8,"#))
        #expect(try service.totals("15E", "year=2019-20&through=2019-06-30").integer("/cost/totalPence") == 130_600)
    }
}
