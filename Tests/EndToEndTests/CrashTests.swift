import Foundation
import Testing

/// Power cuts while everybody writes.
@Suite("A crash")
struct CrashTests {
    /// What one writer sent, and what of it was acknowledged before its connection broke.
    private struct Log: Sendable {
        var sent: [EventLine] = []
        var acknowledged: [EventLine] = []
        /// Lists of which all or nothing must be there.
        var indivisible: [[EventLine]] = []
        /// The greatest total that it was shown.
        var shown = EventSum(pence: 0, events: 0)
    }

    private static let single = 4
    private static let lists = 2
    private static let readers = 1
    private static let linesInList = 25

    @Test("at any moment loses nothing acknowledged, shows nothing that is lost, and books nothing twice")
    func killed() throws {
        let service = try ServiceProcess.withOnePatient()
        var before = EventSum(pence: 0, events: 0)
        for seed in UInt64(1)...8 {
            var generator = SeededGenerator(seed: seed)
            let port = service.port
            let clients = Threads(Self.single + Self.lists + Self.readers) { index in
                switch index {
                case ..<Self.single:
                    Self.postSingles(port: port, name: "\(seed)-\(index)", seed: seed &* 100 &+ UInt64(index))
                case ..<(Self.single + Self.lists):
                    Self.postLists(port: port, name: "\(seed)-\(index)", seed: seed &* 100 &+ UInt64(index))
                default: Self.readTotals(port: port)
                }
            }
            usleep(UInt32.random(in: 2_000...80_000, using: &generator))
            try service.kill()
            let logs = try clients.wait()
            try service.restart()

            let sent = logs.flatMap(\.sent)
            let stored = try service.stored(sent)
            let there = Set(stored)
            let lost = logs.flatMap(\.acknowledged).filter { !there.contains($0) }
            #expect(lost.isEmpty, "seed \(seed): \(lost.count) acknowledged events are lost")
            for list in logs.flatMap(\.indivisible) {
                let count = list.count { there.contains($0) }
                #expect(count == 0 || count == list.count, "seed \(seed): \(count) of an indivisible list are there")
            }
            let total = try service.total()
            #expect(total == before + EventSum(stored), "seed \(seed)")
            let shown = logs.map(\.shown).max { $0.events < $1.events } ?? before
            #expect(shown.events <= total.events && shown.pence <= total.pence, "seed \(seed): shown and then lost")

            // A client that had no answer sends the same again.
            let reply = try FlatJSON(
                service.send(RawRequest(post: "/v1/cost-events", lines: sent.map(\.json))).text)
            #expect(try reply.integer("/duplicates") == stored.count, "seed \(seed)")
            #expect(try reply.integer("/posted") == sent.count - stored.count, "seed \(seed)")
            before = before + EventSum(sent)
            #expect(try service.total() == before, "seed \(seed)")
        }
        #expect(before.events > 100, "hardly anything was written between the crashes")
    }

    private static func postSingles(port: Int, name: String, seed: UInt64) -> Log {
        var log = Log()
        var generator = SeededGenerator(seed: seed)
        guard let client = try? RawClient(port: port) else { return log }
        while true {
            let event = event("\(name)-\(log.sent.count)", &generator)
            log.sent.append(event)
            guard let answer = try? client.ask(event.post), answer.status == 201 else { return log }
            log.acknowledged.append(event)
        }
    }

    private static func postLists(port: Int, name: String, seed: UInt64) -> Log {
        var log = Log()
        var generator = SeededGenerator(seed: seed)
        guard let client = try? RawClient(port: port) else { return log }
        while true {
            let events = (0..<linesInList).map { event("\(name)-\(log.sent.count + $0)", &generator) }
            log.sent += events
            let isAtomic = Bool.random(using: &generator)
            if isAtomic { log.indivisible.append(events) }
            let target = "/v1/cost-events" + (isAtomic ? "?atomic=true" : "")
            guard let answer = try? client.ask(RawRequest(post: target, lines: events.map(\.json))),
                answer.status == 200, let reply = try? FlatJSON(answer.text), reply["/posted"] == "\(linesInList)"
            else { return log }
            log.acknowledged += events
        }
    }

    private static func readTotals(port: Int) -> Log {
        var log = Log()
        guard let client = try? RawClient(port: port) else { return log }
        while let answer = try? client.ask(RawRequest("GET", "/v1/totals?year=2015-16")), answer.status == 200,
            let totals = try? FlatJSON(answer.text), let pence = try? totals.integer("/total/cost/totalPence"),
            let events = try? totals.integer("/total/cost/events")
        {
            log.shown = EventSum(pence: max(log.shown.pence, pence), events: max(log.shown.events, events))
        }
        return log
    }

    private static func event(_ id: String, _ generator: inout SeededGenerator) -> EventLine {
        let isRegistered = Bool.random(using: &generator)
        return EventLine(
            id: id, amountPence: Int.random(in: 0...100_000, using: &generator),
            patient: isRegistered ? EventLine.registeredPatient : EventLine.unknownPatient)
    }
}
