/// Row numbers by a 64-bit fingerprint: open addressing with linear probing, eight bytes a slot.
///
/// The table keeps 32 bits of each fingerprint, so that a miss almost never needs the row itself. Whoever asks says
/// whether a row is the wanted one.
struct OpenTable {
    /// High half: the fingerprint's high bits. Low half: row + 1, or 0 for an empty slot.
    private var slots: [UInt64]
    private(set) var count = 0

    init() {
        slots = [UInt64](repeating: 0, count: 64)
    }

    /// The row with this fingerprint for which `isWanted` holds.
    @inline(__always)
    func find(_ fingerprint: UInt64, where isWanted: (UInt32) throws -> Bool) rethrows -> UInt32? {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: fingerprint) & mask
        while true {
            let slot = slots[index]
            if slot == 0 { return nil }
            if slot >> 32 == fingerprint >> 32 {
                let row = UInt32(truncatingIfNeeded: slot) - 1
                if try isWanted(row) { return row }
            }
            index = (index + 1) & mask
        }
    }

    /// Adds a row that is not there yet. `fingerprintOf` gives those of the rows when the table has to grow.
    @inline(__always)
    mutating func insert(_ fingerprint: UInt64, row: UInt32, fingerprintOf: (UInt32) -> UInt64) {
        if (count + 1) * 4 > slots.count * 3 { grow(fingerprintOf) }
        place(fingerprint, row: row)
        count += 1
    }

    private mutating func place(_ fingerprint: UInt64, row: UInt32) {
        let mask = slots.count - 1
        var index = Int(truncatingIfNeeded: fingerprint) & mask
        while slots[index] != 0 { index = (index + 1) & mask }
        slots[index] = (fingerprint >> 32) << 32 | UInt64(row + 1)
    }

    private mutating func grow(_ fingerprintOf: (UInt32) -> UInt64) {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 {
            let row = UInt32(truncatingIfNeeded: slot) - 1
            place(fingerprintOf(row), row: row)
        }
    }
}
