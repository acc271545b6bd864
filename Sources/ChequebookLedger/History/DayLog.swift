import ChequebookModel

/// An entry of a log of changes that add up.
protocol LogEntry: BitwiseCopyable {
    /// Entries with the same key may become one.
    var key: UInt64 { get }
    /// Adds another entry of the same key; false if the sum does not fit, and then both stay.
    mutating func merge(_ other: Self) -> Bool
    /// Whether it changes nothing.
    var isNothing: Bool { get }
}

/// Changes in the order of the days on which they were recorded. What stood at the end of a day is the sum of all
/// entries up to it.
///
/// Appending costs a few nanoseconds. Entries of one day with the same key are merged when the day is over, or when
/// enough of them have gathered, so that it grows with distinct changes and not with events.
struct DayLog<Entry: LogEntry> {
    /// So many entries are merged at once: less than a millisecond of sorting.
    private static var mergeCount: Int { 32_768 }

    private var entries: ContiguousArray<Entry> = []
    /// Where the entries of each recorded day end; the last day is still open.
    private var days: [(recordedOn: CalendarDate, end: Int)] = []
    /// Entries from here on have not been merged.
    private var unmerged = 0

    var count: Int { entries.count }

    mutating func append(_ entry: Entry, recordedOn: CalendarDate) {
        if days.last?.recordedOn != recordedOn {
            mergeTail()
            days.append((recordedOn, entries.count))
        } else if entries.count - unmerged >= Self.mergeCount {
            mergeTail()
        }
        entries.append(entry)
        days[days.count - 1].end = entries.count
    }

    /// The entries recorded up to a moment.
    func upTo(_ moment: Moment) -> ArraySlice<Entry> {
        switch moment {
        case .now: return ArraySlice(entries[...])
        case .asOf(let day):
            let end = days.last { $0.recordedOn <= day }?.end ?? 0
            return ArraySlice(entries[..<end])
        }
    }

    private mutating func mergeTail() {
        let tail = RadixSort.sorted(entries[unmerged...])
        entries.removeSubrange(unmerged...)
        for entry in tail {
            if entries.count > unmerged, entries[entries.count - 1].key == entry.key,
                entries[entries.count - 1].merge(entry)
            {
                continue
            }
            entries.append(entry)
        }
        // What was posted and taken out again on the same day leaves nothing.
        let kept = entries[unmerged...].filter { !$0.isNothing }
        entries.replaceSubrange(unmerged..., with: kept)
        unmerged = entries.count
        if !days.isEmpty { days[days.count - 1].end = entries.count }
    }
}
