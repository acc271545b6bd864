import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import Foundation
import Testing

@testable import ChequebookEngine

/// `Tests/Fixtures/ledger-version-2` was written by the first program that wrote both: a journal of version 2, its file cut
/// behind the last frame, a checkpoint of version 1 with an image of version 1, and the note of a clean stop.
@Suite("A ledger of version 2, with its checkpoint, opens for ever")
struct VersionTwoTests {
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/Fixtures/ledger-version-2"
    private static let head = "25:47b9f826dc4a6bd2a06dc621c395a29ed02eb639ba36443da19dd8542806c95f"
    private static let checkpoint: UInt64 = 16
    private static let configuration = JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 1 << 18)

    private static func storage() throws -> MemoryStorage {
        let memory = MemoryStorage()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            memory.replace(name, with: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
        return memory
    }

    private static func open(_ storage: any Storage, usesCheckpoints: Bool) throws -> LedgerCore {
        try LedgerCore.open(
            storage: storage, configuration: configuration, form: nil, newIdentity: [], now: TestClock.start,
            usesCheckpoints: usesCheckpoints, checkpointBytesMin: .max)
    }

    @Test("from the files themselves, of which none is changed", arguments: [true, false])
    func files(usesCheckpoints: Bool) throws {
        let files = try FileStorage(path: Self.folder, access: .readOnly)
        let core = try LedgerCore.open(existing: files, usesCheckpoints: usesCheckpoints)
        #expect("\(core.journal.head)" == Self.head)
        #expect(core.report.wasClosed && core.report.tornTail == nil)
        #expect(core.report.checkpointSequence == (usesCheckpoints ? Self.checkpoint : nil))
        #expect(core.report.records == core.report.lastSequence - (usesCheckpoints ? Self.checkpoint : 0))
        #expect(core.report.unusableCheckpoints == [])
    }

    @Test("with the figures that it had, the same in every way of adding up", arguments: [true, false])
    func figures(usesCheckpoints: Bool) throws {
        let core = try Self.open(Self.storage(), usesCheckpoints: usesCheckpoints)
        let years = try core.ledger.yearsWithCost.map { year in
            let reconciliation = try core.ledger.reconciliation(year)
            #expect(reconciliation.agrees)
            let total = reconciliation.sums[0].total
            return "\(year): \(total.pence) pence in \(total.events) events"
        }
        #expect(years == ["2015-16: 1304 pence in 13 events", "2016-17: 121 pence in 1 events"])
        #expect(core.ledger.patientForm == .nhsNumber)
        #expect(core.ledger.commissioners().map { "\($0.code)" }.sorted() == ["05L", "15E"])
    }

    @Test("from its checkpoint as from the journal alone, byte for byte, and goes on the same")
    func same() throws {
        let memory = try Self.storage()
        let (short, long) = (
            try Self.open(memory.copy(), usesCheckpoints: true), try Self.open(memory.copy(), usesCheckpoints: false)
        )
        #expect(short.ledger.firstDifference(from: long.ledger) == nil)
        for fact in [Facts.event("e-1"), Facts.event("e-1"), Facts.statement(patient: Facts.patient)] {
            #expect(try short.commit([fact], at: TestClock.start) == long.commit([fact], at: TestClock.start))
        }
        #expect(short.ledger.firstDifference(from: long.ledger) == nil)
        #expect(short.journal.head == long.journal.head)
    }

    @Test("and goes on from a commit that a crash tore")
    func torn() throws {
        let memory = try Self.storage()
        try memory.remove("closed")
        let name = try #require(memory.names().first { $0.hasSuffix(".segment") })
        let bytes = try #require(memory.contents(of: name))
        let last = bytes.count - 4_096
        memory.replace(name, with: Array(bytes[..<(last + 512)]))
        let core = try Self.open(memory, usesCheckpoints: true)
        #expect(core.report.tornTail?.byteOffset == UInt64(last))
        #expect(try core.commit([Facts.event("e-1")], at: TestClock.start) == [.posted(isUnattributed: false)])
    }
}
