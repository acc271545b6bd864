public import ChequebookEngine
import ChequebookModel
import ChequebookReports
import NIOCore
import NIOPosix

/// The contract over HTTP: finds the resource, checks what can be checked on the event loop, and asks the engine.
public final class LedgerApplication: Application {
    let engine: Engine
    let disk: DiskGauge
    private let loopState = ThreadSpecificVariable<LoopState>()

    public init(engine: Engine, disk: DiskGauge) {
        (self.engine, self.disk) = (engine, disk)
    }

    /// This event loop's own state.
    var loop: LoopState {
        if let state = loopState.currentValue { return state }
        let state = LoopState()
        loopState.currentValue = state
        return state
    }

    public func begin(_ request: Request, _ exchange: Exchange) -> Admission {
        if request.method == .get || request.method == .head, let response = keptAnswer(to: request) {
            exchange.respond(response)
            return .answered
        }
        do throws(ProblemError) {
            return try admit(request, exchange)
        } catch {
            exchange.respond(error.problem.response(request.requestID))
            return .answered
        }
    }

    public func problem(status: Int, code: String, detail: String, requestID: RequestID) -> Response {
        var problem = Problem(status: status, code: code, title: "The request cannot be served", detail: detail)
        if status == 503 { problem.headers = [("Retry-After", "1")] }
        return problem.response(requestID)
    }

    private func admit(_ request: Request, _ exchange: Exchange) throws(ProblemError) -> Admission {
        if request.method == .options, request.path == "*" {
            exchange.respond(Response(status: 204, headers: [("Allow", "GET, HEAD, POST, PUT, OPTIONS")]))
            return .answered
        }
        guard let match = Match(path: request.path) else {
            throw ProblemError(.unknownPath, "see the README for the paths that there are")
        }
        if request.method == .options {
            exchange.respond(Response(status: 204, headers: [("Allow", match.route.allow)]))
            return .answered
        }
        guard match.route.allows(request.method) else {
            throw ProblemError(
                Problem(
                    .methodNotAllowed, "the methods here are: \(match.route.allow)",
                    headers: [("Allow", match.route.allow)]))
        }
        let isRead = request.method == .get || request.method == .head
        let hasForms = isRead && match.route.needsLedger
        guard hasForms || Negotiation.acceptsJSON(request.headers) else {
            throw ProblemError(.notAcceptable, "the answer is application/json")
        }
        if match.route.needsLedger { try checkReady(isWrite: !isRead) }
        let query = try Query(request.query, known: match.route.parameters)
        let form = try hasForms ? Negotiation.form(request.headers, query) : .json
        if !hasForms, let format = query["format"], format != "json" {
            throw ProblemError(.notAcceptable, "format can only be json")
        }
        let hasByteOrderMark = try query.isSet("bom", to: "1")
        if hasByteOrderMark, form != .csv { throw ProblemError(.badParameter, "bom goes with csv alone") }
        let call = Call(
            request: request, exchange: exchange, values: match.values, query: query, form: form,
            hasByteOrderMark: hasByteOrderMark)
        switch match.route.resource {
        case .ping: return answer(call, Self.ping)
        case .status: return answer(call, status)
        case .problem: return try describeProblem(call)
        case .commissioners: return try getCommissioners(call)
        case .commissioner:
            return request.method == .put ? try putCommissioner(call) : try getCommissioner(call)
        case .registrations: return try postRegistrations(call)
        case .succession: return try postSuccession(call)
        case .commissionerTotals: return try getCommissionerTotals(call)
        case .ownRateCard, .nationalRateCard:
            return request.method == .put ? try putRateCard(call) : try getRateCard(call)
        case .listSizes:
            return request.method == .put ? try putListSizes(call) : try getListSizes(call)
        case .patients: return try postPatient(call)
        case .patient: return try getPatient(call)
        case .patientCosts: return try getPatientCosts(call)
        case .reconciliation: return try getReconciliation(call)
        case .costEvents: return try postCostEvents(call)
        case .costEvent: return try getCostEvent(call)
        case .totals: return try getTotals(call)
        case .ledgerHead: return try getHead(call)
        }
    }

    private func checkReady(isWrite: Bool) throws(ProblemError) {
        switch engine.state {
        case .ready: return
        case .replaying:
            throw ProblemError(Problem(.replaying, "try again in a moment", headers: [("Retry-After", "1")]))
        case .readOnly:
            guard isWrite else { return }
            throw ProblemError(.journalUnavailable, "nothing can be written until the journal is mended; see /_status")
        case .failed: throw ProblemError(.journalUnavailable, "nothing can be served; see /_status")
        case .stopped: throw ProblemError(.stopping, "try again when it has been started again")
        }
    }

    func answer(_ call: Call, _ response: Response) -> Admission {
        call.exchange.respond(response)
        return .answered
    }

    private static let ping = Response(contentType: .json, body: ByteBuffer(string: "{\"status\":\"pass\"}\n"))

    private func describeProblem(_ call: Call) throws(ProblemError) -> Admission {
        guard let code = ProblemCode(rawValue: call.values[0]) else {
            throw ProblemError(.unknownProblem, "problems of single fields are told in errors and have no page")
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("code", code.rawValue)
            writer.member("status", code.status)
            writer.member("title", code.title)
        }
        writer.endLine()
        return answer(call, Response(contentType: .json, body: ByteBuffer(bytes: writer.bytes)))
    }
}

/// One request that has found its resource. An object, because it goes from closure to closure until it is answered.
final class Call: Sendable {
    let request: Request
    let exchange: Exchange
    /// The texts that stand for the path's `*`s.
    let values: [String]
    let query: Query
    /// The form in which it is answered.
    let form: AnswerForm
    let hasByteOrderMark: Bool

    init(
        request: Request, exchange: Exchange, values: [String], query: Query, form: AnswerForm, hasByteOrderMark: Bool
    ) {
        (self.request, self.exchange, self.values) = (request, exchange, values)
        (self.query, self.form, self.hasByteOrderMark) = (query, form, hasByteOrderMark)
    }
}
