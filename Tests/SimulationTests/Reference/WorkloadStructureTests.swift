import Testing

@Suite("Workloads reach organisations that change")
struct WorkloadStructureTests {
    /// How often something happened, by what it was.
    private struct Tally {
        private(set) var counts: [String: Int] = [:]

        mutating func add(_ what: String, if happened: Bool = true) {
            if happened { counts[what, default: 0] += 1 }
        }

        subscript(_ what: String) -> Int { counts[what] ?? 0 }
    }

    private static func tally() -> Tally {
        var tally = Tally()
        for seed in UInt64(0)..<12 {
            var ledger = ReferenceLedger()
            for step in Workload(seed: seed, features: .all).steps {
                let before = ledger
                let reply = ledger.perform(step.operation, today: step.today)
                switch step.operation {
                case .succeed(let succession):
                    guard case .answer(let lines) = reply else { continue }
                    tally.add("succession")
                    tally.add("succession that moves", if: lines.contains { $0.path == "moved" && $0.value != "0" })
                    tally.add("succession of several", if: succession.from.count > 1)
                case .putCommissioner(_, let body):
                    tally.add("dated parents", if: Set(body.parents.map(\.code)).count > 1)
                    tally.add("several successors", if: Set(body.successors.map(\.code)).count > 1)
                case .postAtomically(let items, _):
                    if case .notBooked = reply { tally.add("list refused") }
                    if case .outcomes = reply { tally.add("list booked", if: items.count > 1) }
                case .askPayerTotals: add(reply, "payer", to: &tally)
                case .askTotals(let code, var question) where question.isGathered:
                    let kind = "one \(name(of: question))"
                    add(reply, kind, to: &tally)
                    (question.isCurrent, question.hasChildren) = (false, false)
                    var alone = before
                    let plain = alone.perform(.askTotals(commissioner: code, question), today: step.today)
                    tally.add("\(kind) other than alone", if: figures(plain) != figures(reply))
                case .askAllTotals(let question) where question.isGathered:
                    add(reply, "all \(name(of: question))", to: &tally)
                default: break
                }
            }
        }
        return tally
    }

    private static func name(of question: ReferenceQuestion) -> String {
        question.isCurrent ? question.hasChildren ? "both" : "current" : "children"
    }

    private static func figures(_ reply: ReferenceReply) -> [ReferenceLine] {
        guard case .answer(let lines) = reply else { return [] }
        return lines.filter { $0.path.contains("Pence") || $0.path.contains("events") }
    }

    private static func add(_ reply: ReferenceReply, _ kind: String, to tally: inout Tally) {
        guard case .answer(let lines) = reply else { return }
        func has(_ end: String, _ passes: (String) -> Bool) -> Bool {
            lines.contains { $0.path.hasSuffix(end) && passes($0.value) }
        }
        tally.add(kind)
        tally.add("\(kind) with cost", if: has("cost.totalPence") { $0 != "0" })
        tally.add("\(kind) with budget", if: has("budget.totalPence") { $0 != "0" })
        tally.add("\(kind) of several", if: has("bodies[1]") { _ in true })
        tally.add("\(kind) elsewhere", if: has("countedUnder") { _ in true })
        tally.add("\(kind) of mixed basis", if: has("population.basis") { $0 == "mixed" })
        tally.add("\(kind) by something", if: lines.contains { $0.path.contains("breakdown[") })
        tally.add("\(kind) as of a day", if: has("asOf") { $0 != "null" })
    }

    @Test("a dozen seeds move people, put bodies together in every way, and mostly have figures to show for it")
    func reached() {
        let tally = Self.tally()
        for (what, least) in [
            ("succession", 60), ("succession that moves", 30), ("succession of several", 30), ("dated parents", 30),
            ("several successors", 10), ("list refused", 15), ("list booked", 15), ("payer", 60),
            ("payer with cost", 30), ("payer with budget", 20), ("payer by something", 30), ("payer as of a day", 10),
        ] { #expect(tally[what] >= least, "\(what): \(tally[what])") }
        for kind in ["one current", "one children", "one both", "all current", "all children", "all both"] {
            for (what, least) in [
                ("", 12), (" with cost", 8), (" with budget", 6), (" of several", 6), (" of mixed basis", 1),
                (" by something", 6), (" as of a day", 3),
            ] { #expect(tally[kind + what] >= least, "\(kind)\(what): \(tally[kind + what])") }
        }
        for kind in ["one current", "one children", "one both"] {
            #expect(tally["\(kind) other than alone"] >= 6, "\(kind): \(tally["\(kind) other than alone"])")
        }
        #expect(tally["one current elsewhere"] >= 3)
        #expect(tally["one both elsewhere"] >= 3)
    }
}
