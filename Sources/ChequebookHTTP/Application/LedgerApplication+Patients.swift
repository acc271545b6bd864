import ChequebookEngine
import ChequebookLedger
import ChequebookModel
import ChequebookReports
import ChequebookWire

extension LedgerApplication {
    private static let eventsOnPageDefault = 100
    private static let eventsOnPageMax = 1_000

    func getPatient(_ call: Call) throws(ProblemError) -> Admission {
        let patient = try patient(call)
        return try askOfPatient(call, patient)
    }

    func getPatientCosts(_ call: Call) throws(ProblemError) -> Admission {
        let patient = try patient(call)
        let year = try year(call.query)
        var limit = Self.eventsOnPageDefault
        if let text = call.query["limit"] {
            guard let number = Int(text), (1...Self.eventsOnPageMax).contains(number) else {
                throw ProblemError(.badParameter, "limit must be from 1 to \(Self.eventsOnPageMax)")
            }
            limit = number
        }
        var cursor: PatientCosts.Cursor?
        if let text = call.query["cursor"] {
            cursor = PatientCosts.Cursor(text: text)
            if cursor == nil { throw ProblemError(.badParameter, "cursor must be a nextCursor of an answer before") }
        }
        let (page, events) = (cursor, limit)
        return try look(call, orElse: Self.unknownPatient) { ledger in
            try ledger.patientCosts(patient.key, year, after: page, limit: events)
                .map { PatientCostsAnswer(patient, $0) }
        }
    }

    /// Books what is said of a person, and answers with the person as it then stands.
    func postPatient(_ call: Call) throws(ProblemError) -> Admission {
        guard let form = engine.patientForm else { throw ProblemError(.replaying, "try again in a moment") }
        return try post(call) { (tokens) throws(WireProblem) in
            try PersonDetailsReader.details(tokens, form: form)
        } then: { [self] details in
            book(
                call, .personDetails(details),
                then: { _ in
                    do throws(ProblemError) {
                        _ = try self.askOfPatient(call, details.patient)
                    } catch {
                        call.exchange.respond(error.problem.response(call.request.requestID))
                    }
                })
        }
    }

    func getReconciliation(_ call: Call) throws(ProblemError) -> Admission {
        let year = try year(call.query)
        return try ask(call) { [engine] ledger in
            let reconciliation = try ledger.reconciliation(year)
            if !reconciliation.agrees { engine.noteDifference(reconciliation) }
            return ReconciliationAnswer(reconciliation, sequence: ledger.lastSequence)
        }
    }

    private func askOfPatient(_ call: Call, _ patient: Patient) throws(ProblemError) -> Admission {
        try look(call, orElse: Self.unknownPatient) { ledger in
            ledger.patient(patient.key).map { PatientAnswer(patient, $0) }
        }
    }

    private static let unknownPatient = Problem(
        .unknownPatient, "the path must name a patient that the ledger has heard of, in its form")

    private func patient(_ call: Call) throws(ProblemError) -> Patient {
        var text = call.values[0]
        let patient = text.withUTF8 { PatientReader.patient(UnsafeRawBufferPointer($0)) }
        guard let patient, patient.key.form == engine.patientForm else { throw ProblemError(Self.unknownPatient) }
        return patient
    }
}
