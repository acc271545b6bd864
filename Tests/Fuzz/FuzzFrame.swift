import ChequebookJournal

/// A journal whose first segment holds any bytes behind its header opens or is refused, and never crashes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrame(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let storage = MemoryStorage()
    let sizes = JournalConfiguration(segmentBytesMax: 65_536, commitBytesMax: 16_384)
    guard let identity = LedgerIdentity(bytes: [UInt8](repeating: 7, count: 16)),
        let journal = try? Journal.open(
            storage: storage, configuration: sizes, ledgerIdentity: identity, replay: { _ in }
        ).journal,
        (try? journal.append([RecordBatch(bytes: [2, 0, 1, 2], count: 1)], recordedAtMicroseconds: 1)) != nil,
        (try? journal.close()) != nil,
        // In a journal that was closed nothing is torn: every other input meets one that was not.
        count % 2 == 0 || (try? storage.remove("closed")) != nil,
        let name = storage.names().first(where: { $0.hasSuffix(".segment") }),
        var segment = storage.contents(of: name)
    else { preconditionFailure("a new journal cannot be made") }
    // The first two bytes choose where the others go, so that headers and payloads of the first commit are met.
    let place = count < 2 ? 4_096 : 4_096 + (Int(bytes[0]) | Int(bytes[1]) << 8) % 8_192
    for index in 2..<max(2, min(count, segment.count - place)) { segment[place + index - 2] = bytes[index] }
    storage.replace(name, with: segment)
    var records = 0
    let opened = try? Journal.open(storage: storage, configuration: sizes, ledgerIdentity: identity) { batch in
        batch.forEachRecord { record in records += record.payload.count }
    }
    if let opened {
        let next = (opened.journal.lastRecordedAtMicroseconds ?? 0) + 1
        precondition(
            next <= 0
                || (try? opened.journal.append(
                    [RecordBatch(bytes: [1, 0, 9], count: 1)], recordedAtMicroseconds: next)) != nil,
            "a journal that opens takes a commit")
    }
    return 0
}
