import ChequebookModel

/// Where a cost counts: under which commissioner, and in which group of its population.
struct Attribution: Hashable {
    let commissioner: CommissionerIndex
    let group: PatientGroup?
    /// The council of the deciding statement.
    let council: OrganisationCode?
}

extension Attribution {
    /// Where the deciding statement alone puts a cost; nobody's without one.
    init(_ deciding: Deciding?) {
        commissioner = deciding?.standing.commissioner ?? CommissionerRegister.unattributed
        group = deciding?.standing.group
        council = deciding?.standing.council
    }
}

extension Ledger {
    /// The stated commissioner, else that of the statement which decides on the service date, else nobody.
    ///
    /// The group is the deciding statement's, whoever the commissioner is: it belongs to the patient on that day.
    func attribution(of event: CostEvent) -> Attribution {
        attribution(of: event, deciding: decidingStatement(for: event))
    }

    func attribution(of event: CostEvent, deciding: Deciding?) -> Attribution {
        let registered = Attribution(deciding)
        guard let stated = event.commissioner.flatMap({ register.index(of: $0) }) else { return registered }
        return Attribution(commissioner: stated, group: registered.group, council: registered.council)
    }

    func decidingStatement(for event: CostEvent) -> Deciding? {
        guard let key = event.subject.patient?.key, let row = people.row(of: key) else { return nil }
        return people.deciding(row, on: event.serviceDate)
    }

    func post(_ event: CostEvent, _ attribution: Attribution, times: Int64, _ stamp: RecordStamp) {
        let posting = Posting(
            date: event.serviceDate, setting: event.setting, group: attribution.group,
            isCredit: event.kind == .credit, isWithoutPatient: event.subject.patient == nil,
            signedPence: event.signedPence, provider: codes.number(event.provider),
            payer: codes.number(event.funder ?? attribution.council), payerIsStated: event.funder != nil)
        costs.post(posting, attribution.commissioner, times: times, stamp: stamp)
        changed.insert(attribution.commissioner)
    }
}
