import Testing

/// Bodies that are longer than anything that the service may keep.
@Suite("A body of a hundred megabytes", .serialized)
struct StreamTests {
    private static let bodyBytes = 100_000_000
    /// What the process may grow by: buffers of sockets and queues, and what the allocator keeps for itself.
    private static let growthBytesMax = 40_000_000

    /// One block again and again, as many times as make up the body.
    private static func send(_ block: [UInt8], to client: RawClient) throws -> Int {
        let count = (bodyBytes + block.count - 1) / block.count
        let head = RawRequest("POST", "/v1/cost-events", headers: [("Content-Type", "application/x-ndjson")]).head
        let length = "Content-Length: \(count * block.count)\r\n\r\n"
        try client.send(head.replacing(/\r\n\r\n$/, with: "\r\n") + length)
        for _ in 0..<count { try client.send(block) }
        return count
    }

    @Test("of blank lines is skipped and counted in constant memory")
    func blankLines() throws {
        let service = try ServiceProcess.withOnePatient()
        let client = try service.connect()
        // Lines of spaces, so that there are not a hundred million of them.
        let line = [UInt8](repeating: 0x20, count: 99) + [0x0a]
        let before = try service.residentBytes()
        let blocks = try Self.send(Array(repeating: line, count: 1_000).flatMap { $0 }, to: client)
        let reply = try FlatJSON(client.answer().text)
        #expect(try reply.integer("/received") == 0)
        #expect(try service.residentPeakBytes() - before < Self.growthBytesMax)

        try client.send(RawRequest(post: "/v1/cost-events", lines: ["", "", "{"]))
        #expect(try FlatJSON(client.answer().text).integer("/errors/0/line") == 3)
        #expect(blocks == 1_000)
    }

    @Test("of one event again and again books it once, in constant memory")
    func duplicates() throws {
        let service = try ServiceProcess.withOnePatient()
        let client = try service.connect()
        let line = Array("\(EventLine(id: "1", amountPence: 700).json)\n".utf8)
        let linesInBlock = 500
        let before = try service.residentBytes()
        let blocks = try Self.send(Array(repeating: line, count: linesInBlock).flatMap { $0 }, to: client)
        let reply = try FlatJSON(client.answer().text)
        let growthBytes = try service.residentPeakBytes() - before
        #expect(try reply.integer("/received") == blocks * linesInBlock)
        #expect(try reply.integer("/posted") == 1)
        #expect(try reply.integer("/duplicates") == blocks * linesInBlock - 1)
        #expect(growthBytes < Self.growthBytesMax, "it grew by \(growthBytes) bytes")
        #expect(try service.total() == EventSum(pence: 700, events: 1))
    }

    @Test("that is one single line is refused for its length, in constant memory")
    func oneLine() throws {
        let service = try ServiceProcess.withOnePatient()
        let client = try service.connect()
        let before = try service.residentBytes()
        _ = try Self.send([UInt8](repeating: UInt8(ascii: "x"), count: 100_000), to: client)
        let reply = try FlatJSON(client.answer().text)
        #expect(try reply.integer("/rejected") == 1)
        #expect(reply["/errors/0/code"] == "\"line-too-long\"")
        #expect(try service.residentPeakBytes() - before < Self.growthBytesMax)
    }

    @Test("has lines of 16,384 bytes and none of one more")
    func lineLength() throws {
        let service = try ServiceProcess.withOnePatient()
        let events = (0..<2).map { EventLine(id: "\($0)", amountPence: 1).json }
        let lines = zip(events, [16_384, 16_385]).map { $0 + String(repeating: " ", count: $1 - $0.utf8.count) }
        let reply = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: lines)).text)
        #expect(try reply.integer("/posted") == 1)
        #expect(try reply.integer("/errors/0/line") == 2)
    }
}
