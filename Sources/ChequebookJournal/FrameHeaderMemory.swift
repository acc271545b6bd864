/// The headers of some frames, by position; each new one takes the place of another. A frame never changes once it is
/// committed, so none is ever wrong.
struct FrameHeaderMemory {
    /// Some hundred kilobytes, and the frames of some gigabytes that were written in large commits.
    private static let countMax = 2_048

    private var entries: [(position: JournalPosition, header: FrameHeader)?] = []

    subscript(position: JournalPosition) -> FrameHeader? {
        get {
            guard !entries.isEmpty, let entry = entries[Self.place(position)] else { return nil }
            return entry.position == position ? entry.header : nil
        }
        set {
            if entries.isEmpty { entries = Array(repeating: nil, count: Self.countMax) }
            entries[Self.place(position)] = newValue.map { (position, $0) }
        }
    }

    private static func place(_ position: JournalPosition) -> Int {
        // Frames begin on pages, so the bits below say nothing.
        let pages = position.rawValue / UInt64(JournalFormat.pageBytes)
        return Int(truncatingIfNeeded: (pages &* 0x9e37_79b9_7f4a_7c15) >> 32) & (countMax - 1)
    }
}
