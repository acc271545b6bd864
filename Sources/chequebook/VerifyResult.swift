import ChequebookJournal

/// What `verify` found, in words and as JSON.
struct VerifyResult {
    /// The first place that does not hold what it should.
    var fault: JournalDamage?
    private var report: RecoveryReport?
    private var walk = VerifiedWalk(noted: nil)
    private var years: [Year] = []
    private var comparison: Comparison?

    /// A financial year's cost, added up in every way.
    struct Year {
        let year: String
        let agrees: Bool
        /// Of each way of adding up: what it is by, and its sum.
        let sums: [(way: String, sum: String)]

        fileprivate var lines: [String] {
            if agrees, let first = sums.first {
                return ["\(year): \(first.sum), the same in every way of adding up."]
            }
            return ["\(year): the ways of adding up differ:"] + sums.map { "  by \($0.way): \($0.sum)" }
        }
    }

    /// What making the ledger from its newest checkpoint came to.
    struct Comparison {
        /// Checkpoints that could not be used, each with the reason.
        let unusable: [String]
        /// The last record that the checkpoint stood for; nil if there was none.
        let sequence: UInt64?
        /// Where the ledger's image differs, in bytes from its beginning; nil if it does not.
        let firstDifference: Int?

        fileprivate var line: String {
            guard let sequence else { return "There is no checkpoint to compare with." }
            return "From the checkpoint at sequence \(sequence) the ledger is the same, byte for byte."
        }

        fileprivate var reason: String? {
            if let unusable = unusable.first { return "a checkpoint cannot be used: \(unusable). Remove it" }
            return firstDifference.map { "from its checkpoint the ledger differs, from byte \($0) of its image on" }
        }
    }

    mutating func add(_ comparison: Comparison) { self.comparison = comparison }

    mutating func add(_ report: RecoveryReport) { self.report = report }

    mutating func add(_ year: Year) { years.append(year) }

    mutating func take(_ walk: VerifiedWalk) { self.walk = walk }

    /// What a person reads, line by line.
    var lines: [String] {
        var lines: [String] = []
        if let report {
            lines.append(
                "\(report.records) records in \(report.commits) commits, up to sequence \(report.lastSequence).")
            if let torn = report.tornTail {
                lines.append(
                    """
                    A crash tore the last write: \(torn.byteCount) bytes of \(torn.name) from byte \(torn.byteOffset) on \
                    were never acknowledged; the next start cuts them and keeps them in a file of their own.
                    """)
            }
        }
        for year in years { lines += year.lines }
        if let comparison, comparison.reason == nil { lines.append(comparison.line) }
        if let noted = walk.noted, walk.finding == .same {
            lines.append("History up to sequence \(noted.sequence) has the hash given; it was only added to.")
        }
        if reason == nil { lines.append("Everything agrees.") }
        if let head = walk.head { lines.append("Head: \(head)") }
        return lines
    }

    /// Why the ledger does not stand the test; nil if it does.
    var reason: String? {
        if let fault {
            let sound = walk.head.map { "; sound up to \($0)" } ?? ""
            return "damaged: \(fault)\(sound). Nothing was changed; restore it from a backup"
        }
        if let noted = walk.noted, let finding = walk.finding, let reason = Self.reason(noted, finding) {
            return reason
        }
        guard years.allSatisfy(\.agrees) else { return "the ways of adding up differ" }
        return comparison?.reason
    }

    private static func reason(_ noted: JournalHead, _ finding: VerifiedWalk.Finding) -> String? {
        switch finding {
        case .same: nil
        case .other(let head):
            """
            the commit that ends at sequence \(noted.sequence) has the hash \(head.hash) and not \(noted.hash): this \
            history differs from the one that was noted, at \(noted.sequence) or before
            """
        case .inside(let end):
            "no commit ends at sequence \(noted.sequence): the one that has it ends at \(end), so it never was a head"
        case .beyond(let last):
            "there is no sequence \(noted.sequence): the ledger ends at \(last)"
        }
    }

    private struct Document: ResultDocument {
        struct Fault: Encodable {
            let file: String
            let offset: UInt64
            let expected: String
        }

        struct TornTail: Encodable {
            let file: String
            let offset: UInt64
            let bytes: Int
        }

        struct Year: Encodable {
            let year: String
            let position: String
        }

        let verified: Bool
        let sequence: UInt64
        let hash: String?
        let commits: UInt64
        let reason: String?
        let fault: Fault?
        let tornTail: TornTail?
        let years: [Year]
    }

    /// One object. Where there is a fault, `sequence` and `hash` are the head of what is sound.
    var json: String {
        get throws {
            let document = Document(
                verified: reason == nil, sequence: walk.head?.sequence ?? 0, hash: walk.head.map { "\($0.hash)" },
                commits: walk.commits, reason: reason,
                fault: fault.map {
                    Document.Fault(file: $0.name, offset: $0.byteOffset, expected: "\($0.expected)")
                },
                tornTail: report?.tornTail.map {
                    Document.TornTail(file: $0.name, offset: $0.byteOffset, bytes: $0.byteCount)
                },
                years: years.map { Document.Year(year: $0.year, position: $0.agrees ? "agrees" : "differs") })
            return try document.json
        }
    }
}
