import CMemory

/// Row numbers by a tag of 32 bits, in lines of eight slots, which are what the memory gives at once.
///
/// A tag's line is where it would be if all tags were spread evenly; a full line sends on to the next, round the end. So
/// nearly all of the memory can be used, and most questions still look at one line. A slot keeps its whole tag, so that
/// growing asks no row. A small part has an array of its own, a larger one has blocks.
struct TablePart {
    /// High half: the tag. Low half: row + 1, or 0 in an empty slot. The slots of a line are filled from its beginning.
    private typealias Slot = UInt64

    private static var slotsInLine: Int { 8 }
    private static var slotsInBlock: Int { BlockPool.wordCount }
    private static var linesInBlock: Int { slotsInBlock / slotsInLine }
    /// Of a part that has an array of its own.
    private static var ownLinesMax: Int { linesInBlock * 3 / 4 }

    private var blocks: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>?
    private(set) var lineCount: UInt32 = 0
    var count: UInt32 = 0

    func deallocate() {
        guard let blocks else { return }
        if hasOwnArray { blocks[0].deallocate() }
        blocks.deallocate()
    }

    private var hasOwnArray: Bool { Int(lineCount) <= Self.ownLinesMax }

    /// The row with this tag for which `isWanted` holds.
    @inline(__always)
    func find(_ tag: UInt64, where isWanted: (UInt32) throws -> Bool) rethrows -> UInt32? {
        guard let blocks else { return nil }
        var line = line(tag)
        while true {
            let slots = Self.slots(blocks, line)
            let match = LineMatch(slots, tag)
            var matches = match.matches
            while matches != 0 {
                let row = UInt32(truncatingIfNeeded: slots[LineMatch.place(matches)]) - 1
                if try isWanted(row) { return row }
                matches &= matches - 1
            }
            if match.vacancies != 0 { return nil }
            line = next(line)
        }
    }

    /// Adds a row that is not there yet.
    @inline(__always)
    mutating func insert(_ tag: UInt64, row: UInt32, _ pool: inout BlockPool) {
        if isFull { grow(&pool) }
        put(tag << 32 | UInt64(row + 1))
        count += 1
    }

    /// Adds a row, unless there is one with this tag: then false. To look and to add is one way through the lines.
    @inline(__always)
    mutating func insertIfAbsent(_ tag: UInt64, row: UInt32, _ pool: inout BlockPool) -> Bool {
        guard let blocks else {
            insert(tag, row: row, &pool)
            return true
        }
        var line = line(tag)
        while true {
            let slots = Self.slots(blocks, line)
            let match = LineMatch(slots, tag)
            if match.matches != 0 { return false }
            if match.vacancies != 0 {
                guard !isFull else { break }
                slots[LineMatch.place(match.vacancies)] = tag << 32 | UInt64(row + 1)
                count += 1
                return true
            }
            line = next(line)
        }
        insert(tag, row: row, &pool)
        return true
    }

    /// At most 92 of 100 slots are taken: so a line is full seldom enough, and one slot at least is always empty.
    @inline(__always)
    private var isFull: Bool { UInt64(count + 1) * 100 > UInt64(lineCount) * UInt64(92 * Self.slotsInLine) }

    /// Asks for the memory in which a tag would be found: its line, and the next, since many a line is full. Behind the
    /// last line of a block that is another memory, for once.
    @inline(__always)
    func prefetch(_ tag: UInt64) {
        guard let blocks else { return }
        let slots = Self.slots(blocks, line(tag))
        chequebook_prefetch(slots)
        chequebook_prefetch(slots + Self.slotsInLine)
    }

    @inline(__always)
    private func line(_ tag: UInt64) -> Int { Int(truncatingIfNeeded: (tag * UInt64(lineCount)) >> 32) }

    @inline(__always)
    private func next(_ line: Int) -> Int { line + 1 == Int(lineCount) ? 0 : line + 1 }

    @inline(__always)
    private static func slots(
        _ blocks: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>, _ line: Int
    ) -> UnsafeMutablePointer<Slot> {
        // Without signs a division by a power of two is a shift.
        let (block, place) = UInt(bitPattern: line).quotientAndRemainder(dividingBy: UInt(linesInBlock))
        return blocks[Int(block)] + Int(place) * slotsInLine
    }

