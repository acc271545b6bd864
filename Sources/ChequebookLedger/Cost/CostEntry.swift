import ChequebookModel

/// Everything by which a cost can be broken down, in one word.
struct CostKey {
    /// Days since 1 April.
    let day: Int
    let setting: CareSetting
    let group: PatientGroup?
    let isCredit: Bool
    let isWithoutPatient: Bool
    /// Number of the provider's code; 0 for none.
    let provider: UInt32
    /// Number of the stated funder's code, else of the council of the registration; 0 for none.
    let payer: UInt32
    let payerIsStated: Bool

    /// Bits, from the lowest: day 9, setting 4, group 3, two flags, provider 20, payer 20, one flag.
    var packed: UInt64 {
        UInt64(day) | UInt64(setting.rawValue) << 9 | UInt64(CostGroup.index(group)) << 13
            | (isCredit ? 1 << 16 : 0) | (isWithoutPatient ? 1 << 17 : 0)
            | UInt64(provider) << 18 | UInt64(payer) << 38 | (payerIsStated ? 1 << 58 : 0)
    }
}

extension CostKey {
    init(packed: UInt64) {
        func bits(_ low: Int, _ count: Int) -> UInt64 { packed >> UInt64(low) & (1 << UInt64(count) - 1) }
        day = Int(bits(0, 9))
        setting = CareSetting.allCases[Int(bits(9, 4))]
        group = PatientGroup(rawValue: UInt8(bits(13, 3)))
        isCredit = bits(16, 1) == 1
        isWithoutPatient = bits(17, 1) == 1
        provider = UInt32(bits(18, 20))
        payer = UInt32(bits(38, 20))
        payerIsStated = bits(58, 1) == 1
    }
}

/// A change of cost in one cell: sixteen bytes.
struct CostEntry: LogEntry {
    /// Bits below the pence that count events, from −2,048 to 2,047.
    private static var eventBits: Int64 { 12 }
    /// 2^51 pence beside the count fill 64 bits; one event has at most 10^15.
    private static var penceEnd: Int64 { 1 << 51 }
    private static var eventsEnd: Int64 { 1 << 11 }

    let key: UInt64
    /// Pence × 2^12 + events: both are added at once, and told apart again because the count is small.
    private var sum: Int64

    /// - Parameters:
    ///   - pence: within ±10^15.
    ///   - events: 1 or −1.
    init(key: UInt64, pence: Int64, events: Int64) {
        self.key = key
        sum = pence << Self.eventBits + events
    }

    var events: Int64 { (sum << (64 - Self.eventBits)) >> (64 - Self.eventBits) }

    var pence: Int64 { (sum - events) >> Self.eventBits }

    var isNothing: Bool { sum == 0 }

    mutating func merge(_ other: CostEntry) -> Bool {
        let (pence, events) = (pence + other.pence, events + other.events)
        let fits = 1 - Self.penceEnd..<Self.penceEnd ~= pence && -Self.eventsEnd..<Self.eventsEnd ~= events
        guard fits else { return false }
        self = CostEntry(key: key, pence: pence, events: events)
        return true
    }
}
