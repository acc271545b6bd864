import Testing

@testable import ChequebookLedger

@Suite("The open table")
struct OpenTableTests {
    /// The low twelve bits name a part of the table, the high half is the tag by which the part is sorted.
    private static func fingerprint(_ tag: UInt64, part: UInt64 = 5, middle: UInt64 = 0) -> UInt64 {
        tag << 32 | middle << 12 | part
    }

    /// Inserts them all, then looks for each, and for others that are none of them.
    private static func expectFound(_ fingerprints: [UInt64], without others: [UInt64]) {
        var table = OpenTable(in: ChunkPool())
        for (row, fingerprint) in fingerprints.enumerated() { table.insert(fingerprint, row: UInt32(row)) }
        let count = table.count
        #expect(count == fingerprints.count)
        let lost = fingerprints.enumerated().filter { row, fingerprint in
            table.find(fingerprint) { $0 == row } != UInt32(row)
        }
        #expect(lost.isEmpty)
        let found = others.filter { fingerprint in table.find(fingerprint) { _ in true } != nil }
        #expect(found.isEmpty)
    }

    @Test("finds every row while it grows, and no other")
    func growth() {
        var generator = SeededGenerator(seed: 5)
        let fingerprints = (0..<50_000).map { _ in generator.next() }
        Self.expectFound(fingerprints, without: (0..<10_000).map { _ in generator.next() })
    }

    @Test("finds every row of a part that grows from an array to many blocks, and no other")
    func blocks() {
        var generator = SeededGenerator(seed: 7)
        func some(_ count: Int) -> [UInt64] { (0..<count).map { _ in Self.fingerprint(generator.next() >> 32) } }
        Self.expectFound(some(60_000), without: some(200))
    }

    @Test("finds nothing while it is empty")
    func empty() {
        Self.expectFound([], without: [0, .max, Self.fingerprint(7)])
    }

    @Test("tells rows of one fingerprint apart by asking")
    func collisions() {
        Self.expectFound([UInt64](repeating: 42, count: 1_000), without: [41, 43, Self.fingerprint(1, part: 42)])
    }

    @Test("tells equal tags apart by their part, and within a part by asking")
    func equalTags() {
        let byPart = (0..<4_096).map { Self.fingerprint(9, part: $0) }
        Self.expectFound(byPart, without: byPart.map { $0 + 1 << 32 })
        Self.expectFound(
            (0..<500).map { Self.fingerprint(9, middle: $0) }, without: [Self.fingerprint(8), Self.fingerprint(10)])
    }

    @Test("has room for the lowest and the highest tag, however many there are")
    func ends() {
        let highest = UInt64(UInt32.max)
        let tags = (0..<2_000 as Range<UInt64>).flatMap { [$0 / 50, highest - $0 / 50] }
        let others = (40..<1_000 as Range<UInt64>).flatMap { [$0, highest - $0] }
        Self.expectFound(tags.map { Self.fingerprint($0) }, without: others.map { Self.fingerprint($0) })
        Self.expectFound(tags.reversed().map { Self.fingerprint($0) }, without: others.map { Self.fingerprint($0) })
    }

    @Test("keeps thousands that all belong into the tail of one part")
    func tail() {
        var generator = SeededGenerator(seed: 6)
        let highest = UInt64(UInt32.max)
        let tags = (0..<5_000).map { _ in highest - generator.next() % 100_000 }
        let others = Set(0..<100_000).subtracting(tags.map { highest - $0 }).map { Self.fingerprint(highest - $0) }
        Self.expectFound(tags.map { Self.fingerprint($0) }, without: others)
    }

    @Test("finds what is at a part's end as fast as what is at its beginning")
    func evenSpeed() {
        var table = OpenTable(in: ChunkPool())
        let count = 50_000 as UInt64
        let fingerprints = (0..<count).map { Self.fingerprint($0 * (1 << 32 / count)) }
        for fingerprint in fingerprints { table.insert(fingerprint, row: 0) }
        /// The fastest of some runs, so that a busy machine does not matter.
        func fastest(_ wanted: ArraySlice<UInt64>) -> Duration {
            (0..<5).map { _ in
                ContinuousClock().measure { for one in wanted { _ = table.find(one) { _ in true } } }
            }.min() ?? .zero
        }
        // Going through a part from its beginning would take some hundred times as long.
        let (first, last) = (fastest(fingerprints.prefix(500)), fastest(fingerprints.suffix(500)))
        #expect(last < first * 20)
    }

