import ChequebookJournal

/// What `archive` did, in words and as JSON.
struct ArchiveResult {
    var archived: [Archiver.Archived] = []
    /// Why it ended before all was done; nil if it did not.
    var reason: String?

    private var bytesBefore: Int { archived.reduce(0) { $0 + $1.byteCountBefore } }
    private var bytesAfter: Int { archived.reduce(0) { $0 + $1.byteCountAfter } }

    /// What a person reads of one segment.
    static func line(_ archived: Archiver.Archived) -> String {
        "\(archived.name): \(archived.byteCountBefore) bytes, \(archived.byteCountAfter) in \(archived.path)"
    }

    /// What a person reads at the end.
    var summary: String {
        guard !archived.isEmpty else { return "There is nothing new to archive." }
        return """
            \(archived.count) \(archived.count == 1 ? "segment" : "segments"): \(bytesBefore) bytes, now \(bytesAfter). \
            A service that runs gives their room free at its next start.
            """
    }

    private struct Document: ResultDocument {
        struct Segment: Encodable {
            let segment: String
            let file: String
            let bytesBefore: Int
            let bytesAfter: Int
        }

        let complete: Bool
        let reason: String?
        let bytesBefore: Int
        let bytesAfter: Int
        let archived: [Segment]
    }

    /// One object.
    var json: String {
        get throws {
            let document = Document(
                complete: reason == nil, reason: reason, bytesBefore: bytesBefore, bytesAfter: bytesAfter,
                archived: archived.map {
                    Document.Segment(
                        segment: $0.name, file: $0.path, bytesBefore: $0.byteCountBefore, bytesAfter: $0.byteCountAfter)
                })
            return try document.json
        }
    }
}
