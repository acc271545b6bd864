/// A row of the event index in fourteen bytes: most events are one among a hundred million, so each byte counts.
struct EventEntry: BitwiseCopyable {
    /// In place of an amount that does not fit 24 bits, from £167,772.15; the record has it.
    private static var largeAmount: UInt64 { 0xff_ffff }
    /// In place of a row where there is none.
    static var none: UInt32 { .max }

    // Sixteen bits each, so that a row needs no room to be aligned: bits, amount and previous, each from its lowest.
    private var words: (UInt16, UInt16, UInt16, UInt16, UInt16)
    private var previousWords: (UInt16, UInt16)

    /// - Parameter previous: the row of the patient's event before this one.
    @inline(__always)
    init(_ bits: EventBits, previous: UInt32, amountPence: Int64) {
        words = (0, 0, 0, 0, 0)
        previousWords = (0, 0)
        let amount = min(UInt64(clamping: amountPence), Self.largeAmount)
        low = bits.word | amount << EventBits.bitCount
        words.4 = UInt16(truncatingIfNeeded: amount >> (64 - EventBits.bitCount))
        self.previous = previous
    }

    /// The bits, and the lowest byte of the amount.
    private var low: UInt64 {
        get { UInt64(words.0) | UInt64(words.1) << 16 | UInt64(words.2) << 32 | UInt64(words.3) << 48 }
        set {
            words.0 = UInt16(truncatingIfNeeded: newValue)
            words.1 = UInt16(truncatingIfNeeded: newValue >> 16)
            words.2 = UInt16(truncatingIfNeeded: newValue >> 32)
            words.3 = UInt16(truncatingIfNeeded: newValue >> 48)
        }
    }

    @inline(__always)
    var bits: EventBits {
        get { EventBits(word: low & (1 << EventBits.bitCount - 1)) }
        set { low = low & ~(1 << EventBits.bitCount - 1) | newValue.word }
    }

    /// Nil if only the record can tell.
    var amountPence: Int64? {
        let amount = low >> EventBits.bitCount | UInt64(words.4) << (64 - EventBits.bitCount)
        return amount == Self.largeAmount ? nil : Int64(amount)
    }

    /// What the event adds to a cost; nil if only the record can tell.
    var signedPence: Int64? { amountPence.map { bits.isCredit ? -$0 : $0 } }

    /// The row of the patient's event before this one.
    var previousRow: UInt32? { previous == Self.none ? nil : previous }

    var previous: UInt32 {
        get { UInt32(previousWords.0) | UInt32(previousWords.1) << 16 }
        set {
            previousWords = (UInt16(truncatingIfNeeded: newValue), UInt16(truncatingIfNeeded: newValue >> 16))
        }
    }
}
