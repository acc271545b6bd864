import CChecksum

/// Reckons the hashes of commits, one after the other.
///
/// What goes into a hash is what was committed and not how it lies in the file: the hash before, the commit's sequence,
/// instant and number of records, and each record with its length. So the same history has the same hashes in every
/// version of the format. `docs/JOURNAL_FORMAT.md` has it byte by byte.
///
/// `@unchecked Sendable`: one thread at a time uses it, as the owner of the journal or of its opening.
final class CommitHasher: @unchecked Sendable {
    /// Records are gathered here first: a piece costs more than copying a small record.
    private static let scratchBytes = 128 << 10
    private static let preambleBytes = CommitHash.byteCount + 8 + 8 + 4

    private let stream = chequebook_sha256_stream_create()
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: scratchBytes, alignment: 64)
    private var used = 0

    deinit {
        chequebook_sha256_stream_free(stream)
        scratch.deallocate()
    }

    /// The hash in front of a ledger's first commit, of its identity alone: two ledgers never have a head in common.
    func hash(of identity: LedgerIdentity) -> CommitHash {
        identity.bytes.span.bytes.withUnsafeBytes { scratch.copyMemory(from: $0) }
        used = LedgerIdentity.byteCount
        return finish()
    }

    /// The hash of a commit.
    ///
    /// - Parameters:
    ///   - last: the chain through the commit before it.
    ///   - payload: its records in the frame's form, which has been checked.
    func hash(
        after last: Chain, recordedAtMicroseconds: Int64, recordCount: Int, payload: UnsafeRawBufferPointer
    ) -> CommitHash {
        last.lastHash.write(to: scratch)
        scratch.put(last.nextSequence, at: CommitHash.byteCount)
        scratch.put(recordedAtMicroseconds, at: CommitHash.byteCount + 8)
        scratch.put(UInt32(truncatingIfNeeded: recordCount), at: CommitHash.byteCount + 16)
        used = Self.preambleBytes
        var offset = 0
        for _ in 0..<recordCount {
            let start = offset + JournalFormat.recordHeaderBytes
            let end = start + RecordHeader(payload, at: offset).byteCount
            if Self.scratchBytes - used < JournalFormat.batchLengthBytes + end - start { flush() }
            scratch.put(UInt16(truncatingIfNeeded: end - start), at: used)
            used += JournalFormat.batchLengthBytes
            scratch.slice(used..<used + end - start).copyMemory(from: payload.slice(start..<end))
            used += end - start
            offset = end
        }
        return finish()
    }

    private func flush() {
        chequebook_sha256_stream_add(stream, scratch.baseAddress, used)
        used = 0
    }

    private func finish() -> CommitHash {
        flush()
        return withUnsafeTemporaryAllocation(byteCount: CommitHash.byteCount, alignment: 8) { bytes in
            chequebook_sha256_stream_finish(stream, bytes.bindMemory(to: UInt8.self).baseAddress)
            return CommitHash(UnsafeRawBufferPointer(bytes))
        }
    }
}
