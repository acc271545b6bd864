/// Why a segment is not archived. It stays where it is.
public enum ArchiveError: Error, Hashable, Sendable {
    /// The directory at `path` holds no segment.
    case noJournal(path: String)

    /// The archive and the journal are one directory.
    case sameDirectory(path: String)

    /// The file at `path` is there already, and is not the segment `name`.
    case otherContent(path: String, name: String)

    /// The file at `path` is there already, and is no link to the archived segment at `archived`.
    case otherLink(path: String, archived: String)

    /// What was written to the file at `path` does not read back as the segment `name`.
    case notReadBack(path: String, name: String)
}

extension ArchiveError: CustomStringConvertible {
    /// For the person who has to put it right.
    public var description: String {
        switch self {
        case .noJournal(let path): "there is no segment in \(path)"
        case .sameDirectory(let path): "\(path) is the journal's own directory; an archive needs another one"
        case .otherContent(let path, let name): "\(path) holds something else than \(name); move it out of the way"
        case .otherLink(let path, let archived): "\(path) does not lead to \(archived); move it out of the way"
        case .notReadBack(let path, let name):
            "what was written to \(path) reads back otherwise than \(name); do not use that disk"
        }
    }
}
