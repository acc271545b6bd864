import ChequebookEngine
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

/// Books all items of a list, or none.
final class AtomicIntake: ItemIntake {
    private let call: Call
    private let engine: Engine
    private var reply: ListReply
    private let reader: any ItemReader
    private var facts: [Fact] = []
    private var lines: [Int] = []

    init(_ call: Call, _ engine: Engine, _ reader: any ItemReader, _ reply: ListReply) {
        (self.call, self.engine, self.reader, self.reply) = (call, engine, reader, reply)
    }

    func take(_ item: JSONTokens, line: Int) throws(WireProblem) {
        let fact = try reader.fact(item)
        reply.received += 1
        // What is over the limit is counted and let go, so that the body takes bounded memory.
        guard facts.count < Limits.atomicItemsMax else { return }
        facts.append(fact)
        lines.append(line)
    }

    func reject(_ problem: WireProblem, line: Int, column: String?) {
        reply.received += 1
        reply.reject(problem, line: line, column: column)
    }

    func abandon() {
        facts = []
    }

    func end() {
        guard reply.received <= Limits.atomicItemsMax else {
            return answer(Problem(.tooManyItems, "a list with atomic=true has at most \(Limits.atomicItemsMax) items"))
        }
        guard reply.errors.isEmpty else { return answer(Self.problem(reply)) }
        guard !facts.isEmpty else { return answer(reply, sequence: engine.published.sequence) }
        let (call, engine, lines, reply) = (call, engine, lines, reply)
        let receiver = LoopReceiver(call.exchange.mailbox) { result in
            let response: Response
            switch result {
            case .success(let booked):
                var reply = reply
                for (outcome, line) in zip(booked.outcomes, lines) { reply.add(outcome, line: line) }
                reply.sequence = booked.lastSequence
                response =
                    reply.errors.isEmpty
                    ? LedgerApplication.response(ByteBuffer(bytes: reply.json), sequence: engine.published.sequence)
                    : Self.problem(reply).response(call.request.requestID)
            case .failure(let error): response = error.problem.response(call.request.requestID)
            }
            call.exchange.respond(response)
        }
        switch engine.submit(Submission(atomically: facts, receiver: receiver)) {
        case .admitted: return
        case .full: answer(.queueFull)
        case .unavailable: answer(Problem(.journalUnavailable, "nothing was stored; see /_status"))
        }
    }

    private static func problem(_ reply: ListReply) -> Problem {
        let detail = "\(reply.rejected) of \(reply.received) items were refused, so none was booked"
        var problem = Problem(.listNotBooked, detail)
        problem.errors = reply.errors.map {
            Problem.Entry(place: .line($0.line, column: $0.column), code: $0.code, detail: $0.detail)
        }
        problem.errorsOmitted = reply.rejected - reply.errors.count
        return problem
    }

    private func answer(_ problem: Problem) {
        call.exchange.respond(problem.response(call.request.requestID))
    }

    private func answer(_ reply: ListReply, sequence: UInt64) {
        call.exchange.respond(LedgerApplication.response(ByteBuffer(bytes: reply.json), sequence: sequence))
    }
}
