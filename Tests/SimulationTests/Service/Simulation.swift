import ChequebookEngine
import ChequebookJournal
import ChequebookLedger
import Glibc

/// Runs one seed's workload against the service and the reference side by side.
///
/// Between operations the machine loses power at random: every sector that was not synced survives or not, and the
/// service starts again on what is left. On some seeds a write or a sync fails as well. The service then refuses the
/// operation, and the same one is sent again after a restart, as a client would.
struct Simulation {
    /// What differed, in words that name the step.
    struct Difference: Error, CustomStringConvertible {
        let description: String
    }

    private let workload: Workload
    private var random: SplitMix64
    private var reference = ReferenceLedger()
    private var storage = MemoryStorage()
    private let clock: SimulatedClock
    private let hasFaults: Bool
    private var planned: FaultyStorage.Fault?
    /// Nothing is left to chance then: there is this restart, or none, and the disk is lost at the fault alone.
    private let isPlanned: Bool
    private let plannedRestart: Int?
    private(set) var restarts = 0
    private(set) var failures = 0
    private(set) var checkpointsUsed = 0

    init(seed: UInt64) {
        // Every other seed asks for everything that the service has; the others dwell on what is asked for most.
        workload = Workload(seed: seed, features: seed.isMultiple(of: 2) ? .all : [])
        random = SplitMix64(seed: seed ^ 0x5eed)
        clock = SimulatedClock(noonOf: workload.steps[0].today)
        hasFaults = seed % 4 == 0
        isPlanned = false
        plannedRestart = nil
    }

    /// A run in which the disk goes at `fault`, and the power with it, and at no other time.
    ///
    /// - Parameter afterRestart: whether calls count from a restart in the middle, so that they begin with a recovery.
    init(seed: UInt64, stepCount: Int, fault: FaultyStorage.Fault, afterRestart: Bool) {
        workload = Workload(seed: seed, stepCount: stepCount, features: .all)
        random = SplitMix64(seed: seed)
        clock = SimulatedClock(noonOf: workload.steps[0].today)
        hasFaults = false
        planned = fault
        isPlanned = true
        plannedRestart = afterRestart ? stepCount / 2 : nil
    }

    mutating func run() throws {
        var service = try start()
        for (index, step) in workload.steps.enumerated() {
            if isPlanned ? index == plannedRestart : Int.random(in: 0..<25, using: &random) == 0 {
                service = try restart(service)
            }
            clock.set(noonOf: step.today)
            var answer = try service.send(step.operation.request)
            let expected = reference.perform(step.operation, today: step.today)
            var isRepeated = false
            while answer.status == 503 {
                failures += 1
                isRepeated = true
                service = try restart(service)
                answer = try service.send(step.operation.request)
            }
            if let difference = try compare(answer, expected, step.operation, isRepeated: isRepeated, service) {
                try? service.stop()
                throw Difference(description: "step \(index), \(step.operation.request): \(difference)")
            }
        }
        try service.stop()
        try compareStarts()
    }

    /// The ledger from a checkpoint and what follows it is the ledger from the whole journal, to the byte.
    private mutating func compareStarts() throws {
        let cores = try [true, false].map { usesCheckpoints in
            try LedgerCore.open(
                storage: storage.copy(), configuration: SimulatedService.sizes, form: nil, newIdentity: [],
                now: clock.now(), usesCheckpoints: usesCheckpoints, checkpointBytesMin: .max)
        }
        if cores[0].report.checkpointSequence != nil { checkpointsUsed += 1 }
        if let offset = cores[0].ledger.image().firstDifference(from: cores[1].ledger.image()) {
            throw Difference(description: "the ledger from a checkpoint differs at byte \(offset) of its image")
        }
    }

    private mutating func start() throws -> SimulatedService {
        // Whatever was booked one way is replayed the other way as often as not.
        let booksInRuns = Bool.random(using: &random)
        // A start from a checkpoint comes to what a start from the whole journal comes to.
        let usesCheckpoints = Int.random(in: 0..<4, using: &random) > 0
        if plannedRestart == nil || restarts > 0, let fault = planned.take() {
            do {
                return try SimulatedService(
                    FaultyStorage(storage, faults: [fault]), clock: clock, booksInRuns: booksInRuns,
                    usesCheckpoints: usesCheckpoints)
            } catch {
                failures += 1
                storage = storage.crash(using: &random)
                return try start()
            }
        }
        let storage = ForgetfulStorage(storage)
        guard hasFaults else {
            return try SimulatedService(
                storage, clock: clock, booksInRuns: booksInRuns, usesCheckpoints: usesCheckpoints)
        }
        let operation: StorageOperation = Bool.random(using: &random) ? .sync : .write
        let fault = FaultyStorage.Fault(
            operation, occurrence: Int.random(in: 10...60, using: &random),
            code: [EIO, ENOSPC, EDQUOT].randomElement(using: &random) ?? EIO,
            bytesWritten: Int.random(in: 0...4_096, using: &random), thereafter: Bool.random(using: &random))
        return try SimulatedService(
            FaultyStorage(storage, faults: [fault]), clock: clock, booksInRuns: booksInRuns,
            usesCheckpoints: usesCheckpoints)
    }

