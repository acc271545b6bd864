import ChequebookJournal
import Glibc
import Testing

@Suite("A crash at any moment loses nothing that was acknowledged")
struct CrashTests {
    @Test("what an append returned is there once, in order, and at most the commit under way besides")
    func crashAtAnyMoment() throws {
        for seed in UInt64(0)..<2000 {
            var ledger = CrashingLedger(seed: seed)
            for _ in 0..<4 { try ledger.runUntilCrash() }
            try #require(ledger.complaint == nil, "seed \(seed): \(ledger.complaint ?? "")")
            try ledger.checkAndAppend()
            try #require(ledger.complaint == nil, "seed \(seed): \(ledger.complaint ?? "")")
        }
    }

    @Test("the seeds reach torn tails, torn header pages, rotation and commits that survived unacknowledged")
    func coverage() throws {
        var seen = CrashingLedger.Seen()
        for seed in UInt64(0)..<300 {
            var ledger = CrashingLedger(seed: seed)
            for _ in 0..<4 { try ledger.runUntilCrash() }
            seen.add(ledger.seen)
        }
        #expect(seen.tornTails > 50)
        #expect(seen.survivors > 50)
        #expect(seen.vanished > 50)
        #expect(seen.rotations > 50)
        #expect(seen.failedOpenings > 20)
    }
}

/// A ledger under load on a disk that dies at a moment that the seed chooses, and the list that it is compared with.
private struct CrashingLedger {
    struct Seen {
        var tornTails = 0
        var survivors = 0
        var vanished = 0
        var rotations = 0
        var failedOpenings = 0

        mutating func add(_ other: Seen) {
            tornTails += other.tornTails
            survivors += other.survivors
            vanished += other.vanished
            rotations += other.rotations
            failedOpenings += other.failedOpenings
        }
    }

    private var generator: SeededGenerator
    private var disk = MemoryStorage()
    private var acknowledged: [[UInt8]] = []
    private var underWay: [[UInt8]]?
    private(set) var seen = Seen()
    private(set) var complaint: String?

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Runs on a disk that goes after some operation, and then cuts the power or only ends the process.
    mutating func runUntilCrash() throws {
        let operations: [StorageOperation] = [.write, .write, .sync, .sync, .create]
        let fault = FaultyStorage.Fault(
            operations.randomElement(using: &generator)!, occurrence: Int.random(in: 1...12, using: &generator),
            code: EIO, bytesWritten: Int.random(in: 0...9000, using: &generator), thereafter: true)
        do {
            let opened = try OpenedJournal(FaultyStorage(disk, faults: [fault]))
            compare(opened)
            for _ in 0..<12 { try append(to: opened) }
        } catch JournalError.storage(.failed(_, _, EIO)) {
            if underWay == nil { seen.failedOpenings += 1 }
        }
        let writesReachDisk = Int.random(in: 0..<4, using: &generator) == 0
        disk = writesReachDisk ? disk.copy() : disk.crash(using: &generator)
    }

    /// Opens on a sound disk, compares, and shows that the tail takes another commit.
    mutating func checkAndAppend() throws {
        let opened = try OpenedJournal(disk)
        compare(opened)
        try append(to: opened)
        disk = disk.crash(using: &generator)
        compare(try OpenedJournal(disk))
    }

    private mutating func append(to opened: OpenedJournal) throws(JournalError) {
        let records = (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.record(bytesMax: 2000) }
        underWay = records
        let batch = try opened.append(records)
        acknowledged += records
        underWay = nil
        batch.forEachRecord { if $0.position.byteOffset == 4096 + 72, $0.sequence > 1 { seen.rotations += 1 } }
    }

    private mutating func compare(_ opened: OpenedJournal) {
        if opened.report.tornTail != nil { seen.tornTails += 1 }
        let records = opened.records
        if records == acknowledged {
            if underWay != nil { seen.vanished += 1 }
        } else if let underWay, records == acknowledged + underWay {
            seen.survivors += 1
            acknowledged = records
        } else {
            complaint = "replayed \(records.count) records where \(acknowledged.count) were acknowledged"
        }
        underWay = nil
    }
}
