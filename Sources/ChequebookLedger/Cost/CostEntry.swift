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

/// A change of cost in one cell.
struct CostEntry: LogEntry {
    let key: UInt64
    var pence: Int64
    var events: Int32

    var isNothing: Bool { pence == 0 && events == 0 }

    mutating func merge(_ other: CostEntry) -> Bool {
        let (pence, penceOverflows) = pence.addingReportingOverflow(other.pence)
        let (events, eventsOverflow) = events.addingReportingOverflow(other.events)
        guard !penceOverflows, !eventsOverflow else { return false }
        self.pence = pence
        self.events = events
        return true
    }
}
