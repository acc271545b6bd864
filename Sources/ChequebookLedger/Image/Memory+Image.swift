import ChequebookModel

extension Rows {
    func put(in image: LedgerImage) {
        image.put(count)
        forEachChunk { image.putMemory(UnsafeRawBufferPointer(start: $0, count: $1 * MemoryLayout<Row>.stride)) }
    }

    /// Reads the rows of an image into a table that has none.
    mutating func read(from image: ImageReader) throws {
        let rows = try image.count(bytesEach: MemoryLayout<Row>.stride, "the number of rows")
        try image.expect(rows < Int(UInt32.max), "the number of rows")
        makeRoom(for: rows)
        try forEachChunk { try image.memory($0, byteCount: $1 * MemoryLayout<Row>.stride) }
    }
}

extension OpenTable {
    func put(in image: LedgerImage) {
        image.put(count)
        for part in 0..<Self.partCount { parts[part].put(in: image) }
    }

    /// Reads the slots of an image into a table that has none.
    mutating func read(from image: ImageReader) throws {
        count = try image.int()
        for part in 0..<Self.partCount {
            let part = parts + part
            try part.pointee.read(from: image, &pool)
        }
        try image.expect((0..<Self.partCount).reduce(0) { $0 + Int(parts[$1].count) } == count, "the size of a table")
    }
}

extension TablePart {
    func put(in image: LedgerImage) {
        image.put(UInt64(lineCount) << 32 | UInt64(count))
        forEachArray { image.putMemory(UnsafeRawBufferPointer(start: $0, count: $1 * MemoryLayout<UInt64>.size)) }
    }

    mutating func read(from image: ImageReader, _ pool: inout BlockPool) throws {
        let word = try image.word()
        let lines = Int(word >> 32)
        let slots = UInt32(truncatingIfNeeded: word)
        try image.expect(
            UInt64(lines) <= image.source.bytesLeft / Self.lineBytes && Self.canHave(lines: lines, slots: slots),
            "a part of a table")
        takeLines(lines, &pool)
        count = slots
        try forEachArray { try image.memory($0, byteCount: $1 * MemoryLayout<UInt64>.size) }
    }
}

extension DayLog {
    func put(in image: LedgerImage) {
        image.put(unsorted)
        image.putCopy(ofList: runs)
        image.putCopy(ofList: days.flatMap { [Int($0.recordedOn.dayNumber), $0.end] })
        image.putList(entries)
    }

    init(from image: ImageReader) throws {
        self.init()
        unsorted = try image.int()
        runs = Array(try image.list(of: Int.self))
        let words = try image.list(of: Int.self)
        days = stride(from: 0, to: words.count - 1, by: 2).map { index in
            (CalendarDate(uncheckedDayNumber: Int32(truncatingIfNeeded: words[index])), words[index + 1])
        }
        entries = try image.list(of: Entry.self)
        // What is in order here is sliced and counted without another look.
        let ends = days.map(\.end)
        try image.expect(
            Self.isInOrder(ends) && Self.isInOrder(runs + [unsorted, entries.count])
                && ends.last ?? 0 == entries.count, "the order of a log")
    }

    private static func isInOrder(_ places: [Int]) -> Bool {
        zip([0] + places, places).allSatisfy { $0 <= $1 }
    }
}
