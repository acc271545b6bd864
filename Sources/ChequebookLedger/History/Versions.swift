public import ChequebookModel

/// When a question about the ledger is asked of.
public enum Moment: Hashable, Sendable {
    /// As things stand.
    case now
    /// As things stood after the last record of a day that is over.
    case asOf(CalendarDate)
}

/// A value and what it was at the end of each recorded day on which it changed.
///
/// Recorded days never go back, so a change appends or, on the same day, replaces the last entry.
struct Versions<Value> {
    private var entries: [(recordedOn: CalendarDate, value: Value)] = []

    /// Every value with the last day on which it was set, oldest first.
    var all: [(recordedOn: CalendarDate, value: Value)] { entries }

    /// The day of the first value.
    var firstDay: CalendarDate? { entries.first?.recordedOn }

    var current: Value? { entries.last?.value }

    mutating func set(_ value: Value, recordedOn: CalendarDate) {
        if let last = entries.indices.last, entries[last].recordedOn == recordedOn {
            entries[last].value = value
        } else {
            entries.append((recordedOn, value))
        }
    }

    func value(at moment: Moment) -> Value? {
        switch moment {
        case .now: return current
        case .asOf(let day):
            var low = 0
            var high = entries.count
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].recordedOn <= day { low = middle + 1 } else { high = middle }
            }
            return low == 0 ? nil : entries[low - 1].value
        }
    }
}

extension Versions<LastChange> {
    /// Notes that this record changed something.
    mutating func note(_ stamp: RecordStamp) {
        set(LastChange(sequence: stamp.sequence, recordedAt: stamp.recordedAt), recordedOn: stamp.recordedOn)
    }
}
