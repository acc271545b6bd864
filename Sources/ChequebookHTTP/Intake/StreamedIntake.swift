import ChequebookEngine
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

/// Books the items of a list in batches while the rest of the body still comes, in bounded memory.
///
/// `@unchecked Sendable`: the engine's threads hold it only inside a receiver, which posts back to the event loop;
/// everything else happens on that loop.
final class StreamedIntake: ItemIntake, @unchecked Sendable {
    /// Records of one batch; large enough to share a sync among many, small enough to keep replies coming.
    private static let batchBytes = 131_072
    /// Batches of one request in the engine at once. Then the socket is not read until one is booked.
    private static let batchesMax = 4
    /// How often a full queue is tried again, and for how long, before the client is told.
    private static let retryMilliseconds: Int64 = 10
    private static let retriesMax = 1_000

    private let call: Call
    private let engine: Engine
    private let reader: any ItemReader
    private var reply: ListReply
    private var records = RecordBatchBuilder(byteCapacity: 4_096)
    private var lines: [Int] = []
    private var waiting: [(records: RecordBatchBuilder, lines: [Int])] = []
    private var inFlight = 0
    private var retries = 0
    private var hasEnded = false
    private var failure: Problem?

    init(_ call: Call, _ engine: Engine, _ reader: any ItemReader, _ reply: ListReply) {
        (self.call, self.engine, self.reader, self.reply) = (call, engine, reader, reply)
    }

    func take(_ item: JSONTokens, line: Int) throws(WireProblem) {
        guard failure == nil else { return }
        try reader.append(item, to: &records)
        reply.received += 1
        lines.append(line)
        if records.byteCount >= Self.batchBytes { flush() }
    }

    func reject(_ problem: WireProblem, line: Int, column: String?) {
        reply.received += 1
        reply.reject(problem, line: line, column: column)
    }

    func end() {
        hasEnded = true
        flush()
        answerIfDone()
    }

    func abandon() {
        failure = failure ?? Problem(.badRequest, "the body did not come to its end")
        waiting = []
    }

    private func flush() {
        guard records.count > 0, failure == nil else { return }
        waiting.append((records, lines))
        records = RecordBatchBuilder(byteCapacity: Self.batchBytes + 4_096)
        lines = []
        submitWaiting()
    }

    private func submitWaiting() {
        while inFlight < Self.batchesMax, failure == nil, var next = waiting.first {
            let lines = next.lines
            let receiver = LoopReceiver(call.exchange.mailbox) { [self] result in received(result, lines) }
            switch engine.submit(Submission(&next.records, receiver: receiver)) {
            case .admitted:
                waiting.removeFirst()
                inFlight += 1
                retries = 0
            case .full:
                retryLater()
                return
            case .unavailable:
                fail(Problem(.journalUnavailable, "send the whole list again; what is stored is a duplicate then"))
                return
            }
        }
        if waiting.isEmpty { call.exchange.resumeReading() } else { call.exchange.pauseReading() }
    }

    private func retryLater() {
        call.exchange.pauseReading()
        retries += 1
        guard retries <= Self.retriesMax else {
            fail(.queueFull)
            return
        }
        call.exchange.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Self.retryMilliseconds)) {
            self.submitWaiting()
            self.answerIfDone()
        }
    }

    private func received(_ result: Result<Booked, NotBookedError>, _ lines: [Int]) {
        inFlight -= 1
        switch result {
        case .success(let booked):
            for (outcome, line) in zip(booked.outcomes, lines) { reply.add(outcome, line: line) }
            reply.sequence = max(reply.sequence ?? 0, booked.lastSequence)
        case .failure(let error): fail(error.problem)
        }
        submitWaiting()
        answerIfDone()
    }

    private func fail(_ problem: Problem) {
        failure = failure ?? problem
        waiting = []
        call.exchange.resumeReading()
    }

    private func answerIfDone() {
        guard hasEnded, inFlight == 0, waiting.isEmpty, !call.exchange.isClosed else { return }
        if let failure {
            call.exchange.respond(failure.response(call.request.requestID))
        } else {
            call.exchange.respond(
                LedgerApplication.response(ByteBuffer(bytes: reply.json), sequence: engine.published.sequence))
        }
    }
}
