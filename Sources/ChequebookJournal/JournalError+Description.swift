extension JournalError {
    /// What a storage's failure is to whoever reads a journal.
    init(_ error: StorageError) {
        if case .damaged(let damage) = error { self = .damaged(damage) } else { self = .storage(error) }
    }
}

extension JournalError: CustomStringConvertible {
    /// What is wrong with files is said to an administrator; the rest to whoever calls the journal.
    public var description: String {
        switch self {
        case .storage(let error), .failed(let error): "\(error)"
        case .damaged(let damage): "the journal is damaged: \(damage)"
        case .foreignLedger(let name, let expected, let found):
            "\(name) belongs to another ledger: expected \(Self.hexadecimal(expected)), found \(Self.hexadecimal(found))"
        case .newerVersion(let name, let supported, let found):
            "\(name) was written by a newer program: its format is version \(found), and this one reads \(supported)"
        case .isBackup:
            "this is a backup, or a copy that was not finished: restore it to another directory, and serve that"
        case .notEmpty: "there is something in the directory already"
        case .copy(let error): "in the copy, \(error)"
        case .copyDamaged(let damage):
            "the backup is damaged: \(damage): keep it, and make a new one in an empty directory"
        case .otherHistory(let sequence):
            """
            the backup reaches sequence \(sequence) of a history that this ledger does not have: keep that backup, and \
            make a new one in an empty directory
            """
        case .closed: "the journal is closed"
        case .emptyCommit: "a commit without records was given"
        default: Mirror(reflecting: self).children.first.map { "\($0.label ?? ""): \($0.value)" } ?? "misused"
        }
    }

    private static func hexadecimal(_ identity: LedgerIdentity) -> String {
        identity.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
