/// What opening a journal may do to its files.
public enum JournalAccess: Sendable {
    /// Mend what a crash left, and append.
    case readWrite
    /// Nothing: every byte stays as it is.
    case readOnly
    /// Nothing, beside a process that may be writing: what is read is a prefix of what it writes, and durable at the end.
    case beside
    /// Nothing, and what files beside the segments say of them is not believed: for what is damaged.
    case salvage
}
