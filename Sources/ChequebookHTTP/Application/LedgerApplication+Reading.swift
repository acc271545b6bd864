import ChequebookEngine
import ChequebookLedger
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

extension LedgerApplication {
    /// The answer kept for this target, if it still holds.
    func keptAnswer(to request: Request) -> Response? {
        guard let kept = loop.answer(LoopState.Target(path: request.path, query: request.query)),
            engine.state == .ready || engine.isReadOnly
        else { return nil }
        // The sequence is read first: the answer is then at least as new as the header says.
        let sequence = engine.published.sequence
        let edition = kept.commissioner.map { engine.published.edition($0) } ?? engine.published.edition
        guard edition == kept.edition, engine.today == kept.today, Negotiation.acceptsJSON(request.headers) else {
            return nil
        }
        return Self.response(kept.body, sequence: sequence)
    }

    func getCommissionerTotals(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        let today = engine.today
        let question = try question(call.query, today: today)
        let index = engine.published.index(of: code)
        let edition = index.map { engine.published.edition($0) } ?? 0
        return try ask(call) { ledger in
            question.answer(code, from: ledger)?.json
        } keep: { body in
            LoopState.Answer(body: body, commissioner: index, edition: edition, today: today)
        }
    }

    func getTotals(_ call: Call) throws(ProblemError) -> Admission {
        let today = engine.today
        let question = try question(call.query, today: today)
        let edition = engine.published.edition
        return try ask(call) { ledger in
            question.answer(from: ledger).json
        } keep: { body in
            LoopState.Answer(body: body, commissioner: nil, edition: edition, today: today)
        }
    }

    func getCommissioners(_ call: Call) throws(ProblemError) -> Admission {
        try ask(call) { Commissioner.json($0.commissioners) }
    }

    func getCommissioner(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        return try ask(call) { $0.commissioner(code)?.json }
    }

    func getRateCard(_ call: Call) throws(ProblemError) -> Admission {
        let isNational = call.values.count == 1
        let code = isNational ? nil : try knownCommissioner(call)
        let year = try year(call)
        return try ask(call, orElse: Problem(.noRateCard, "set it with PUT")) { ledger in
            ledger.rateCard(code, year)?.json(of: code)
        }
    }

    func getPatient(_ call: Call) throws(ProblemError) -> Admission {
        let missing = Problem(.unknownPatient, "the path must name a patient with a statement, in the ledger's form")
        guard let patient = PatientReader.patient(call.values[0]), patient.key.form == engine.patientForm else {
            throw ProblemError(missing)
        }
        return try ask(call, orElse: missing) { $0.patient(patient.key)?.json(patient) }
    }

    func getCostEvent(_ call: Call) throws(ProblemError) -> Admission {
        let missing = Problem(.unknownEvent, "the path must name the source and the id of a stored event")
        guard let source = Identifier(call.values[0]), let id = Identifier(call.values[1]) else {
            throw ProblemError(missing)
        }
        let identity = EventIdentity(source: source, id: id)
        return try ask(call, orElse: missing) { try $0.event(identity)?.json() }
    }

    /// The commissioner of the path, which must be registered.
    func knownCommissioner(_ call: Call) throws(ProblemError) -> OrganisationCode {
        guard let code = OrganisationCode(call.values[0]), engine.published.index(of: code) != nil else {
            throw ProblemError(.unknownCommissioner, "register it with PUT /v1/commissioners/{code}")
        }
        return code
    }

    /// The year at the end of the path.
    func year(_ call: Call) throws(ProblemError) -> FinancialYear {
        guard let year = call.values.last.flatMap({ FinancialYear($0) }) else {
            throw ProblemError(.unknownYear, "the path must end in a financial year like 2015-16")
        }
        return year
    }

    private func question(_ query: Query, today: CalendarDate) throws(ProblemError) -> TotalsQuestion {
        guard let yearText = query["year"] else {
            throw ProblemError(.missingParameter, "year must be given, like year=2015-16")
        }
        guard let year = FinancialYear(yearText) else {
            throw ProblemError(.badParameter, "year must be a financial year like 2015-16, from 1900-01 to 2198-99")
        }
        var through: CalendarDate?
        if let text = query["through"] {
            through = CalendarDate(text)
            if through == nil { throw ProblemError(.badParameter, "through must be a real date like 2015-10-31") }
        }
        let dimensions = try query["by"].map { (text) throws(ProblemError) in try Self.dimensions(text) }
        guard let question = TotalsQuestion(year: year, through: through, today: today, dimensions: dimensions) else {
            throw ProblemError(.throughOutsideYear, "through must be from \(year.firstDay) to \(year.lastDay)")
        }
        return question
    }

    private static func dimensions(_ text: String) throws(ProblemError) -> Set<BreakdownDimension> {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let dimensions = words.compactMap { word in BreakdownDimension.allCases.first { $0.word == word } }
        let all = Set(dimensions)
        guard dimensions.count == words.count, all.count == words.count else {
            let known = BreakdownDimension.allCases.map(\.word).joined(separator: ", ")
            throw ProblemError(.badParameter, "by must be a list of different ones of \(known), with commas between")
        }
        return all
    }

    /// Asks the ledger on its thread and answers on the exchange's loop.
    ///
    /// - Parameters:
    ///   - orElse: the problem if there is nothing.
    ///   - make: the body; run on the ledger's thread.
    ///   - keep: how long the answer may be used again; nil for not at all.
    private func ask(
        _ call: Call, orElse missing: Problem? = nil, _ make: @escaping @Sendable (Ledger) throws -> [UInt8]?,
        keep: (@Sendable (ByteBuffer) -> LoopState.Answer)? = nil
    ) throws(ProblemError) -> Admission {
        let isAsked = engine.ask { ledger in
            let body: [UInt8]?
            do {
                guard let ledger else { throw EngineError.notOpen }
                body = try make(ledger)
            } catch {
                let problem = Problem(.journalUnavailable, "the ledger cannot be read; see /_status")
                call.exchange.mailbox.post { call.exchange.respond(problem.response(call.request.requestID)) }
                return
            }
            call.exchange.mailbox.post {
                guard let body else {
                    let problem = missing ?? Problem(.unknownCommissioner, "register it first")
                    call.exchange.respond(problem.response(call.request.requestID))
                    return
                }
                let buffer = ByteBuffer(bytes: body)
                if let keep {
                    self.loop.keep(
                        keep(buffer), for: LoopState.Target(path: call.request.path, query: call.request.query))
                }
                call.exchange.respond(Self.response(buffer, sequence: self.engine.published.sequence))
            }
        }
        guard isAsked else {
            throw ProblemError(Problem(.queueFull, "try again in a moment", headers: [("Retry-After", "1")]))
        }
        return .pending
    }

    static func response(_ body: ByteBuffer, sequence: UInt64) -> Response {
        Response(contentType: .json, headers: [("Chequebook-Sequence", String(sequence))], body: body)
    }
}

extension PatientReader {
    fileprivate static func patient(_ text: String) -> Patient? {
        var text = text
        return text.withUTF8 { patient(UnsafeRawBufferPointer($0)) }
    }
}
