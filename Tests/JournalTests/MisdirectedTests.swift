import ChequebookJournal
import Testing

/// One workload, and each of its writes put in turn in every other place of every file that is there.
@Suite("A write that the disk puts in another place, and says nothing")
struct MisdirectedTests {
    private static let identityFile = "identity"

    private static func workload() -> [[[UInt8]]] {
        var generator = SeededGenerator(seed: 31)
        // Of one, two and three pages, so that they cover each other in part.
        return (0..<7).map { number in
            [[UInt8(number + 1)]] + (0..<number % 3).map { _ in generator.record(bytesMax: 200) + Self.long(number) }
        }
    }

    private static func long(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number + 9), count: 3_600) }

    /// A storage with a file in it that is no part of the journal.
    private static func newDisk() -> MemoryStorage {
        let disk = MemoryStorage()
        disk.replace(identityFile, with: [UInt8](repeating: 7, count: 16))
        return disk
    }

    /// Opens and appends in two runs, the second of which begins with what it finds, and ends with a clean stop or with the
    /// process alone.
    private static func run(on storage: any Storage, closes: Bool) throws {
        let whole = workload()
        let first = try OpenedJournal(storage)
        for records in whole[..<4] { try first.append(records) }
        let second = try OpenedJournal(storage)
        for records in whole.dropFirst(second.commits.count) { try second.append(records) }
        if closes { try second.journal.close() }
    }

    /// Every write in every place, except where it was meant for.
    private static func misdirections(
        closes: Bool, _ body: (_ place: String, _ isLastCommit: Bool, _ disk: MemoryStorage) throws -> Void
    ) throws {
        let sound = newDisk()
        let counting = FaultyStorage(sound, faults: [])
        try run(on: counting, closes: closes)
        let writes = counting.count(of: .write)
        let names = sound.names().filter { $0.hasSuffix(".segment") } + [identityFile]
        for occurrence in 1...writes {
            for name in names.sorted() {
                for offset in stride(from: 0, to: UInt64(4 * Fixture.pageBytes), by: Fixture.pageBytes / 2) {
                    let disk = newDisk()
                    let place = FaultyStorage.Fault.Place(name: name, byteOffset: offset)
                    let fault = FaultyStorage.Fault(writeOfOccurrence: occurrence, landsAt: place)
                    let told = "write \(occurrence) of \(writes) in \(name) at \(offset)"
                    do {
                        try run(on: FaultyStorage(disk, faults: [fault]), closes: closes)
                    } catch {
                        // The second start has met it, or there is no such file yet.
                        try #require(error is JournalError, "\(told): \(error)")
                        continue
                    }
                    let isWhereItBelongs = names.allSatisfy { disk.contents(of: $0) == sound.contents(of: $0) }
                    if isWhereItBelongs { continue }
                    try body(told, occurrence == writes, disk)
                }
            }
        }
    }

    @Test("is found out at the next start after a clean stop, or has changed nothing")
    func closed() throws {
        let whole = Self.workload()
        var found = 0
        try Self.misdirections(closes: true) { place, _, disk in
            let error = journalError {
                let opened = try OpenedJournal(disk)
                try #require(opened.commits.map(\.records) == whole, "\(place)")
            }
            guard case .damaged = error else {
                // What it hit is no part of the journal, and what it was meant for had been there already.
                try #require(error == nil, "\(place): \(String(describing: error))")
                return
            }
            found += 1
        }
        #expect(found > 100)
    }

    @Test("is found out after a crash too, unless it was the very last, of which no trace need be left")
    func crashed() throws {
        let whole = Self.workload()
        var found = 0
        var lost = 0
        try Self.misdirections(closes: false) { place, isLastCommit, disk in
            let error = journalError {
                let opened = try OpenedJournal(disk)
                let records = opened.commits.map(\.records)
                try #require(records == Array(whole.prefix(records.count)), "\(place)")
                try #require(records.count == whole.count || isLastCommit, "\(place)")
                try #require(records.count >= whole.count - 1, "\(place)")
                if records.count < whole.count { lost += 1 }
            }
            guard case .damaged = error else {
                try #require(error == nil, "\(place): \(String(describing: error))")
                return
            }
            found += 1
        }
        #expect(found > 100)
        #expect(lost > 0)
    }
}
