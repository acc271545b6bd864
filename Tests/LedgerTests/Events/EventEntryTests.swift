import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A row of the event index")
struct EventEntryTests {
    private static func entry(amountPence: Int64) -> EventEntry {
        EventEntry(.ofReversal, previous: 7, amountPence: amountPence)
    }

    @Test("takes fourteen bytes")
    func size() {
        #expect(MemoryLayout<EventEntry>.stride == 14)
    }

    @Test("tells an amount up to £167,772.14 and leaves a larger one to its record")
    func amounts() {
        #expect(Self.entry(amountPence: 0).amountPence == 0)
        #expect(Self.entry(amountPence: 16_777_214).amountPence == 16_777_214)
        #expect(Self.entry(amountPence: 16_777_215).amountPence == nil)
        #expect(Self.entry(amountPence: 1_000_000_000_000_000).amountPence == nil)
    }

    @Test("keeps each of its parts when another changes, to the ends of what they hold")
    func parts() {
        for setting in [CareSetting.primary, .publicHealth] {
            let outline = EventOutline(
                fingerprint: 0, patient: nil, commissionerPacked: 0, providerPacked: 0, funderPacked: 0,
                amountPence: 16_777_214, serviceDate: .max, setting: setting, isCredit: true)
            var bits = EventBits(outline)
            bits.delta = EventBits.deltaMax
            var entry = EventEntry(bits, previous: .max, amountPence: outline.amountPence)
            #expect(entry.previous == .max)
            entry.previous = 0x1234_5678
            entry.bits.reverse()
            #expect(entry.previous == 0x1234_5678)
            #expect(entry.amountPence == 16_777_214)
            #expect(entry.bits.isReversed && entry.bits.isCredit && entry.bits.isWithoutPatient)
            #expect(entry.bits.delta == EventBits.deltaMax)
            #expect(entry.bits.serviceDate == .max && entry.bits.setting == setting)
        }
    }
}

@Suite("The places of records")
struct PositionBasesTests {
    /// The largest distance that is told from a base.
    private static let reach = EventBits.deltaMax - 1

    @Test("are kept to the byte: as far from the one before as fits, one byte farther, and in the next segment")
    func added() {
        var bases = PositionBases()
        let first: UInt64 = 1 << 32 | 4_160
        let positions: [UInt64] = [
            first, first + 75, first + Self.reach, first + Self.reach + 1, 2 << 32 | 4_160, 9 << 32 | 64,
        ]
        let deltas = positions.enumerated().map { bases.delta(of: $1, newRow: UInt32($0)) }
        #expect(deltas == [0, 75, Self.reach, 0, 0, 0])
        let found = deltas.enumerated().map { bases.position(UInt32($0), delta: $1) }
        #expect(found == positions)
    }

    @Test("are kept when a row moves: near its base, far behind it, and far behind it again")
    func moved() {
        var bases = PositionBases()
        _ = bases.delta(of: 1 << 32 | 64, newRow: 0)
        _ = bases.delta(of: 2 << 32 | 64, newRow: 1)
        let base: UInt64 = 1 << 32 | 64
        let positions: [UInt64] = [base + 64, base + Self.reach, base + Self.reach + 1, 7 << 32 | 64, 8 << 32]
        for position in positions {
            let delta = bases.delta(of: position, row: 0)
            let found = bases.position(0, delta: delta)
            #expect(found == position)
        }
        let other = bases.position(1, delta: 0)
        #expect(other == UInt64(2 << 32 | 64))
    }
}
