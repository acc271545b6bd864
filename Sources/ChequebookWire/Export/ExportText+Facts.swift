import ChequebookModel

extension ExportText {
    /// The fields of a fact as members of an object, with the names that they have in HTTP bodies. What is in a path there
    /// comes first.
    mutating func members(of fact: Fact) {
        switch fact {
        case .costEvent(let event): members(of: event)
        case .reversal(let reversal):
            member("source", reversal.identity.source)
            member("id", reversal.identity.id)
            member("reverses", reversal.reverses)
        case .statement(let statement): members(of: statement)
        case .withdrawal(let withdrawal):
            member("commissioner", withdrawal.commissioner)
            member("patient", withdrawal.patient)
            member("from", withdrawal.from)
            member("withdrawn", literal: "true")
        case .personDetails(let details): members(of: details)
        case .commissioner(let body): members(of: body)
        case .nationalRateCard(let card): members(of: card)
        case .ownRateCard(let code, let card):
            member("commissioner", code)
            members(of: card)
        case .listSizes(let list): members(of: list)
        case .succession(let succession):
            member("commissioner", succession.commissioner)
            array("from", succession.from)
            member("date", succession.date)
        case .ledgerCreated(let form): member("patients", text: form.name)
        case .atomicList(let count): member("count", UInt64(count))
        }
    }

    private mutating func members(of event: CostEvent) {
        member("source", event.identity.source)
        member("id", event.identity.id)
        member("version", UInt64(event.version))
        switch event.subject {
        case .patient(let patient): member("patient", patient)
        case .without(let why): member("withoutPatient", word: why.word)
        }
        memberIfAny("commissioner", event.commissioner)
        member("setting", word: event.setting.word)
        member("serviceDate", event.serviceDate)
        member("amountPence", UInt64(event.amountPence))
        member("kind", word: event.kind.word)
        memberIfAny("provider", event.provider)
        memberIfAny("service", event.service)
        memberIfAny("funder", event.funder)
    }

    private mutating func members(of statement: Statement) {
        member("commissioner", statement.commissioner)
        member("patient", statement.patient)
        member("from", statement.from)
        memberIfAny("until", statement.until)
        member("born", statement.born)
        member("sex", word: statement.sex.word)
        member("group", word: statement.group.word)
        memberIfAny("practice", statement.practice)
        memberIfAny("council", statement.council)
    }

    private mutating func members(of details: PersonDetails) {
        member("patient", details.patient)
        memberIfAny("born", details.born)
        if let sex = details.sex { member("sex", word: sex.word) }
        member("died", edit: details.died)
        member("replacedBy", edit: details.replacedBy)
    }

    /// Nothing where nothing was said, and null where it was taken back, as in the HTTP body.
    private mutating func member(_ name: StaticString, edit: Edit<some PlainText & Hashable & Sendable>) {
        switch edit {
        case .keep: break
        case .clear: member(name, literal: "null")
        case .set(let value): member(name, value)
        }
    }

    private mutating func members(of body: Commissioner) {
        member("code", body.code)
        member("name", text: body.name)
        member("kind", word: body.kind.word)
        memberIfAny("opened", body.opened)
        memberIfAny("closed", body.closed)
        if !body.parents.isEmpty {
            array("parents", body.parents) { text, parent in
                text.member("code", parent.code)
                text.member("from", parent.from)
                text.memberIfAny("until", parent.until)
            }
        }
        guard !body.successors.isEmpty else { return }
        array("successors", body.successors) { text, successor in
            text.member("code", successor.code)
            text.member("from", successor.from)
        }
    }

    private mutating func members(of card: RateCard) {
        member("year", card.year)
        if let weight = card.weightMillionths { member("weight", MillionthsText(millionths: weight)) }
        bySetting("weights", card.settingWeightMillionths) { text, name, weight in
            text.member(name, MillionthsText(millionths: weight))
        }
        bySetting("funders", card.funders) { text, name, funder in
            switch funder {
            case .organisation(let code): text.member(name, code)
            case .council: text.member(name, word: "council")
            }
        }
        array("rates", card.rates) { text, rate in
            text.member("setting", word: rate.setting.word)
            text.member("annualPence", UInt64(rate.annualPence))
            text.memberIfAny("ageFrom", rate.ageFrom)
            text.memberIfAny("ageTo", rate.ageTo)
            if let sex = rate.sex { text.member("sex", word: sex.word) }
            if let group = rate.group { text.member("group", word: group.word) }
            text.memberIfAny("from", rate.from)
            text.memberIfAny("until", rate.until)
        }
    }

    private mutating func bySetting<Value>(
        _ name: StaticString, _ values: [Value?], _ write: (inout ExportText, StaticString, Value) -> Void
    ) {
        guard values.contains(where: { $0 != nil }) else { return }
        key(name)
        object { text in
            for setting in CareSetting.allCases {
                if let value = values[Int(setting.rawValue)] { write(&text, setting.word, value) }
            }
        }
    }

    private mutating func members(of list: ListSizes) {
        member("commissioner", list.commissioner)
        member("date", list.date)
        array("listSizes", list.bands) { text, band in
            text.memberIfAny("ageFrom", band.ageFrom)
            text.memberIfAny("ageTo", band.ageTo)
            if let sex = band.sex { text.member("sex", word: sex.word) }
            if let group = band.group { text.member("group", word: group.word) }
            text.member("people", UInt64(band.people))
        }
    }
}

/// A weight as a decimal without needless zeros: `1.0532`, `1`, `0.000001`.
private struct MillionthsText: PlainText {
    let millionths: Int64

    func write(to target: UnsafeMutableRawPointer) -> Int {
        let whole = Array("\(millionths / 1_000_000)".utf8)
        let places = Array("\(millionths % 1_000_000 + 1_000_000)".utf8.dropFirst())
        let last = places.lastIndex { $0 != UInt8(ascii: "0") }
        let text = whole + (last.map { [UInt8(ascii: ".")] + places[...$0] } ?? [])
        text.withUnsafeBytes { ShortText.copy($0, to: target) }
        return text.count
    }
}
