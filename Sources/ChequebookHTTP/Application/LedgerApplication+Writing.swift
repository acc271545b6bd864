import ChequebookEngine
import ChequebookLedger
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

extension LedgerApplication {
    func putCommissioner(_ call: Call) throws(ProblemError) -> Admission {
        guard let code = OrganisationCode(call.values[0]) else {
            throw ProblemError(.badOrganisationCode, "the code in the path must be 2 to 12 of A-Z 0-9")
        }
        return try put(call) { (tokens) throws(WireProblem) in
            let body = try CommissionerReader.commissioner(tokens, code: code)
            return (.commissioner(body), body.json)
        }
    }

    func putRateCard(_ call: Call) throws(ProblemError) -> Admission {
        let isNational = call.values.count == 1
        let code = isNational ? nil : try knownCommissioner(call)
        let year = try year(call)
        return try put(call, .rates) { (tokens) throws(WireProblem) in
            let card = try RateCardReader.card(tokens, year: year, isNational: isNational)
            return (code.map { .ownRateCard($0, card) } ?? .nationalRateCard(card), RateCardAnswer(card, of: code).json)
        } check: { fact in
            Overlap(ofRatesIn: fact)
        }
    }

    func putListSizes(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        let date = try date(call)
        return try put(call, .listSizes) { (tokens) throws(WireProblem) in
            let list = try ListSizesReader.listSizes(tokens, commissioner: code, date: date)
            return (.listSizes(list), list.json)
        } check: { fact in
            Overlap(ofBandsIn: fact)
        }
    }

    func postSuccession(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        return try post(call) { (tokens) throws(WireProblem) in
            try SuccessionReader.succession(tokens, commissioner: code)
        } then: { [self] succession in
            book(call, .succession(succession)) { booked in
                var movedCount = 0
                if case .moved(let people) = booked.outcomes.first { movedCount = people }
                let reply = SuccessionReply(succession, movedCount: movedCount, sequence: booked.lastSequence)
                return Self.response(ByteBuffer(bytes: reply.json), sequence: booked.lastSequence)
            }
        }
    }

    /// Reads a whole JSON body as one thing, and hands it on or answers with what is wrong.
    func post<Said>(
        _ call: Call, _ read: @escaping (JSONTokens) throws(WireProblem) -> Said, then: @escaping (Said) -> Void
    ) throws(ProblemError) -> Admission {
        _ = try Negotiation.bodyForm(call.request.headers, [.json])
        let collector = BodyCollector { [self] body in
            let said: Said
            do throws(WireProblem) {
                said = try body.withUnsafeReadableBytes { (bytes) throws(WireProblem) in
                    try read(WireProblem.reading { () throws(JSONError) in try loop.scanner.scan(bytes) })
                }
            } catch {
                return call.exchange.respond(Problem(error).response(call.request.requestID))
            }
            then(said)
        }
        return .body(collector, bytesMax: Limits.bodyBytesMax)
    }

    /// Reads a whole body as one fact and books it; answers with `json`, 201 when it is new.
    ///
    /// - Parameter table: how the body may come as CSV; nil if it may not.
    private func put(
        _ call: Call, _ table: ListTable? = nil, _ read: @escaping FactReader,
        check: @escaping (Fact) -> Overlap? = { _ in nil }
    ) throws(ProblemError) -> Admission {
        let form = try Negotiation.bodyForm(call.request.headers, table == nil ? [.json] : [.json, .csv])
        let collector = BodyCollector { [self] body in
            let fact: Fact
            let json: [UInt8]
            do throws(ProblemError) {
                (fact, json) = try WholeBody.read(body, loop.scanner, form == .csv ? table : nil, read, check: check)
            } catch {
                return call.exchange.respond(error.problem.response(call.request.requestID))
            }
            book(call, fact) { booked in
                let isNew = booked.outcomes.first == .created
                var response = Self.response(ByteBuffer(bytes: json), sequence: booked.lastSequence)
                response.status = isNew ? 201 : 200
                if isNew { response.headers.append(("Location", String(call.request.path))) }
                return response
            }
        }
        return .body(collector, bytesMax: Limits.bodyBytesMax)
    }

    /// Books one fact and answers with `response`, or with the problem that it was refused with.
    func book(
        _ call: Call, _ fact: Fact, wantsEvent: Bool = false, _ response: @escaping @Sendable (Booked) -> Response
    ) {
        book(call, fact, wantsEvent: wantsEvent, then: { booked in call.exchange.respond(response(booked)) })
    }

    /// Books one fact and hands what became of it on, or answers with the problem that it was refused with.
    func book(
        _ call: Call, _ fact: Fact, wantsEvent: Bool = false, then answer: @escaping @Sendable (Booked) -> Void
    ) {
        var records = RecordBatchBuilder()
        records.append(fact)
        book(call, &records, wantsEvent: wantsEvent, then: answer)
    }

