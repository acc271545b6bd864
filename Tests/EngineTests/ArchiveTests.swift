import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Foundation
import Testing

@Suite("A ledger whose old segments are archived")
struct ArchiveTests {
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/engine-archive-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    private func inDirectory(_ body: (_ data: String, _ archive: String) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory + "/data", directory + "/archive")
    }

    private func open(_ path: String, usesCheckpoints: Bool, bytesMin: Int = .max) throws -> LedgerCore {
        try LedgerCore.open(
            storage: FileStorage(path: path), configuration: Workload.configuration, form: nil,
            newIdentity: Service.identity, now: TestClock.start, usesCheckpoints: usesCheckpoints,
            checkpointBytesMin: bytesMin)
    }

    private func archive(_ data: String, _ archive: String, keptCount: Int = 0) throws -> Int {
        let archiver = try Archiver(dataPath: data, archivePath: archive, keptCount: keptCount)
        for segment in archiver.segments { _ = try archiver.archive(segment) }
        return archiver.segments.count
    }

    @Test(
        "is the same to the byte, from a checkpoint and from the journal, and goes on", arguments: Array(UInt64(1)...3))
    func same(seed: UInt64) throws {
        try inDirectory { data, archivePath in
            var workload = Workload(seed: seed)
            let twin = try LedgerCore.open(
                storage: MemoryStorage(), configuration: Workload.configuration, form: nil,
                newIdentity: Service.identity, now: TestClock.start, usesCheckpoints: false)
            var core: LedgerCore? = try open(data, usesCheckpoints: true, bytesMin: 200_000)
            for number in 0..<200 {
                let facts = workload.commit()
                // The files that are open stay so.
                if number == 160 { #expect(try archive(data, archivePath) >= 3) }
                #expect(try core?.commit(facts, at: TestClock.start) == twin.commit(facts, at: TestClock.start))
            }
            try core?.journal.close()
            core = nil
            for usesCheckpoints in [true, false] {
                let again = try open(data, usesCheckpoints: usesCheckpoints)
                #expect(again.ledger.image().firstDifference(from: twin.ledger.image()) == nil)
                #expect(again.report.checkpointSequence.map { $0 > 0 } == (usesCheckpoints ? true : nil))
                try again.journal.close()
            }
            let looked = try LedgerCore.open(existing: FileStorage(path: data, access: .readOnly))
            #expect(looked.ledger.image().firstDifference(from: twin.ledger.image()) == nil)
        }
    }

    @Test("knows every event again that comes a second time")
    func duplicates() throws {
        try inDirectory { data, archivePath in
            let ids = (0..<300).map { "e\($0)" }
            var service: Service? = try Service(FileStorage(path: data))
            try service?.book(Facts.commissioner(), Facts.statement())
            for id in ids { try service?.book(Facts.event(id)) }
            service?.engine.stop()
            service = nil
            #expect(try archive(data, archivePath) >= 4)
            let again = try Service(FileStorage(path: data))
            defer { again.engine.stop() }
            for id in ids { #expect(try again.book(Facts.event(id)) == [.duplicate]) }
            for id in ids { #expect(try again.book(Facts.event(id, pence: 101)) != [.duplicate]) }
            #expect(again.eventCount() == ids.count)
        }
    }
}
