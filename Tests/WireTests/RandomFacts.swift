import ChequebookModel
import ChequebookWire

/// Facts of every kind, each optional field there or not as a seed decides, at the bounds as often as between them.
struct RandomFacts {
    private var random: JSONMemoryTests.SplitMix64

    init(seed: UInt64) { random = JSONMemoryTests.SplitMix64(state: seed) }

    /// One of each kind.
    mutating func all() -> [Fact] {
        [
            .ledgerCreated(pick(PatientForm.allCases)), .commissioner(commissioner()), .statement(statement()),
            .withdrawal(Withdrawal(patient: patient(), commissioner: code(), from: day())),
            .nationalRateCard(card()), .ownRateCard(code(), card()), .costEvent(event()), .reversal(reversal()),
            .atomicList(count: pick([1, 2, 9_999, 10_000])), .listSizes(listSizes()), .personDetails(details()),
            .succession(succession()),
        ]
    }

    mutating func event() -> CostEvent {
        let hasPatient = pick([true, true, false])
        let subject: CostSubject = hasPatient ? .patient(patient()) : .without(pick(WithoutPatient.allCases))
        return CostEvent(
            identity: EventIdentity(source: identifier(), id: identifier()),
            version: pick([1, 2, .max, Int32.random(in: 1...(.max), using: &random)]), subject: subject,
            commissioner: subject.patient == nil ? code() : maybe { $0.code() }, setting: pick(CareSetting.allCases),
            serviceDate: day(),
            amountPence: pick([0, 1, Limits.amountPenceMax, .random(in: 0...Limits.amountPenceMax, using: &random)]),
            kind: pick(EventKind.allCases), provider: maybe { $0.code() },
            service: maybe { $0.identifier(bytesMax: 32) }, funder: maybe { $0.code() })
    }

    mutating func reversal() -> Reversal {
        Reversal(identity: EventIdentity(source: identifier(), id: identifier()), reverses: identifier())
    }

    mutating func commissioner() -> Commissioner {
        let name = pick(["x", "Ynys Môn", String(repeating: "é", count: 100), "NHS Birmingham CrossCity CCG"])
        let counts = [0, 1, 3]
        return Commissioner(
            code: code(), name: name, kind: pick(CommissionerKind.allCases), opened: maybe { $0.day() },
            closed: maybe { $0.day() },
            parents: (0..<pick(counts)).map { _ in .init(code: code(), from: day(), until: maybe { $0.day() }) },
            successors: (0..<pick(counts)).map { _ in .init(code: code(), from: day()) })
    }

    mutating func statement() -> Statement {
        Statement(
            patient: patient(), commissioner: code(), from: day(), until: maybe { $0.day() }, born: day(),
            sex: pick(Sex.allCases), group: pick(PatientGroup.allCases), practice: maybe { $0.code() },
            council: maybe { $0.code() })
    }

    mutating func card() -> RateCard {
        var weights: [CareSetting: Int64] = [:]
        var funders: [CareSetting: Funder] = [:]
        for setting in CareSetting.allCases {
            weights[setting] = maybe { $0.weight() }
            funders[setting] = maybe { $0.pick([.council, .organisation($0.code())]) }
        }
        return RateCard(
            year: pick([1900, 2015, 2198].compactMap(FinancialYear.init(startYear:))),
            weightMillionths: maybe { $0.weight() }, settingWeightMillionths: weights, funders: funders,
            rates: (0..<pick([0, 1, 3])).map { _ in rate() })
    }

    private mutating func rate() -> CapitationRate {
        CapitationRate(
            setting: pick(CareSetting.allCases),
            annualPence: pick([0, 1, Limits.annualPenceMax, .random(in: 0...Limits.annualPenceMax, using: &random)]),
            ageFrom: maybe { $0.pick([0, 65, 200]) }, ageTo: maybe { $0.pick([0, 65, 200]) },
            sex: maybe { $0.pick(Sex.allCases) }, group: maybe { $0.pick(PatientGroup.allCases) },
            from: maybe { $0.day() }, until: maybe { $0.day() })
    }

    mutating func listSizes() -> ListSizes {
        ListSizes(commissioner: code(), date: day(), bands: (0..<pick([0, 1, 3, 200])).map { _ in band() })
    }

    private mutating func band() -> ListSizeBand {
        ListSizeBand(
            ageFrom: maybe { $0.pick([0, 65, 200]) }, ageTo: maybe { $0.pick([0, 65, 200]) },
            sex: maybe { $0.pick(Sex.allCases) }, group: maybe { $0.pick(PatientGroup.allCases) },
            people: pick([1, 255, Limits.peopleInBandMax, .random(in: 0...Limits.peopleInBandMax, using: &random)]))
    }

    mutating func details() -> PersonDetails {
        PersonDetails(
            patient: patient(), born: maybe { $0.day() }, sex: maybe { $0.pick(Sex.allCases) },
            died: pick([.keep, .clear, .set(day())]), replacedBy: pick([.keep, .clear, .set(patient())]))
    }

    private mutating func succession() -> Succession {
        Succession(commissioner: code(), from: (0..<pick([1, 2, 100])).map { _ in code() }, date: day())
    }

    private mutating func weight() -> Int64 {
        pick([0, 1, 1_053_200, Limits.weightMillionthsMax])
    }

    mutating func patient() -> Patient {
        if pick([true, false]) {
            while true {
                let number = UInt64.random(in: 0..<10_000_000_000, using: &random)
                if let patient = Patient(nhsNumber: number) { return patient }
            }
        }
        let text = "p:" + self.text(Array("ABYZabyz0189_-".utf8), 16...64)
        return text.withBytes { PatientReader.patient($0)! }
    }

    mutating func identifier(bytesMax: Int = 64) -> Identifier {
        Identifier("a" + text(Array("ABYZabyz0189._:-".utf8), 0...bytesMax - 1))!
    }

    mutating func code() -> OrganisationCode {
        OrganisationCode(text(Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8), 2...12))!
    }

    private mutating func day() -> CalendarDate {
        let numbers = [-25_567, -1, 0, 1, 256, 65_536, 84_005, Int.random(in: -25_567...84_005, using: &random)]
        return CalendarDate(dayNumber: pick(numbers))!
    }

    private mutating func text(_ bytes: [UInt8], _ counts: ClosedRange<Int>) -> String {
        let count = pick([counts.lowerBound, counts.upperBound, Int.random(in: counts, using: &random)])
        return String(decoding: (0..<count).map { _ in pick(bytes) }, as: UTF8.self)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func maybe<Value>(_ value: (inout RandomFacts) -> Value) -> Value? {
        Bool.random(using: &random) ? value(&self) : nil
    }
}

extension String {
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Array(utf8).withUnsafeBytes(body)
    }
}

/// Records as the journal is given them, one at a time.
enum Record {
    static func bytes(_ fact: Fact) -> [UInt8] {
        var builder = RecordBatchBuilder()
        builder.append(fact)
        return Array(builder.take().dropFirst(2))
    }

    static func fact(_ bytes: [UInt8]) throws(RecordError) -> Fact {
        // A copy of exact size, so that a sanitizer or guard would see a read behind it.
        let record = UnsafeRawBufferPointer.copy(bytes)
        defer { record.deallocate() }
        return try RecordDecoder.fact(record)
    }

    /// Why bytes are no record; nil if they are one.
    static func error(_ bytes: [UInt8]) -> RecordError? {
        do throws(RecordError) {
            _ = try fact(bytes)
            return nil
        } catch {
            return error
        }
    }
}
