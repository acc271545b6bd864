import Foundation
import Testing

/// Disks that take no more: nothing acknowledged is lost, nothing is promised, everything can still be read.
@Suite("A full disk")
struct FullDiskTests {
    @Test(
        "stops writing at the end of a segment and nothing else",
        .enabled(if: SmallDisk.isPossible, "this needs root and the right to mount a tmpfs"))
    func noSpaceForASegment() throws {
        // The service needs 64 MiB for a segment and warns below 128 MiB of free space.
        let disk = try SmallDisk(mebibytes: 64 + 160)
        let service = try ServiceProcess.withOnePatient(dataPath: "\(disk.path)/data")
        try disk.fill(leavingMebibytes: 16)

        var acknowledged: [EventLine] = []
        let repeated = Array(repeating: EventLine(id: "0", amountPence: 1).json, count: 20_000)
        let client = try service.connect()
        var refusal: RawAnswer?
        for number in 0..<100 where refusal == nil {
            let event = EventLine(id: "\(number)", amountPence: 1)
            let posted = try client.ask(event.post)
            if posted.status == 201 { acknowledged.append(event) }
            // Duplicates are written too; they fill the segment.
            let answers = try [posted, client.ask(RawRequest(post: "/v1/cost-events", lines: repeated))]
            refusal = answers.first { $0.status != 200 && $0.status != 201 }
        }
        try Self.expectReadOnly(service, refusal, acknowledged)
        _ = try service.terminate()
        try disk.empty()
        try Self.expectRecovered(service, acknowledged)
    }

    @Test(
        "or a limit on the size of files, met in the middle of a segment, is answered in the same way",
        arguments: [1, 20_000])
    func writeFails(linesInList: Int) throws {
        // The limit's signal would end the process where the write's error must be answered.
        Foundation.signal(SIGXFSZ, SIG_IGN)
        let service = try ServiceProcess.withOnePatient()
        var acknowledged: [EventLine] = []
        for number in 0..<20 {
            let event = EventLine(id: "\(number)", amountPence: number)
            #expect(try service.send(event.post).status == 201)
            acknowledged.append(event)
        }
        let limit = try ChildProcess(
            "/usr/bin/prlimit", ["--pid", "\(service.processID)", "--fsize=8192:unlimited"], in: service.directory)
        #expect(try limit.waitForExit() == .code(0))

        let lost = EventLine(id: "lost", amountPence: 1)
        let list = RawRequest(post: "/v1/cost-events", lines: Array(repeating: lost.json, count: linesInList))
        let bytes = linesInList == 1 ? lost.post.bytes : list.bytes
        let client = try service.connect()
        // The list's first lines have been refused by the disk before its last one comes.
        try client.send(bytes.dropLast(20))
        usleep(200_000)
        try client.send(bytes.suffix(20))
        let refusal = try client.answer()
        try Self.expectReadOnly(service, refusal, acknowledged)
        _ = try service.terminate()
        try Self.expectRecovered(service, acknowledged)
    }

    private static func expectReadOnly(
        _ service: ServiceProcess, _ refusal: RawAnswer?, _ acknowledged: [EventLine]
    ) throws {
        let refusal = try #require(refusal, "the disk was never full")
        #expect(refusal.status == 503)
        #expect(refusal.code == "journal-unavailable")
        #expect(refusal.shortcomings() == [])
        let again = EventLine(id: "again", amountPence: 1)
        for request in [
            again.post, RawRequest(post: "/v1/cost-events", lines: [again.json]),
            RawRequest(post: "/v1/cost-events?atomic=true", lines: [again.json]),
            RawRequest("PUT", "/v1/commissioners/05C", json: #"{"name":"NHS Dudley CCG","kind":"ccg"}"#),
        ] {
            let answer = try service.send(request)
            #expect(answer.status == 503, "\(request.target)")
            #expect(answer.code == "journal-unavailable", "\(request.target)")
        }
        let status = try service.get("/_status")
        #expect(status.status == 503)
        let checks = try FlatJSON(status.text)
        #expect(checks["/status"] == "\"fail\"")
        #expect(checks["/checks/journal/status"] == "\"fail\"")
        #expect(try service.get("/_ping").status == 200)
        #expect(try service.total() == EventSum(acknowledged))
        #expect(try service.stored(acknowledged).count == acknowledged.count)
        #expect(try service.get("/v1/cost-events/sus/again").status == 404)
    }

    private static func expectRecovered(_ service: ServiceProcess, _ acknowledged: [EventLine]) throws {
        try service.restart()
        #expect(try service.stored(acknowledged).count == acknowledged.count)
        let more = EventLine(id: "more", amountPence: 5)
        let unknown = try service.stored([EventLine(id: "lost", amountPence: 1)])
        #expect(try service.send(more.post).status == 201)
        #expect(try service.total() == EventSum(acknowledged + unknown + [more]))
        #expect(try service.terminate() == .code(0))
    }
}
