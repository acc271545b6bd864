import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("Submissions that come together")
struct CommitStartTests {
    @Test("share one commit, which begins when it is started, and each is told that all have been told")
    func together() throws {
        let service = try Service(MemoryStorage())
        try service.book(Facts.commissioner())
        let receipts = (0..<5).map { _ in Receipt() }
        for (number, receipt) in receipts.enumerated() {
            let submission = Service.submission([Facts.event("E\(number)")], wantsEvent: number % 2 == 0, receipt)
            #expect(service.engine.submit(submission, startsCommit: false) == .admitted)
        }
        #expect(service.engine.queueByteCount > 0)
        service.engine.startCommit()
        let booked = receipts.map(\.booked)
        #expect(booked.map { $0?.outcomes } == Array(repeating: [.posted(isUnattributed: false)], count: 5))
        let sequences = booked.compactMap { $0?.lastSequence }
        #expect(sequences == (0..<5).map { (sequences.first ?? 0) + $0 })
        // Those who asked are shown their own event, with the instant of the one commit.
        let events = booked.map { $0?.event }
        #expect(
            events.map { $0?.fact.eventIdentity } == (0..<5).map { $0 % 2 == 0 ? Facts.identity("E\($0)") : nil })
        #expect(Set(events.compactMap { $0?.recordedAt }).count == 1)
        service.engine.stop()
        #expect(receipts.map(\.count) == Array(repeating: 1, count: 5))
        #expect(receipts.map(\.toldCount) == Array(repeating: 1, count: 5))
    }

    @Test("are committed with the next one that starts a commit itself")
    func startedByAnother() throws {
        let service = try Service(MemoryStorage())
        try service.book(Facts.commissioner())
        let first = Receipt()
        #expect(service.engine.submit(Service.submission([Facts.event("A")], first), startsCommit: false) == .admitted)
        #expect(service.submit([Facts.event("B")]).outcomes == [.posted(isUnattributed: false)])
        #expect(first.outcomes == [.posted(isUnattributed: false)])
        service.engine.stop()
    }

    @Test("are booked when the engine stops before their commit was started; starting one for nothing does nothing")
    func stopped() throws {
        let service = try Service(MemoryStorage())
        try service.book(Facts.commissioner())
        service.engine.startCommit()
        let waiting = Receipt()
        let submission = Service.submission([Facts.event("A")], waiting)
        #expect(service.engine.submit(submission, startsCommit: false) == .admitted)
        service.engine.stop()
        #expect(waiting.outcomes == [.posted(isUnattributed: false)])
        service.engine.startCommit()
    }
}
