/// The numbers and names of archived segments. `docs/JOURNAL_FORMAT.md` has the same byte by byte.
enum ArchiveFormat {
    /// What is compressed by itself, in bytes of the segment, so that one record can be read without the rest. Twice as
    /// much would make the file two in a hundred smaller and reading a record twice as long.
    static let blockBytes = 64 << 10

    /// A segment is smaller than 4 GiB.
    static let blocksMax = JournalFormat.segmentBytesLimit / blockBytes

    /// zstd's own usual level. Higher ones save a few parts in a hundred and take many times as long.
    static let level: Int32 = 3

    private static let suffix = ".zst"

    /// The name of the file, or of the link to it, that stands for an archived segment.
    static func name(of segment: String) -> String { segment + suffix }

    /// The segment that a file of this name stands for; nil for any other name.
    static func segment(ofFileNamed name: String) -> String? {
        guard name.hasSuffix(suffix) else { return nil }
        let segment = String(name.dropLast(suffix.count))
        return JournalFormat.firstSequence(ofSegmentNamed: segment) == nil ? nil : segment
    }

    /// The names that the files of a directory have in a storage: an archived segment has that of the segment, and one
    /// that is there in both forms has it once.
    static func storageNames(_ names: [String]) -> [String] {
        let archived = names.compactMap { segment(ofFileNamed: $0) }
        guard !archived.isEmpty else { return names }
        let others = names.filter { segment(ofFileNamed: $0) == nil }
        return others + Set(archived).subtracting(others)
    }
}