    @Test("adds a row if none may be there already, as whoever asks first and adds then")
    func absent() {
        var generator = SeededGenerator(seed: 8)
        // Few tags in few parts, the tag of an empty slot among them, so that many are there already and lines are full.
        let fingerprints = (0..<30_000).map { _ in
            Self.fingerprint(generator.next() % 20_000 * 200_000, part: generator.next() % 2)
        }
        var plain = OpenTable(in: ChunkPool())
        var table = OpenTable(in: ChunkPool())
        var differing = 0
        for fingerprint in fingerprints {
            let row = UInt32(plain.count)
            let isNew = plain.candidate(fingerprint) == nil
            if isNew { plain.insert(fingerprint, row: row) }
            table.prefetch(fingerprint)
            let isAdded = table.insertIfAbsent(fingerprint, row: row)
            if isAdded != isNew || table.candidate(fingerprint) != plain.candidate(fingerprint) { differing += 1 }
        }
        #expect(differing == 0)
        let count = table.count
        #expect(count == Set(fingerprints).count)
    }

    @Test("passes on what the asked row throws")
    func throwing() {
        struct Unreadable: Error {}
        var table = OpenTable(in: ChunkPool())
        table.insert(1, row: 0)
        var isThrown = false
        do { _ = try table.find(1) { _ in throw Unreadable() } } catch { isThrown = true }
        #expect(isThrown)
    }
}

@Suite("The pool of chunks")
struct ChunkPoolTests {
    @Test("hands out chunks that are zero, aligned, and nobody else's, from one piece of memory after another")
    func chunks() {
        let pool = ChunkPool()
        let chunks = (0..<40).map { _ in pool.take() }
        #expect(Set(chunks).count == 40)
        #expect(chunks.allSatisfy { Int(bitPattern: $0) % ChunkPool.chunkBytes == 0 })
        let last = ChunkPool.chunkBytes - 8
        for (number, chunk) in chunks.enumerated() {
            #expect(chunk.load(as: UInt64.self) == 0 && chunk.load(fromByteOffset: last, as: UInt64.self) == 0)
            chunk.storeBytes(of: UInt64(number), as: UInt64.self)
            chunk.storeBytes(of: UInt64(number), toByteOffset: last, as: UInt64.self)
        }
        let kept = chunks.enumerated().filter { number, chunk in
            chunk.load(as: UInt64.self) == UInt64(number)
                && chunk.load(fromByteOffset: last, as: UInt64.self) == UInt64(number)
        }
        #expect(kept.count == 40)
    }

    @Test("gives a block that came back to the next who asks, all zero again")
    func blocks() {
        var blocks = BlockPool(in: ChunkPool())
        let first = blocks.take()
        first.update(repeating: 7, count: BlockPool.wordCount)
        blocks.give(first)
        let again = blocks.take()
        #expect(again == first)
        #expect((0..<BlockPool.wordCount).allSatisfy { again[$0] == 0 })
    }
}

@Suite("Rows of plain memory")
struct RowsTests {
    @Test("stay as they were while chunk after chunk is added, and the list of chunks grows")
    func stay() {
        let inChunk = Rows<UInt64>.rowsInChunk
        var rows = Rows<UInt64>(in: ChunkPool())
        let count = inChunk * 40 + 1
        for number in 0..<count { rows.append(UInt64(number) * 3) }
        let appended = rows.count
        #expect(appended == count)
        let changed = (0..<count).filter { rows[UInt32($0)] != UInt64($0) * 3 }
        #expect(changed.isEmpty)
    }

    @Test("change by themselves, on both sides of a chunk's border")
    func borders() {
        let inChunk = UInt32(Rows<UInt64>.rowsInChunk)
        var rows = Rows<UInt64>(in: ChunkPool())
        for _ in 0..<inChunk * 2 { rows.append(7) }
        let written = [0, inChunk - 1, inChunk, inChunk * 2 - 1]
        for row in written { rows[row] += UInt64(row) + 1 }
        for row in [inChunk * 2, inChunk * 2 + 1] {
            rows.append(UInt64(row))
            let last = rows[row]
            #expect(last == UInt64(row))
        }
        let found = (0..<inChunk * 2).filter { rows[$0] != 7 }
        #expect(found == written)
        let values = written.map { rows[$0] }
        #expect(values == written.map { UInt64($0) + 8 })
    }
}
