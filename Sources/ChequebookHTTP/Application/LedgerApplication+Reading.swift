import ChequebookEngine
import ChequebookLedger
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

extension LedgerApplication {
    /// The answer kept for this target, if it still holds.
    func keptAnswer(to request: Request) -> Response? {
        guard let accepted = Negotiation.acceptedForm(request.headers),
            let kept = loop.answer(LoopState.Target(path: request.path, query: request.query, accepted: accepted)),
            engine.state == .ready || engine.isReadOnly
        else { return nil }
        // The sequence is read first: the answer is then at least as new as the header says.
        let sequence = engine.published.sequence
        let edition = kept.commissioner.map { engine.published.edition($0) } ?? engine.published.edition
        guard edition == kept.edition, engine.today == kept.today else { return nil }
        return kept.rendition.response(to: request, sequence: sequence)
    }

    func getCommissionerTotals(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        if let asOf = try Self.date(call.query, "asOf"), !engine.published.isRegistered(code, by: asOf) {
            throw ProblemError(.unknownCommissioner, "the commissioner was not yet registered on the day of asOf")
        }
        let today = engine.today
        let question = try question(call.query, today: today)
        switch call.query["view"] ?? "population" {
        case "population": break
        case "payer":
            guard !question.consolidation.isAny else {
                throw ProblemError(.badParameter, "boundaries=current and include=children go with view=population")
            }
            return try ask(call) { question.payerAnswer(code, from: $0) }
        default: throw ProblemError(.badParameter, "view must be population or payer")
        }
        // Bodies put together change with any of them.
        let index = question.consolidation.isAny ? nil : engine.published.index(of: code)
        let edition = index.map { engine.published.edition($0) } ?? engine.published.edition
        return try ask(call) { ledger in
            question.answer(code, from: ledger)
        } keep: { rendition in
            LoopState.Answer(rendition: rendition, commissioner: index, edition: edition, today: today)
        }
    }

    func getTotals(_ call: Call) throws(ProblemError) -> Admission {
        let today = engine.today
        let question = try question(call.query, today: today)
        let edition = engine.published.edition
        return try ask(call) { ledger in
            question.answer(from: ledger)
        } keep: { rendition in
            LoopState.Answer(rendition: rendition, commissioner: nil, edition: edition, today: today)
        }
    }

    /// Known without asking the ledger.
    func getHead(_ call: Call) throws(ProblemError) -> Admission {
        guard let head = engine.published.head else {
            throw ProblemError(.journalUnavailable, "nothing can be served; see /_status")
        }
        let rendition = Rendition(
            HeadAnswer(sequence: head.sequence, hash: head.hash), as: call.form,
            hasByteOrderMark: call.hasByteOrderMark, keeping: .whileAsking)
        return answer(call, rendition.response(to: call.request, sequence: head.sequence))
    }

    func getCommissioners(_ call: Call) throws(ProblemError) -> Admission {
        try ask(call) { CommissionersAnswer($0.commissioners()) }
    }

    func getCommissioner(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        return try ask(call) { $0.commissioner(code) }
    }

    func getRateCard(_ call: Call) throws(ProblemError) -> Admission {
        let isNational = call.values.count == 1
        let code = isNational ? nil : try knownCommissioner(call)
        let year = try year(call)
        return try ask(call, orElse: Problem(.noRateCard, "set it with PUT")) { ledger in
            ledger.rateCard(code, year).map { RateCardAnswer($0, of: code) }
        }
    }

    func getListSizes(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        let date = try date(call)
        return try ask(call, orElse: Problem(.noListSizes, "set them with PUT")) { $0.listSizes(code, date) }
    }

    /// The date at the end of the path.
    func date(_ call: Call) throws(ProblemError) -> CalendarDate {
        guard let date = call.values.last.flatMap({ CalendarDate($0) }) else {
            throw ProblemError(.unknownDate, "the path must end in a real date like 2015-04-01")
        }
        return date
    }

