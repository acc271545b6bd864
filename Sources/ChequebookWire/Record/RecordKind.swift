/// The first byte of a record. A number is never used again for something else.
enum RecordKind: UInt8 {
    case ledgerCreated = 1
    case commissioner = 2
    case statement = 3
    case withdrawal = 4
    case nationalRateCard = 5
    case ownRateCard = 6
    case costEvent = 7
    case reversal = 8
    case atomicList = 9
    case listSizes = 10
    case personDetails = 11
    case succession = 12
}

/// The binary record form of a fact, version 1; `docs/RECORD_FORMAT.md` has it byte by byte.
public enum RecordFormat {
    /// The second byte of every record.
    public static let version: UInt8 = 1
    /// Space that a cost event, the longest of the plain records, never exceeds.
    public static let eventBytesMax = 512
}

/// Why bytes are not a record of this format.
public enum RecordError: Error, Equatable, CustomStringConvertible {
    /// A record of a newer format than this program knows.
    case unknownVersion(found: UInt8, known: UInt8)
    case unknownKind(UInt8)
    /// The record ends before the field, has bytes behind its last one, or a field holds a value that cannot be.
    case malformed(field: String)

    public var description: String {
        switch self {
        case .unknownVersion(let found, let known):
            "the record has format version \(found); this program knows versions up to \(known)"
        case .unknownKind(let kind): "the record is of kind \(kind), which this program does not know"
        case .malformed(let field): "the record is malformed at \(field)"
        }
    }
}

/// Bits of the flags of a cost event's record. Bits 7 and 8 are kept for practice and
/// council, 9 to 15 for what else may come; all are refused until then.
struct EventFlags: OptionSet {
    let rawValue: UInt16

    static let nhsNumber = EventFlags(rawValue: 1 << 0)
    static let pseudonym = EventFlags(rawValue: 1 << 1)
    static let credit = EventFlags(rawValue: 1 << 2)
    static let commissioner = EventFlags(rawValue: 1 << 3)
    static let provider = EventFlags(rawValue: 1 << 4)
    static let service = EventFlags(rawValue: 1 << 5)
    static let funder = EventFlags(rawValue: 1 << 6)
    static let practice = EventFlags(rawValue: 1 << 7)
    static let council = EventFlags(rawValue: 1 << 8)
    static let known: EventFlags = [
        .nhsNumber, .pseudonym, .credit, .commissioner, .provider, .service, .funder,
    ]

    var namesPatient: Bool { !isDisjoint(with: [.nhsNumber, .pseudonym]) }
}
