import ChequebookJournal
import Glibc
import Testing

/// One workload, and the machine gone at each of its storage calls in turn: none is left out, none is drawn.
@Suite("A crash at every single storage call")
struct EveryCallTests {
    private static let kinds: [StorageOperation] = [.list, .create, .open, .remove, .read, .write, .sync, .size]
    /// How much of a write that is under way reaches the file.
    private static let shares = [0, 1, 512, 4_095, 9_000]
    private static let powerCuts: UInt64 = 3

    /// Opens, and appends twelve commits of one to three pages: four segments, or five.
    private static func run(
        on storage: any Storage, from first: [[[UInt8]]], returned: (([[UInt8]]) -> Void)
    ) throws -> OpenedJournal {
        let opened = try OpenedJournal(storage)
        for records in first.dropFirst(opened.commits.count) {
            try opened.append(records)
            returned(records)
        }
        return opened
    }

    private static func workload() -> [[[UInt8]]] {
        var generator = SeededGenerator(seed: 12)
        return (0..<12).map { number in
            (0..<number % 3 + 1).map { _ in generator.record(bytesMax: number % 4 == 3 ? 2_600 : 300) }
        }
    }

    /// Every way in which the machine can be gone at one call of a run on `disk`, and what that leaves.
    private static func crashes(
        on disk: MemoryStorage, _ body: (String, MemoryStorage, _ acknowledged: [[[UInt8]]]) throws -> Void
    ) throws {
        let counting = FaultyStorage(disk.copy(), faults: [])
        _ = try run(on: counting, from: workload()) { _ in }
        for kind in kinds where counting.count(of: kind) > 0 {
            for occurrence in 1...counting.count(of: kind) {
                for share in kind == .write ? shares : [0] {
                    let left = disk.copy()
                    let fault = FaultyStorage.Fault(
                        kind, occurrence: occurrence, code: EIO, bytesWritten: share, thereafter: true)
                    var acknowledged: [[[UInt8]]] = []
                    let error = journalError {
                        _ = try run(on: FaultyStorage(left, faults: [fault]), from: workload()) {
                            acknowledged.append($0)
                        }
                    }
                    let place = "\(kind) \(occurrence), \(share) bytes"
                    guard case .storage(.failed(let failed, _, EIO)) = error, failed == kind else {
                        Issue.record("\(place): \(String(describing: error))")
                        return
                    }
                    try body("\(place), process gone", left.copy(), acknowledged)
                    for seed in 0..<powerCuts {
                        var generator = SeededGenerator(seed: seed)
                        try body("\(place), power cut \(seed)", left.crash(using: &generator), acknowledged)
                    }
                }
            }
        }
    }

    /// What was returned is there, and at most the commit under way besides; the rest of the workload follows it.
    private static func check(
        _ place: String, _ storage: MemoryStorage, atLeast acknowledged: Int
    ) throws {
        let found = try OpenedJournal(storage).commits.map(\.records)
        let whole = workload()
        try #require(found == Array(whole.prefix(found.count)), "\(place)")
        try #require(
            acknowledged...acknowledged + 1 ~= found.count, "\(place): \(acknowledged) returned, \(found.count) found")
        _ = try run(on: storage, from: whole) { _ in }
        try #require(try OpenedJournal(storage.copy()).commits.map(\.records) == whole, "\(place)")
    }

    @Test("loses nothing that was returned and takes the rest of the workload")
    func once() throws {
        var count = 0
        try Self.crashes(on: MemoryStorage()) { place, left, acknowledged in
            try Self.check(place, left, atLeast: acknowledged.count)
            count += 1
        }
        #expect(count > 300)
    }

    @Test("of the recovery from a torn commit does so too")
    func twice() throws {
        // A commit of two pages of which the middle never reached the disk.
        let torn = MemoryStorage()
        let whole = Self.workload()
        _ = try Self.run(on: torn, from: Array(whole[..<4])) { _ in }
        let name = try #require(torn.names().filter { $0.hasSuffix(".segment") }.max())
        var bytes = try #require(torn.contents(of: name))
        let end = try #require(bytes.lastIndex { $0 != 0 })
        bytes.replaceSubrange(end - 1_023...end - 512, with: repeatElement(0, count: 512))
        torn.replace(name, with: bytes)
        #expect(try OpenedJournal(torn.copy()).commits.count == 3)
        var tornAgain = 0
        try Self.crashes(on: torn) { place, left, acknowledged in
            let copy = left.copy()
            if try OpenedJournal(copy).report.tornTail != nil { tornAgain += 1 }
            try Self.check(place, left, atLeast: 3 + acknowledged.count)
        }
        #expect(tornAgain > 20)
    }
}
