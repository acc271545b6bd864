/// What opening a journal may do to its files.
public enum JournalAccess: Sendable {
    /// Mend what a crash left, and append.
    case readWrite
    /// Nothing: every byte stays as it is.
    case readOnly
    /// Nothing, beside a process that may be writing: what is read is a prefix of what it writes.
    case beside
}
