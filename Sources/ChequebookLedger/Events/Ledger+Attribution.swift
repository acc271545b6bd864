import ChequebookModel

/// Where a cost counts: under which commissioner, and in which group of its population.
struct Attribution: Hashable {
    let commissioner: CommissionerIndex
    let group: PatientGroup?
}

extension Ledger {
    /// The stated commissioner, else that of the statement which decides on the service date, else nobody.
    ///
    /// The group is the deciding statement's, whoever the commissioner is: it belongs to the patient on that day.
    func attribution(of event: CostEvent) -> Attribution {
        attribution(of: event, deciding: decidingStatement(for: event))
    }

    func attribution(of event: CostEvent, deciding: People.Standing?) -> Attribution {
        let stated = event.commissioner.flatMap { register.index(of: $0) }
        return Attribution(
            commissioner: stated ?? deciding?.commissioner ?? CommissionerRegister.unattributed,
            group: deciding?.group)
    }

    func decidingStatement(for event: CostEvent) -> People.Standing? {
        guard let key = event.subject.patient?.key, let row = people.row(of: key) else { return nil }
        return people.deciding(row, on: event.serviceDate)
    }

    func post(_ event: CostEvent, _ attribution: Attribution, times: Int32, _ stamp: RecordStamp) {
        costs.post(event, attribution.commissioner, group: attribution.group, times: times, stamp: stamp)
        changed.insert(attribution.commissioner)
    }
}