    /// Books the one record that there is, as the others do.
    private func book(
        _ call: Call, _ records: inout RecordBatchBuilder, wantsEvent: Bool,
        then answer: @escaping @Sendable (Booked) -> Void
    ) {
        let receiver = LoopReceiver(call.exchange.mailbox) { result in
            switch result {
            case .success(let booked):
                if let refusal = booked.outcomes.first?.refusal {
                    call.exchange.respond(Problem(refusal).response(call.request.requestID))
                } else {
                    answer(booked)
                }
            case .failure(let error): call.exchange.respond(error.problem.response(call.request.requestID))
            }
        }
        let submission = Submission(&records, wantsEvent: wantsEvent, receiver: receiver)
        switch engine.submit(submission, startsCommit: false) {
        case .admitted: loop.startCommitSoon(engine, call.exchange.eventLoop)
        case .full: call.exchange.respond(Problem.queueFull.response(call.request.requestID))
        case .unavailable:
            let problem = Problem(.journalUnavailable, "nothing was stored; see /_status")
            call.exchange.respond(problem.response(call.request.requestID))
        }
    }

    func postCostEvents(_ call: Call) throws(ProblemError) -> Admission {
        guard let form = engine.patientForm else { throw ProblemError(.replaying, "try again in a moment") }
        let reader = CostEventReader(form: form)
        return try post(call, .events, name: "events", .events, reader) { Self.eventResponse($0) }
    }

    func postRegistrations(_ call: Call) throws(ProblemError) -> Admission {
        let code = try knownCommissioner(call)
        guard let form = engine.patientForm else { throw ProblemError(.replaying, "try again in a moment") }
        let reader = RegistrationReader(form: form, commissioner: code)
        return try post(call, .registrations, name: "registrations", .registrations, reader) { booked in
            var reply = ListReply(.registrations, errorsMax: Limits.errorsInReplyMax)
            reply.add(booked.outcomes[0], line: 1)
            reply.received = 1
            reply.sequence = booked.lastSequence
            return Self.response(ByteBuffer(bytes: reply.json), sequence: booked.lastSequence)
        }
    }

    private static func eventResponse(_ booked: Booked) -> Response {
        let outcome: String? =
            switch booked.outcomes[0] {
            case .duplicate: "duplicate"
            case .superseded: "superseded"
            case .reposted: "replaced"
            default: nil
            }
        let json = booked.event.map { EventAnswer($0, outcome: outcome).json } ?? []
        var response = response(ByteBuffer(bytes: json), sequence: booked.lastSequence)
        if outcome == nil, let identity = booked.event?.fact.eventIdentity {
            response.status = 201
            response.headers.append(("Location", "/v1/cost-events/\(identity.source)/\(identity.id)"))
        }
        return response
    }

    /// Takes one item, an object with a list, NDJSON, or CSV.
    private func post(
        _ call: Call, _ kind: ListReply.Kind, name: StaticString, _ columns: CSVColumns, _ reader: any ItemReader,
        answer: @escaping @Sendable (Booked) -> Response
    ) throws(ProblemError) -> Admission {
        let form = try Negotiation.bodyForm(call.request.headers, [.json, .ndjson, .csv])
        let isAtomic = try call.query.isSet("atomic", to: "true")
        let allErrors = try call.query.isSet("errors", to: "all")
        let reply = ListReply(kind, errorsMax: allErrors ? Limits.errorsInReplyAllMax : Limits.errorsInReplyMax)
        func makeIntake() -> any ItemIntake {
            isAtomic
                ? AtomicIntake(call, engine, reader, reply) : StreamedIntake(call, engine, reader, reply)
        }
        switch form {
        case .json: break
        case .ndjson: return .body(LineReader(loop.scanner, makeIntake()), bytesMax: Int.max)
        case .csv:
            let rows = RowReader(loop.scanner, columns, makeIntake()) { problem in
                call.exchange.respond(Problem(problem).response(call.request.requestID))
            }
            return .body(rows, bytesMax: Int.max)
        }
        let collector = BodyCollector { [self] body in
            var records = RecordBatchBuilder()
            let isSingle: Bool
            do throws(WireProblem) {
                isSingle = try body.withUnsafeReadableBytes { (bytes) throws(WireProblem) in
                    try ListBody.read(bytes, loop.scanner, name: name, reader, to: &records, makeIntake)
                }
            } catch {
                return call.exchange.respond(Problem(error).response(call.request.requestID))
            }
            guard isSingle else { return }
            book(call, &records, wantsEvent: true) { call.exchange.respond(answer($0)) }
        }
        return .body(collector, bytesMax: Limits.bodyBytesMax)
    }
}
