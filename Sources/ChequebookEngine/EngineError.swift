import ChequebookJournal
public import ChequebookModel

/// Why a ledger cannot be opened or used.
public enum EngineError: Error, Equatable, CustomStringConvertible {
    /// The directory has segments but not the file that tells whose they are.
    case identityMissing
    case identityMalformed
    /// The ledger was created for the other form of patient.
    case otherPatientForm(ledger: PatientForm, asked: PatientForm)
    /// A list that is all or nothing reaches beyond its commit.
    case brokenList(sequence: UInt64)
    /// A checkpoint holds an image of a form that this program does not read.
    case otherImageVersion(supported: UInt32, found: UInt32)
    case notOpen
    case noLedger

    public var description: String {
        switch self {
        case .identityMissing:
            "the file \(LedgerIdentity.fileName) is missing beside the journal's segments: restore it from the backup"
        case .identityMalformed: "the file \(LedgerIdentity.fileName) does not hold 16 bytes"
        case .otherPatientForm(let ledger, let asked):
            "this ledger was created with --patients \(ledger.name), not \(asked.name)"
        case .brokenList(let sequence): "the list that begins at sequence \(sequence) is not whole in its commit"
        case .otherImageVersion(let supported, let found):
            "it holds an image of version \(found), and this program reads version \(supported)"
        case .notOpen: "the journal is not open"
        case .noLedger: "there is no ledger"
        }
    }
}
