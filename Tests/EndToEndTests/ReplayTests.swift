import Foundation
import Testing

@Suite("While the journal is replayed")
struct ReplayTests {
    @Test("every /v1 route says 503 and when to try again, and the process answers that it lives")
    func replaying() throws {
        let directory = try TemporaryDirectory()
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let lines = Array(repeating: EventLine(id: "1", amountPence: 700).json, count: 20_000)
        let request = RawRequest(post: "/v1/cost-events", lines: lines)
        let client = try service.connect()
        for _ in 0..<20 { #expect(try client.ask(request).status == 200) }
        let total = try service.total()
        #expect(try service.terminate() == .code(0))

        let port = service.port
        let child = try ChildProcess(
            ChequebookBinary.path(), ["serve", "--port", "\(port)", "--data", "data"], in: directory)
        var answers: [(status: RawAnswer, ledger: RawAnswer)] = []
        let isReady = try waitUntil(seconds: 60) { () -> Bool? in
            guard let client = try? RawClient(port: port) else { return nil }
            #expect(try client.ask(RawRequest("GET", "/_ping")).status == 200)
            let status = try client.ask(RawRequest("GET", "/_status"))
            answers.append((status, try client.ask(RawRequest("GET", "/v1/totals?year=2015-16"))))
            return status.status == 200 ? true : nil
        }
        #expect(isReady == true)
        let early = answers.filter { $0.status.status == 503 }
        #expect(!early.isEmpty, "400,000 records were replayed before anyone could ask")
        for (status, ledger) in early {
            #expect(status.code == "replaying")
            #expect(status["Retry-After"] != nil)
            // Replay may have ended between the two questions.
            guard ledger.status != 200 else { continue }
            #expect(ledger.status == 503)
            #expect(ledger.code == "replaying")
            #expect(ledger["Retry-After"] != nil)
            #expect(ledger.shortcomings() == [])
        }
        let last = try FlatJSON(RawClient(port: port).ask(RawRequest("GET", "/v1/totals?year=2015-16")).text)
        #expect(try last.integer("/total/cost/totalPence") == total.pence)
        #expect(try child.end(SIGTERM) == .code(0))
    }
}