    func getCostEvent(_ call: Call) throws(ProblemError) -> Admission {
        let missing = Problem(.unknownEvent, "the path must name the source and the id of a stored event")
        guard let source = Identifier(call.values[0]), let id = Identifier(call.values[1]) else {
            throw ProblemError(missing)
        }
        let identity = EventIdentity(source: source, id: id)
        return try look(call, orElse: missing) { try $0.event(identity).map { EventAnswer($0) } }
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

    /// The year that the query must give.
    func year(_ query: Query) throws(ProblemError) -> FinancialYear {
        guard let text = query["year"] else {
            throw ProblemError(.missingParameter, "year must be given, like year=2015-16")
        }
        guard let year = FinancialYear(text) else {
            throw ProblemError(.badParameter, "year must be a financial year like 2015-16, from 1900-01 to 2198-99")
        }
        return year
    }

    private func question(_ query: Query, today: CalendarDate) throws(ProblemError) -> TotalsQuestion {
        let year = try year(query)
        let through = try Self.date(query, "through")
        let asOf = try Self.date(query, "asOf")
        let dimensions = try query["by"].map { (text) throws(ProblemError) in try Self.dimensions(text) }
        let consolidation = Consolidation(
            boundaries: try Self.boundaries(query), includesChildren: try query.isSet("include", to: "children"))
        do throws(TotalsQuestion.Fault) {
            return try TotalsQuestion(
                year: year, through: through, asOf: asOf, today: today, dimensions: dimensions,
                consolidation: consolidation)
        } catch {
            switch error {
            case .throughOutsideYear:
                throw ProblemError(.throughOutsideYear, "through must be from \(year.firstDay) to \(year.lastDay)")
            case .asOfNotClosed: throw ProblemError(.asOfNotClosed, "asOf must be a day before today, \(today)")
            }
        }
    }

    private static func date(_ query: Query, _ name: String) throws(ProblemError) -> CalendarDate? {
        guard let text = query[name] else { return nil }
        guard let date = CalendarDate(text) else {
            throw ProblemError(.badParameter, "\(name) must be a real date like 2015-10-31")
        }
        return date
    }

    private static func boundaries(_ query: Query) throws(ProblemError) -> Consolidation.Boundaries {
        switch query["boundaries"] ?? "as-was" {
        case "as-was": return .asWas
        case "current": return .current
        default: throw ProblemError(.badParameter, "boundaries must be as-was or current")
        }
    }

    private static func dimensions(_ text: String) throws(ProblemError) -> Set<BreakdownDimension> {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let dimensions = words.compactMap { word in BreakdownDimension.allCases.first { "\($0.word)" == word } }
        let all = Set(dimensions)
        guard dimensions.count == words.count, all.count == words.count else {
            let known = BreakdownDimension.allCases.map { "\($0.word)" }.joined(separator: ", ")
            throw ProblemError(.badParameter, "by must be a list of different ones of \(known), with commas between")
        }
        return all
    }

    /// Answers a small question about one person or event, which nobody keeps: here and now if that takes no waiting, else
    /// on the ledger's thread.
    ///
    /// - Parameters:
    ///   - orElse: the problem if there is nothing.
    ///   - make: the answer; run on this loop, on the ledger's thread, or on both.
    func look<Told: Answer>(
        _ call: Call, orElse missing: Problem, _ make: @escaping @Sendable (LedgerLookup) throws -> Told?
    ) throws(ProblemError) -> Admission {
        // Read first: the answer is then at least as new as the header says.
        let sequence = engine.published.sequence
        guard let answer = engine.look(make) else {
            return try ask(call, orElse: missing, keeping: .never) { try make($0.lookup) }
        }
        guard let answer else { throw ProblemError(missing) }
        let rendition = Rendition(answer, as: call.form, hasByteOrderMark: call.hasByteOrderMark, keeping: .never)
        call.exchange.respond(rendition.response(to: call.request, sequence: sequence))
        return .answered
    }

    /// Asks the ledger on its thread, and writes the answer on the exchange's loop, so that no form of it, however long,
    /// keeps the ledger from its commits.
    ///
    /// - Parameters:
    ///   - orElse: the problem if there is nothing.
    ///   - keeping: what the client may do with it.
    ///   - make: the answer; run on the ledger's thread.
    ///   - keep: how long the answer may be used again; nil for not at all.
    func ask<Told: Answer>(
        _ call: Call, orElse missing: Problem? = nil, keeping: Rendition.Keeping = .whileAsking,
        _ make: @escaping @Sendable (Ledger) throws -> Told?,
        keep: (@Sendable (Rendition) -> LoopState.Answer)? = nil
    ) throws(ProblemError) -> Admission {
        let isAsked = engine.ask { ledger in
            let answer: Told?
            do {
                guard let ledger else { throw EngineError.notOpen }
                answer = try make(ledger)
            } catch {
                let problem = Problem(.journalUnavailable, "the ledger cannot be read; see /_status")
                call.exchange.mailbox.post { call.exchange.respond(problem.response(call.request.requestID)) }
                return
            }
            call.exchange.mailbox.post {
                guard let answer else {
                    let problem = missing ?? Problem(.unknownCommissioner, "register it first")
                    call.exchange.respond(problem.response(call.request.requestID))
                    return
                }
                let rendition = Rendition(
                    answer, as: call.form, hasByteOrderMark: call.hasByteOrderMark, keeping: keeping)
                if let keep { self.keep(keep(rendition), for: call.request) }
                let sequence = self.engine.published.sequence
                call.exchange.respond(rendition.response(to: call.request, sequence: sequence))
            }
        }
        guard isAsked else {
            throw ProblemError(Problem(.queueFull, "try again in a moment", headers: [("Retry-After", "1")]))
        }
        return .pending
    }

    private func keep(_ answer: LoopState.Answer, for request: Request) {
        guard let accepted = Negotiation.acceptedForm(request.headers) else { return }
        loop.keep(answer, for: LoopState.Target(path: request.path, query: request.query, accepted: accepted))
    }

    static func response(_ body: ByteBuffer, sequence: UInt64) -> Response {
        Response(contentType: .json, headers: [("Chequebook-Sequence", String(sequence))], body: body)
    }
}