    private mutating func restart(_ service: SimulatedService) throws -> SimulatedService {
        restarts += 1
        // What is on the disk now is all that the next start finds; the old process writes into the void.
        let left = storage.crash(using: &random)
        try service.stop()
        storage = left
        return try start()
    }

    private func compare(
        _ answer: PlainClient.Answer, _ expected: ReferenceReply, _ operation: Operation, isRepeated: Bool,
        _ service: SimulatedService
    ) throws -> String? {
        let lines = (try? FlatJSON.lines(of: answer.body)) ?? []
        switch expected {
        case .refusal(let code):
            return lines.contains(ReferenceLine("code", code)) ? nil : "expected the problem \(code), got \(answer)"
        case .fault(let code, let pointer):
            let told = [
                ReferenceLine("code", code), .init("errors[0].code", code), .init("errors[0].pointer", pointer),
            ]
            let isTold = answer.status == 422 && told.allSatisfy(lines.contains)
            return isTold ? nil : "expected \(code) at \(pointer), got \(answer)"
        case .notBooked(let refused):
            let told = lines.filter { $0.path.hasPrefix("errors[") && $0.path.hasSuffix("].code") }
            let isTold = answer.status == 422 && lines.contains(ReferenceLine("code", "list-not-booked"))
            let errors = refused.map { ReferenceLine("errors[line=\($0)].code", $1) }
            return isTold ? Self.difference(errors, told) : "expected \(errors), got \(answer)"
        case .answer where isRepeated && operation.isSuccession:
            // Nobody is left to be moved if the first time was on disk.
            return nil
        case .answer(let figures):
            let ignored = ["sequence", "recordedThrough"]
            let got = lines.filter { line in !ignored.contains { line.path == $0 || line.path.hasSuffix("." + $0) } }
            return Self.difference(figures, got)
        case .outcomes(let outcomes):
            // Sent twice, part of it may have been there already: what counts then is the next answer.
            if isRepeated { return nil }
            return compare(answer, lines, outcomes, operation)
        case .pages(let pages): return try compare(answer, pages, operation, service)
        }
    }

    /// Follows the answer page by page.
    private func compare(
        _ first: PlainClient.Answer, _ pages: [[ReferenceLine]], _ operation: Operation, _ service: SimulatedService
    ) throws -> String? {
        var answer = first
        for (number, page) in pages.enumerated() {
            let lines = (try? FlatJSON.lines(of: answer.body)) ?? []
            if let difference = Self.difference(page, ReferencePatientCosts.compared(lines)) {
                return "page \(number): \(difference)"
            }
            let cursor = lines.first { $0.path == "nextCursor" }?.value ?? "null"
            guard (cursor == "null") == (number == pages.count - 1) else { return "page \(number) has the wrong end" }
            if cursor != "null" { answer = try service.send(operation.request(cursor: cursor)) }
        }
        return nil
    }

    private func compare(
        _ answer: PlainClient.Answer, _ lines: [ReferenceLine], _ outcomes: [String], _ operation: Operation
    ) -> String? {
        switch operation {
        case .post(_, let form) where form.shape == .single:
            let status = ReferenceLedger.eventStatus(outcomes[0])
            guard answer.status == status else { return "expected \(status) for \(outcomes[0]), got \(answer)" }
            return status < 400 || lines.contains(ReferenceLine("code", outcomes[0])) ? nil : "got \(answer)"
        case .register(_, _, let form)
        where form.shape == .single && !["registered", "unchanged"].contains(outcomes[0]):
            return lines.contains(ReferenceLine("code", outcomes[0])) ? nil : "expected \(outcomes[0]), got \(answer)"
        case .register, .post, .postAtomically:
            let missing = operation.listReplyLines(outcomes: outcomes).filter { !lines.contains($0) }
            return missing.isEmpty ? nil : "expected \(missing), got \(answer)"
        case .putNationalCard, .putOwnCard, .putCommissioner, .putListSizes, .postPatient:
            let isRefused = !["new", "stored"].contains(outcomes[0])
            let isRight = isRefused ? lines.contains(ReferenceLine("code", outcomes[0])) : answer.status < 300
            return isRight ? nil : "expected \(outcomes[0]), got \(answer)"
        case .succeed, .askTotals, .askPayerTotals, .askAllTotals, .askPatientCosts: return nil
        }
    }

    private static func difference(_ expected: [ReferenceLine], _ got: [ReferenceLine]) -> String? {
        let missing = Set(expected).subtracting(got)
        let extra = Set(got).subtracting(expected)
        guard !missing.isEmpty || !extra.isEmpty || expected.count != got.count else { return nil }
        func words(_ lines: Set<ReferenceLine>) -> String {
            lines.map(\.description).sorted().prefix(12).joined(separator: "; ")
        }
        return "expected \(words(missing)) but got \(words(extra))"
    }
}
