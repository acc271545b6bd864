import Testing

@Suite("Workloads reach what they are for")
struct WorkloadCoverageTests {
    private static let expected: Set<String> = [
        "new", "stored", "overlapping-rates", "unknown-commissioner", "registered", "unchanged",
        "ends-before-it-begins", "before-birth", "no-such-registration", "posted", "duplicate", "replaced",
        "superseded", "conflicting-duplicate", "already-reversed", "reverses-a-reversal", "unknown-original",
        "future-service-date", "through-outside-year",
    ]

    @Test("a few seeds reach every outcome, and every total adds up")
    func plain() {
        #expect(reached([]) == Self.expected)
    }

    @Test("with every feature they reach those of the features too, and every total still adds up")
    func features() {
        #expect(
            reached(.all)
                == Self.expected.union([
                    "overlapping-list-sizes", "as-of-not-closed", "unknown-patient", "replacement-cycle",
                    "empty-list", "repeated-code", "succeeds-itself", "bad-parameter", "list-not-booked",
                ]))
    }

    @Test("the same question about a day that has ended gets the same answer, whatever happens in between")
    func repeatedQuestions() {
        var repetitions = 0
        for seed in UInt64(0)..<6 {
            var ledger = ReferenceLedger()
            var answers: [Operation: ReferenceReply] = [:]
            for step in Workload(seed: seed, features: .all).steps {
                let reply = ledger.perform(step.operation, today: step.today)
                guard step.operation.asOf.map({ $0 < step.today }) == true else { continue }
                if let before = answers.updateValue(reply, forKey: step.operation) {
                    repetitions += 1
                    #expect(before == reply, "seed \(seed), \(step.operation)")
                }
            }
        }
        #expect(repetitions > 30)
    }

    /// Every outcome and refusal of a few seeds; each of their answers is checked for adding up.
    private func reached(_ features: WorkloadFeatures) -> Set<String> {
        var reached: Set<String> = []
        for seed in UInt64(0)..<12 {
            var ledger = ReferenceLedger()
            for step in Workload(seed: seed, features: features).steps {
                switch ledger.perform(step.operation, today: step.today) {
                case .outcomes(let outcomes): reached.formUnion(outcomes)
                case .refusal(let code): reached.insert(code)
                case .fault(let code, _): reached.insert(code)
                case .notBooked: reached.insert("list-not-booked")
                case .answer(let lines): expectSums(lines, seed: seed)
                case .pages(let pages): expectPages(pages, seed: seed)
                }
            }
        }
        return reached
    }

    private func expectSums(_ lines: [ReferenceLine], seed: UInt64) {
        #expect(sum(lines, "cost.bySetting.") == sum(lines, "cost.totalPence"), "seed \(seed)")
        #expect(sum(lines, "budget.bySetting.") == sum(lines, "budget.totalPence"), "seed \(seed)")
        let figures = ["costPence": "cost.totalPence", "events": "cost.events", "budgetPence": "budget.totalPence"]
        for (figure, whole) in figures where lines.contains(where: { $0.isRow && $0.path.hasSuffix(figure) }) {
            let rows = lines.filter { $0.isRow && $0.path.hasSuffix("].\(figure)") }
            #expect(sum(rows, "") == sum(lines.ofBrokenDown, whole), "seed \(seed)")
        }
    }

    private func expectPages(_ pages: [[ReferenceLine]], seed: UInt64) {
        let events = pages.joined().filter { $0.path.hasPrefix("events[") && $0.path.hasSuffix("].id") }.count
        for page in pages {
            #expect(sum(page, "cost.bySetting.") == sum(page, "cost.totalPence"), "seed \(seed)")
            #expect(sum(page, "cost.events") == Int128(events), "seed \(seed)")
            for (figure, whole) in ["costPence": "cost.totalPence", "events": "cost.events"] {
                let months = page.filter { $0.path.hasPrefix("byMonth[") && $0.path.hasSuffix("].\(figure)") }
                #expect(sum(months, "") == sum(page, whole), "seed \(seed)")
            }
        }
    }

    private func sum(_ lines: [ReferenceLine], _ start: String) -> Int128 {
        lines.filter { $0.unprefixed.hasPrefix(start) }.compactMap { Int128($0.value) }.reduce(0, +)
    }
}

extension Operation {
    fileprivate var asOf: Day? {
        switch self {
        case .askTotals(_, let question), .askPayerTotals(_, let question), .askAllTotals(let question):
            question.asOf
        default: nil
        }
    }
}

extension ReferenceLine {
    fileprivate var isRow: Bool { path.contains("breakdown[") }
    /// Without the commissioner that it belongs to.
    fileprivate var unprefixed: String {
        path.hasPrefix("commissioners[") ? String(path.drop { $0 != "." }.dropFirst()) : path
    }
}

extension [ReferenceLine] {
    /// Only what has breakdowns: the commissioners' own answers.
    fileprivate var ofBrokenDown: [ReferenceLine] {
        filter { !$0.path.hasPrefix("unattributed.") && !$0.path.hasPrefix("total.") }
    }
}
