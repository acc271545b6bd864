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
/// Appending costs a few nanoseconds. Entries of one day with the same key are merged when enough of them have gathered,
/// and all of a day's when it is over, so that it grows with distinct changes and not with events.
struct DayLog<Entry: LogEntry> {
    /// So many entries are sorted at once: less than a millisecond.
    private static var runCount: Int { 32_768 }

    var entries: ContiguousArray<Entry> = []
    /// Where the entries of each recorded day end; the last day is still open.
    var days: [(recordedOn: CalendarDate, end: Int)] = []
    /// Where the sorted runs of the open day begin, each more than twice as long as the next: so an entry is merged
    /// again only as often as its day doubles.
    var runs: [Int] = []
    /// Entries from here on are in no run yet.
    var unsorted = 0

    var count: Int { entries.count }

    mutating func append(_ entry: Entry, recordedOn: CalendarDate) {
        if days.last?.recordedOn != recordedOn {
            closeDay()
            days.append((recordedOn, entries.count))
        } else if entries.count - unsorted >= Self.runCount {
            makeRun()
            while runs.count > 1,
                entries.count - runs[runs.count - 1] >= (runs[runs.count - 1] - runs[runs.count - 2]) / 2
            {
                joinLastRuns()
            }
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

    private mutating func closeDay() {
        makeRun()
        while runs.count > 1 { joinLastRuns() }
        runs = []
    }

    /// Sorts what has gathered.
    private mutating func makeRun() {
        guard unsorted < entries.count else { return }
        let gathered = RadixSort.sorted(entries[unsorted...])
        entries.removeSubrange(unsorted...)
        runs.append(unsorted)
        for entry in gathered { put(entry, behind: unsorted) }
        endRun(from: unsorted)
    }

    private mutating func joinLastRuns() {
        let middle = runs.removeLast()
        guard let start = runs.last else { return }
        let (left, right) = (ContiguousArray(entries[start..<middle]), ContiguousArray(entries[middle...]))
        entries.removeSubrange(start...)
        var next = 0
        for entry in left {
            while next < right.count, right[next].key < entry.key {
                put(right[next], behind: start)
                next += 1
            }
            put(entry, behind: start)
        }
        for entry in right[next...] { put(entry, behind: start) }
        endRun(from: start)
    }

    /// Adds an entry to a run, as one with the last if it can be.
    private mutating func put(_ entry: Entry, behind start: Int) {
        let last = entries.count - 1
        if last >= start, entries[last].key == entry.key, entries[last].merge(entry) { return }
        entries.append(entry)
    }

    /// What was posted and taken out again on the same day leaves nothing.
    private mutating func endRun(from start: Int) {
        let kept = entries[start...].filter { !$0.isNothing }
        if kept.count < entries.count - start { entries.replaceSubrange(start..., with: kept) }
        if start == entries.count { runs.removeLast() }
        unsorted = entries.count
        if !days.isEmpty { days[days.count - 1].end = entries.count }
    }
}