    /// There is an empty slot: the part grows before it is full.
    @inline(__always)
    private func put(_ slot: Slot) {
        guard let blocks else { return }
        var line = line(slot >> 32)
        while true {
            let slots = Self.slots(blocks, line)
            let vacancies = LineMatch(slots, 0).vacancies
            if vacancies != 0 {
                slots[LineMatch.place(vacancies)] = slot
                return
            }
            line = next(line)
        }
    }

    /// Makes room for more; how much more depends on the lines that are there and on nothing else.
    private mutating func grow(_ pool: inout BlockPool) {
        let old = self
        let lines = Int(lineCount)
        let larger = max(1, lines < 8 ? lines * 2 : lines + lines / 5)
        if larger <= Self.ownLinesMax {
            takeLines(larger, &pool)
        } else {
            let blockCount = hasOwnArray ? 0 : lines / Self.linesInBlock
            takeLines((blockCount + max(1, blockCount / 6)) * Self.linesInBlock, &pool)
        }
        guard let slots = old.blocks else { return }
        fill(from: old)
        if !old.hasOwnArray {
            for block in 0..<lines / Self.linesInBlock { pool.give(slots[block]) }
            slots.deallocate()
        } else {
            old.deallocate()
        }
    }

    /// Takes over all slots of another part, into lines of which none has any.
    ///
    /// How many each line has is counted beside it: to look at a line that was just written to would wait for it.
    private func fill(from old: TablePart) {
        guard let blocks, let oldBlocks = old.blocks else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(lineCount)) { counts in
            counts.initialize(repeating: 0)
            for oldLine in 0..<Int(old.lineCount) {
                let slots = Self.slots(oldBlocks, oldLine)
                for place in 0..<Self.slotsInLine where slots[place] != 0 {
                    var line = line(slots[place] >> 32)
                    while counts[line] == Self.slotsInLine { line = next(line) }
                    Self.slots(blocks, line)[Int(counts[line])] = slots[place]
                    counts[line] += 1
                }
            }
        }
    }

    /// Takes memory for so many lines, all of them empty, in place of what it had: few, or as many as fill blocks.
    mutating func takeLines(_ lines: Int, _ pool: inout BlockPool) {
        lineCount = UInt32(lines)
        blocks = nil
        guard lines > 0 else { return }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>.allocate(capacity: arrayCount)
        blocks = list
        if hasOwnArray {
            let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: lines * Self.slotsInLine)
            slots.initialize(repeating: 0, count: lines * Self.slotsInLine)
            list.initialize(to: slots)
        } else {
            for block in 0..<arrayCount { (list + block).initialize(to: pool.take()) }
        }
    }

    static var lineBytes: UInt64 { UInt64(slotsInLine * MemoryLayout<UInt64>.size) }

    /// Whether a part can have so many lines, with so many of their slots taken: as `grow` makes them and `insert` fills
    /// them.
    static func canHave(lines: Int, slots: UInt32) -> Bool {
        (lines <= ownLinesMax || lines % linesInBlock == 0)
            && UInt64(slots) * 100 <= UInt64(lines) * UInt64(92 * slotsInLine)
    }

    private var arrayCount: Int { hasOwnArray ? 1 : Int(lineCount) / Self.linesInBlock }

    /// Gives each array of slots in order, with its length.
    func forEachArray(_ body: (UnsafeMutablePointer<UInt64>, Int) throws -> Void) rethrows {
        guard let blocks else { return }
        for index in 0..<arrayCount {
            try body(blocks[index], hasOwnArray ? Int(lineCount) * Self.slotsInLine : Self.slotsInBlock)
        }
    }
}

/// What a look at the slots of a line found, two bits for each of them.
private struct LineMatch {
    private static var everySlot: UInt32 { 0x5555 }

    private let bits: UInt32

    @inline(__always)
    init(_ slots: UnsafePointer<UInt64>, _ tag: UInt64) {
        bits = chequebook_match_line(slots, UInt32(truncatingIfNeeded: tag))
    }

    /// A bit for each slot that has the tag.
    @inline(__always)
    var matches: UInt32 { bits >> 1 & ~bits & Self.everySlot }

    /// A bit for each empty slot.
    @inline(__always)
    var vacancies: UInt32 { bits & Self.everySlot }

    /// The place of the first of these bits.
    @inline(__always)
    static func place(_ bits: UInt32) -> Int { bits.trailingZeroBitCount / 2 }
}
