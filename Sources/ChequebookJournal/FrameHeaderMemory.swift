/// What the headers of many frames say of their records, by position. A frame never changes once it is committed, so
/// none is ever wrong.
struct FrameHeaderMemory {
    /// What a record's reader asks of the header of its frame.
    struct Entry: BitwiseCopyable {
        let firstSequence: UInt64
        let recordedAtMicroseconds: Int64
        let payloadBytes: UInt32
        let recordCount: UInt32
        let byteCount: UInt16
    }

    private static let partCount = 64
    /// Many small tables, so that nobody waits for a large one to grow.
    private var parts: [Part]

    /// - Parameter countMax: by default some forty megabytes at most, in a ledger whose thousand million events came in
    ///   large commits.
    init(countMax: Int = 1 << 19) {
        parts = Array(repeating: Part(countMax: max(1, countMax / Self.partCount)), count: Self.partCount)
    }

    subscript(position: UInt64) -> Entry? {
        @inline(__always)
        get {
            let hash = Self.hash(position)
            return parts[hash % Self.partCount].find(position, hash / Self.partCount)
        }
    }

    /// Adds one; when there are too many, some are forgotten.
    mutating func add(_ entry: Entry, at position: UInt64) {
        let hash = Self.hash(position)
        parts[hash % Self.partCount].add(entry, at: position, hash / Self.partCount)
    }

    @inline(__always)
    private static func hash(_ position: UInt64) -> Int {
        // Frames begin on pages, so the bits below say nothing.
        let pages = position / UInt64(JournalFormat.pageBytes)
        return Int(truncatingIfNeeded: (pages &* 0x9e37_79b9_7f4a_7c15) >> 32)
    }

    /// A table by hash; when it is full it begins anew.
    private struct Part {
        private let countMax: Int
        /// Positions, or 0 in an empty place. At most half of them are taken.
        private var positions = [UInt64](repeating: 0, count: 16)
        private var entries = [Entry?](repeating: nil, count: 16)
        private var count = 0

        init(countMax: Int) { self.countMax = countMax }

        @inline(__always)
        func find(_ position: UInt64, _ hash: Int) -> Entry? {
            let mask = positions.count - 1
            var place = hash & mask
            while positions[place] != 0 {
                if positions[place] == position { return entries[place] }
                place = (place + 1) & mask
            }
            return nil
        }

        mutating func add(_ entry: Entry, at position: UInt64, _ hash: Int) {
            guard find(position, hash) == nil else { return }
            if count == countMax { self = Self(countMax: countMax) }
            if (count + 1) * 2 > positions.count { grow() }
            put(entry, at: position, hash)
            count += 1
        }

        private mutating func put(_ entry: Entry?, at position: UInt64, _ hash: Int) {
            let mask = positions.count - 1
            var place = hash & mask
            while positions[place] != 0 { place = (place + 1) & mask }
            positions[place] = position
            entries[place] = entry
        }

        private mutating func grow() {
            let (oldPositions, oldEntries) = (positions, entries)
            positions = [UInt64](repeating: 0, count: oldPositions.count * 2)
            entries = [Entry?](repeating: nil, count: oldPositions.count * 2)
            for (position, entry) in zip(oldPositions, oldEntries) where position != 0 {
                put(entry, at: position, FrameHeaderMemory.hash(position) / FrameHeaderMemory.partCount)
            }
        }
    }
}

extension FrameHeaderMemory.Entry {
    init(_ header: FrameHeader) {
        self.init(
            firstSequence: header.firstSequence, recordedAtMicroseconds: header.recordedAtMicroseconds,
            payloadBytes: UInt32(truncatingIfNeeded: header.payloadBytes),
            recordCount: UInt32(truncatingIfNeeded: header.recordCount),
            byteCount: UInt16(truncatingIfNeeded: header.byteCount))
    }
}
