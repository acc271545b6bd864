public import ChequebookModel

/// A commit as it was recorded.
public struct ExportedCommit: Sendable {
    /// Its records, as the journal takes them.
    public let records: [UInt8]
    /// How many records there are.
    public let count: Int
    public let recordedAt: Instant
}

/// What a line of an export has made known.
public enum ExportStep: Sendable {
    /// The export begins, with the sixteen bytes of the ledger's identity.
    case begins(identity: [UInt8])
    /// A fact that may not be the last one of its commit.
    case fact
    /// The first fact of another commit, so that this one is whole.
    case commit(ExportedCommit)
    /// The export ends, and with it the last commit, if there is any; the ledger's head as `SEQUENCE:HASH`.
    case ends(ExportedCommit?, head: String)
}

/// Reads the lines of an export, one after the other, back into the commits that they came from.
///
/// A line is checked as an HTTP body that says the same is checked, by the same readers. Beside that the order is: the
/// line that begins, the fact that created the ledger, all others with contiguous sequences and instants that never go
/// back, the line that ends.
public struct ExportReader {
    private enum Stage { case beginning, facts, ended }

    private let commitBytesMax: Int
    private let recordsInCommitMax: Int
    private var stage = Stage.beginning
    private var form: PatientForm?
    private var nextSequence: Int64 = 1
    private var recordedAt: Instant?
    private var records = RecordBatchBuilder(byteCapacity: 1 << 16)
    /// Facts that are still to come of a list that is all or nothing.
    private var listRest = 0

    /// - Parameters:
    ///   - commitBytesMax: that no commit's records can exceed; the journal may be stricter.
    ///   - recordsInCommitMax: the most records in one commit.
    public init(commitBytesMax: Int, recordsInCommitMax: Int) {
        (self.commitBytesMax, self.recordsInCommitMax) = (commitBytesMax, recordsInCommitMax)
    }

    /// Whether the line that ends the export has been read.
    public var isEnded: Bool { stage == .ended }

    /// Reads the next line's object.
    ///
    /// - Throws: `WireProblem` for the first thing that is wrong. The reader must not be used any more then.
    public mutating func take(_ tokens: JSONTokens) throws(WireProblem) -> ExportStep {
        var line = try ExportLine(tokens)
        switch stage {
        case .ended: throw WireProblem(code: "behind-the-end", pointer: "", detail: "stands behind the export's end")
        case .beginning:
            let identity = try line.beginning()
            stage = .facts
            return .begins(identity: identity)
        case .facts:
            if let head = try line.endingHead() {
                try endCommit()
                stage = .ended
                return .ends(takeCommit(), head: head)
            }
            return try takeFact(&line)
        }
    }

    private mutating func takeFact(_ line: inout ExportLine) throws(WireProblem) -> ExportStep {
        try line.sequence(nextSequence)
        let instant = try line.recordedAt(notBefore: recordedAt)
        let (word, member) = try line.word()
        guard let form else {
            guard word == .ledgerCreated else {
                throw line.fields.problem(
                    "ledger-not-created", member.valueIndex, "must be ledger-created before anything else")
            }
            let created = try line.createdForm()
            form = created
            append(.ledgerCreated(created), record: nil, at: instant)
            return .fact
        }
        let record = try line.record()
        let fact = try line.fact(word, form)
        guard ExportWord(fact) == word else {
            throw line.fields.problem("other-fact", member.valueIndex, "does not name what the line's fields say")
        }
        if let record { try line.check(record, says: fact) }
        var step = ExportStep.fact
        if instant != recordedAt {
            try endCommit()
            if let commit = takeCommit() { step = .commit(commit) }
        }
        try noteInList(fact, word, line.fields, member)
        append(fact, record: record?.bytes, at: instant)
        guard records.count <= recordsInCommitMax, records.byteCount <= commitBytesMax else {
            throw WireProblem(
                code: "commit-too-large", pointer: "/recordedAt",
                detail: "is that of more facts than one commit can have")
        }
        return step
    }

    private mutating func append(_ fact: Fact, record: [UInt8]?, at instant: Instant) {
        if let record { records.append(record) } else { records.append(fact) }
        recordedAt = instant
        nextSequence += 1
    }

    /// A list that is all or nothing is whole in its commit, and has nothing that HTTP would not let into it.
    private mutating func noteInList(
        _ fact: Fact, _ word: ExportWord, _ fields: Fields, _ member: JSONMember
    ) throws(WireProblem) {
        if listRest > 0 {
            guard word.mayBeInList else {
                throw fields.problem(
                    "broken-list", member.valueIndex, "cannot be in a list that is all or nothing: \(listRest) to come")
            }
            listRest -= 1
        } else if case .atomicList(let count) = fact {
            listRest = count
        }
    }

    private func endCommit() throws(WireProblem) {
        guard listRest == 0 else {
            throw WireProblem(
                code: "broken-list", pointer: "",
                detail: "begins another commit, and \(listRest) facts of a list that is all or nothing are missing")
        }
    }

    private mutating func takeCommit() -> ExportedCommit? {
        guard let recordedAt, records.count > 0 else { return nil }
        let count = records.count
        return ExportedCommit(records: records.take(), count: count, recordedAt: recordedAt)
    }
}
