import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The key of a cost in the log")
struct CostKeyTests {
    private static let numbers: [UInt32] = [0, 1, 2, 65_535, 524_288, UInt32(Limits.organisationsNamedMax)]

    private static func key(
        day: Int = 0, setting: CareSetting = .primary, group: PatientGroup? = .older, isCredit: Bool = false,
        isWithoutPatient: Bool = false, provider: UInt32 = 0, payer: UInt32 = 0, payerIsStated: Bool = false
    ) -> CostKey {
        CostKey(
            day: day, setting: setting, group: group, isCredit: isCredit, isWithoutPatient: isWithoutPatient,
            provider: provider, payer: payer, payerIsStated: payerIsStated)
    }

    /// Every value of every field, alone and with all others at their highest.
    private static var keys: [CostKey] {
        var keys: [CostKey] = []
        for day in 0..<366 {
            keys.append(key(day: day))
            keys.append(
                key(
                    day: day, setting: .publicHealth, group: nil, isCredit: true, isWithoutPatient: true,
                    provider: numbers[5], payer: numbers[5], payerIsStated: true))
        }
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] as [PatientGroup?] {
                for flags in 0..<8 {
                    for (provider, payer) in zip(numbers, numbers.reversed()) {
                        keys.append(
                            key(
                                day: 1, setting: setting, group: group, isCredit: flags & 1 != 0,
                                isWithoutPatient: flags & 2 != 0, provider: provider, payer: payer,
                                payerIsStated: flags & 4 != 0))
                    }
                }
            }
        }
        return keys
    }

    @Test("says after packing what it said before")
    func roundTrip() {
        for key in Self.keys {
            let read = CostKey(packed: key.packed)
            #expect(read.day == key.day)
            #expect(read.setting == key.setting)
            #expect(read.group == key.group)
            #expect(read.isCredit == key.isCredit)
            #expect(read.isWithoutPatient == key.isWithoutPatient)
            #expect(read.provider == key.provider)
            #expect(read.payer == key.payer)
            #expect(read.payerIsStated == key.payerIsStated)
        }
    }

    @Test("is another one for every other place")
    func distinct() {
        let packed = Self.keys.map(\.packed)
        #expect(Set(packed).count == packed.count)
    }
}

@Suite("The key of a registration in the log")
struct PopulationEntryTests {
    private static let births: [CalendarDate] = [
        .min, "1900-04-01", "1900-04-02", "1950-07-15", "2015-04-01", "2015-04-02", "2199-04-01", "2199-04-02", .max,
    ]
    private static let days: [CalendarDate] = [.min, "1969-12-31", "1970-01-01", "2016-02-29", .max]
    private static let councils: [UInt32] = [0, 1, 524_288, UInt32(Limits.organisationsNamedMax)]

    @Test("says after packing what it said before, and is another one for every other kind and day")
    func roundTrip() {
        var keys: Set<UInt64> = []
        var count = 0
        for born in Self.births {
            for sex in Sex.allCases {
                for group in PatientGroup.allCases {
                    for council in Self.councils {
                        let profile = Population.Profile(born: born, sex: sex, group: group, council: council)
                        for day in Self.days {
                            let entry = PopulationEntry(profile, day: day.dayNumber, people: -3)
                            #expect(entry.profile == profile)
                            #expect(entry.day == day.dayNumber)
                            keys.insert(entry.key)
                            count += 1
                        }
                    }
                }
            }
        }
        // Births within one year of 2 April to 1 April are of one kind: of the nine, the first two are.
        #expect(Set(Self.births.map { Population.Profile(born: $0, sex: .male, group: .older, council: 0) }).count == 7)
        #expect(keys.count == count / 9 * 7)
    }

    @Test("adds people up, and keeps both where their sum would not fit")
    func merge() {
        let profile = Population.Profile(born: .min, sex: .male, group: .older, council: 0)
        var entry = PopulationEntry(profile, day: 0, people: 1)
        for (people, isMerged, sum) in [(.max - 1, true, .max), (1, false, .max), (-.max, true, 0)]
            as [(Int32, Bool, Int32)]
        {
            let merged = entry.merge(PopulationEntry(profile, day: 0, people: people))
            #expect(merged == isMerged)
            #expect(entry.people == sum)
            #expect(entry.isNothing == (sum == 0))
        }
    }
}
