/// What opening a journal may do to its files.
public enum JournalAccess: Sendable {
    /// Mend what a crash left, and append.
    case readWrite
    /// Nothing: every byte stays as it is.
    case readOnly
}
