import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("A list that is all or nothing")
struct AtomicListTests {
    private let service: Service

    init() throws {
        service = try Service(MemoryStorage())
        try service.book(Facts.commissioner(), Facts.event("there"))
    }

    @Test("is booked whole, with one outcome for each fact and none for its bracket")
    func whole() {
        let receipt = service.submit(atomically: [
            Facts.event("a"), Facts.event("b"), Facts.reversal("r", of: "a"), Facts.event("b"), Facts.event("there"),
            Facts.event("b", version: 2),
        ])
        #expect(
            receipt.outcomes == [
                .posted(isUnattributed: false), .posted(isUnattributed: false), .posted(isUnattributed: false),
                .duplicate, .duplicate, .reposted(isUnattributed: false),
            ])
        #expect(receipt.booked?.lastSequence == service.engine.published.sequence)
        #expect(service.eventCount() == 2)
        service.engine.stop()
    }

    @Test(
        "is not booked at all when one fact is refused, wherever it stands",
        arguments: [0, 1, 2])
    func nothing(place: Int) throws {
        var facts = [Facts.event("a"), Facts.event("b")]
        facts.insert(Facts.event("there", pence: 7), at: place)
        let index = try #require(service.engine.published.index(of: Facts.home))
        let edition = service.engine.published.edition(index)
        var expected: [Outcome] = [.notBooked, .notBooked]
        expected.insert(.refused(.conflictingDuplicate), at: place)
        #expect(service.submit(atomically: facts).outcomes == expected)
        #expect(service.eventCount() == 1)
        #expect(service.engine.published.edition(index) == edition)
        // The same identities are free, because nothing holds them.
        #expect(service.submit(atomically: [facts[place == 0 ? 1 : 0]]).outcomes == [.posted(isUnattributed: false)])
        service.engine.stop()
    }

    @Test("is refused as a whole for what its own earlier facts make impossible")
    func withinList() {
        let conflict = service.submit(atomically: [Facts.event("a"), Facts.event("a", pence: 7)])
        #expect(conflict.outcomes == [.notBooked, .refused(.conflictingDuplicate)])
        let twice = service.submit(atomically: [Facts.reversal("r1", of: "there"), Facts.reversal("r2", of: "there")])
        #expect(twice.outcomes == [.notBooked, .refused(.alreadyReversed)])
        let early = service.submit(atomically: [Facts.reversal("r", of: "a"), Facts.event("a")])
        #expect(early.outcomes == [.refused(.unknownOriginal), .notBooked])
        #expect(service.eventCount() == 1)
        service.engine.stop()
    }

    @Test("and facts around it in the same commit do not concern each other")
    func neighbours() {
        let receipts = [
            service.submit([Facts.event("n1")]), service.submit(atomically: [Facts.event("l1"), Facts.event("n1")]),
            service.submit([Facts.event("there", pence: 7), Facts.event("n2")]),
            service.submit(atomically: [Facts.event("l2"), Facts.event("n2", pence: 7)]),
            service.submit([Facts.event("n3")]),
        ]
        let posted = Outcome.posted(isUnattributed: false)
        #expect(
            receipts.map(\.outcomes) == [
                [posted], [posted, .duplicate], [.refused(.conflictingDuplicate), posted],
                [.notBooked, .refused(.conflictingDuplicate)], [posted],
            ])
        #expect(service.eventCount() == 5)
        service.engine.stop()
    }

    @Test("is never split over commits, however the others around it fall")
    func neverSplit() throws {
        let memory = MemoryStorage()
        let storage = GatedStorage(memory)
        let configuration = JournalConfiguration(
            segmentBytesMax: 256 << 10, commitBytesMax: 64 << 10, recordsInCommitMax: 12)
        let service = try Service(storage, configuration: configuration)
        try service.book(Facts.commissioner())
        storage.syncs.close()
        var receipts = [service.submit([Facts.event("first")])]
        #expect(storage.syncs.isReached())
        // With its bracket the longest of these is as long as a commit.
        for (number, count) in [1, 11, 3, 7, 11, 2, 10, 5, 5, 1].enumerated() {
            receipts.append(service.submit(atomically: (0..<count).map { Facts.event("l\(number)-\($0)") }))
            receipts.append(service.submit([Facts.event("s\(number)")]))
        }
        storage.syncs.open()
        for receipt in receipts { #expect(receipt.outcomes?.contains(.notBooked) == false) }
        #expect(service.eventCount() == 1 + 56 + 10)
        service.engine.stop()

        let commits = try StoredCommit.all(in: memory, configuration: configuration)
        var lists = 0
        for commit in commits {
            for (place, fact) in commit.facts.enumerated() {
                guard case .atomicList(let count) = fact else { continue }
                lists += 1
                #expect(place + count < commit.facts.count)
            }
            #expect(commit.facts.count <= 12)
        }
        #expect(lists == 10)
        #expect(commits.count > 4)
    }

    @Test("of 10,000 of the longest events fits a commit of the size in use")
    func longest() throws {
        let service = try Service(MemoryStorage(), configuration: JournalConfiguration(), queueBytesMax: 32 << 20)
        try service.book(Facts.commissioner())
        let text = String(repeating: "x", count: 59)
        let list = (10_000..<20_000).map { number in
            Fact.costEvent(
                CostEvent(
                    identity: EventIdentity(
                        source: Identifier(text + "12345")!, id: Identifier(text + String(number))!), version: .max,
                    subject: .patient(Facts.patient), commissioner: Facts.home, setting: .publicHealth,
                    serviceDate: Facts.day("2015-06-02"), amountPence: Limits.amountPenceMax, kind: .credit,
                    provider: Facts.home, service: Identifier(String(repeating: "s", count: 32)), funder: Facts.home))
        }
        let outcomes = service.submit(atomically: list).outcomes
        #expect(outcomes == Array(repeating: .posted(isUnattributed: false), count: 10_000))
        #expect(service.cost()?.pence == -10_000_000_000_000_000_000)
        service.engine.stop()
    }
}
