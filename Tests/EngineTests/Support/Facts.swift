import ChequebookModel

/// Facts as tests need them, all within the financial year 2015-16.
enum Facts {
    static let year = FinancialYear(startYear: 2015)!
    static let home = OrganisationCode("15E")!
    static let other = OrganisationCode("13T")!
    /// 9990000018 with its check digit; synthetic, as all of 999.
    static let patient = Patient(nhsNumber: 9_990_000_018)!

    static func day(_ text: String) -> CalendarDate { CalendarDate(text)! }

    static func identity(_ id: String) -> EventIdentity {
        EventIdentity(source: Identifier("test")!, id: Identifier(id)!)
    }

    static func commissioner(_ code: OrganisationCode = home, name: String = "A body") -> Fact {
        .commissioner(Commissioner(code: code, name: name, kind: .ccg))
    }

    /// A cost that states its commissioner, so that it counts without a registration.
    static func event(
        _ id: String, pence: Int64 = 100, version: Int32 = 1, _ commissioner: OrganisationCode? = home,
        on date: String = "2015-06-02", patient: Patient = patient
    ) -> Fact {
        .costEvent(
            CostEvent(
                identity: identity(id), version: version, subject: .patient(patient), commissioner: commissioner,
                setting: .secondary, serviceDate: day(date), amountPence: pence))
    }

    static func reversal(_ id: String, of original: String) -> Fact {
        .reversal(Reversal(identity: identity(id), reverses: Identifier(original)!))
    }

    static func statement(
        _ commissioner: OrganisationCode = home, from: String = "2015-04-01", patient: Patient = patient
    ) -> Fact {
        .statement(
            Statement(
                patient: patient, commissioner: commissioner, from: day(from), born: day("1950-07-15"), sex: .female))
    }

    static func card(annualPence: Int64) -> RateCard {
        RateCard(year: year, rates: [CapitationRate(setting: .secondary, annualPence: annualPence)])
    }

    /// A reversal whose record takes this many bytes of a commit, 16 to 205; it is refused when it is booked.
    static func filler(byteCount: Int) -> Fact {
        // 8 of the journal and 5 before the texts; the source takes one.
        let text = byteCount - 14
        let id = min(64, text - 1)
        let reverses = min(64, text - id)
        func letters(_ count: Int) -> Identifier { Identifier(String(repeating: "f", count: count))! }
        return .reversal(
            Reversal(
                identity: EventIdentity(source: letters(1 + text - id - reverses), id: letters(id)),
                reverses: letters(reverses)))
    }
}
