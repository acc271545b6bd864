import CPrefetch

/// Row numbers by a 64-bit fingerprint, eight bytes a slot, at most seven of eight slots taken.
///
/// The table is many small ones, each sorted by the tag that it keeps of a fingerprint: a tag's place is where it would
/// be if all tags were spread evenly, and what finds its place taken stands behind it, in order. So a miss ends at the
/// first larger tag, and a part grows by copying its slots in order, without asking for a row. No growth takes longer
/// than that of one part: at a hundred million rows some fifty microseconds.
struct OpenTable: ~Copyable {
    /// One small table.
    private struct Part {
        /// High half: the tag. Low half: row + 1, or 0 in an empty slot. Behind `capacity` there is room for what stands
        /// behind its place, and the last slot is always empty.
        var slots: UnsafeMutablePointer<UInt64>?
        var capacity: UInt32
        var count: UInt32
    }

    private static var partCount: Int { 4_096 }
    private static var firstCapacity: UInt32 { 8 }

    private let parts: UnsafeMutablePointer<Part>
    private(set) var count = 0

    init() {
        parts = .allocate(capacity: Self.partCount)
        parts.initialize(repeating: Part(slots: nil, capacity: 0, count: 0), count: Self.partCount)
    }

    deinit {
        for part in 0..<Self.partCount { parts[part].slots?.deallocate() }
        parts.deallocate()
    }

    /// The row with this fingerprint for which `isWanted` holds.
    @inline(__always)
    func find(_ fingerprint: UInt64, where isWanted: (UInt32) throws -> Bool) rethrows -> UInt32? {
        let part = parts[Self.part(fingerprint)]
        guard let slots = part.slots else { return nil }
        let tag = fingerprint >> 32
        var place = Self.place(tag, part.capacity)
        while slots[place] != 0, slots[place] >> 32 < tag { place += 1 }
        while slots[place] != 0, slots[place] >> 32 == tag {
            let row = UInt32(truncatingIfNeeded: slots[place]) - 1
            if try isWanted(row) { return row }
            place += 1
        }
        return nil
    }

    /// The first row whose fingerprint may be this one: whoever goes on to look at it can ask for its memory.
    @inline(__always)
    func candidate(_ fingerprint: UInt64) -> UInt32? { find(fingerprint) { _ in true } }

    /// Adds a row that is not there yet.
    @inline(__always)
    mutating func insert(_ fingerprint: UInt64, row: UInt32) {
        let part = parts + Self.part(fingerprint)
        if part.pointee.count >= part.pointee.capacity / 8 * 7 { Self.grow(&part.pointee) }
        let slot = (fingerprint >> 32) << 32 | UInt64(row + 1)
        while !Self.put(slot, into: part.pointee) { Self.grow(&part.pointee) }
        part.pointee.count += 1
        count += 1
    }

    /// Asks for the memory in which a fingerprint would be found.
    @inline(__always)
    func prefetch(_ fingerprint: UInt64) {
        let part = parts[Self.part(fingerprint)]
        guard let slots = part.slots else { return }
        chequebook_prefetch(slots + Self.place(fingerprint >> 32, part.capacity))
    }

    @inline(__always)
    private static func part(_ fingerprint: UInt64) -> Int { Int(truncatingIfNeeded: fingerprint) & (partCount - 1) }

    @inline(__always)
    private static func place(_ tag: UInt64, _ capacity: UInt32) -> Int {
        Int(truncatingIfNeeded: (tag * UInt64(capacity)) >> 32)
    }

    /// Slots of a part, those behind its capacity included.
    private static func slotCount(_ capacity: UInt32) -> Int { Int(capacity) + 16 + Int(capacity) / 32 }

    /// Puts a slot in its order; false if the part has no room behind its place.
    private static func put(_ slot: UInt64, into part: Part) -> Bool {
        guard let slots = part.slots else { return false }
        var place = place(slot >> 32, part.capacity)
        while slots[place] != 0, slots[place] >> 32 <= slot >> 32 { place += 1 }
        var empty = place
        while slots[empty] != 0 { empty += 1 }
        guard empty < slotCount(part.capacity) - 1 else { return false }
        (slots + place + 1).update(from: slots + place, count: empty - place)
        slots[place] = slot
        return true
    }

    private static func grow(_ part: inout Part) {
        var capacity = part.capacity
        repeat {
            capacity = capacity < 64 ? max(firstCapacity, capacity * 2) : capacity + capacity / 5
        } while !spread(&part, over: capacity)
    }

    /// Copies the slots, which are in order, to where they stand in a larger part; false if the last find no room.
    private static func spread(_ part: inout Part, over capacity: UInt32) -> Bool {
        let end = slotCount(capacity)
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: end)
        larger.initialize(repeating: 0, count: end)
        var next = 0
        if let slots = part.slots {
            for index in 0..<slotCount(part.capacity) where slots[index] != 0 {
                next = max(next, place(slots[index] >> 32, capacity))
                guard next < end - 1 else {
                    larger.deallocate()
                    return false
                }
                larger[next] = slots[index]
                next += 1
            }
            slots.deallocate()
        }
        part.slots = larger
        part.capacity = capacity
        return true
    }
}
