import CChecksum
import Glibc

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

    deinit {
        chequebook_sha256_stream_free(stream)
        scratch.deallocate()
    }

    /// The hash in front of a ledger's first commit, of its identity alone: two ledgers never have a head in common.
    func hash(of identity: LedgerIdentity) -> CommitHash {
        identity.bytes.span.bytes.withUnsafeBytes { scratch.copyMemory(from: $0) }
        return finish(LedgerIdentity.byteCount)
    }

    /// The hash of a commit.
    ///
    /// - Parameters:
    ///   - last: the chain through the commit before it.
    ///   - payload: its records in the frame's form, which has been checked.
    func hash(
        after last: Chain, recordedAtMicroseconds: Int64, recordCount: Int, payload: UnsafeRawBufferPointer
    ) -> CommitHash {
        guard let source = payload.baseAddress, let target = scratch.baseAddress else { return last.lastHash }
        last.lastHash.write(to: scratch)
        scratch.put(last.nextSequence, at: CommitHash.byteCount)
        scratch.put(recordedAtMicroseconds, at: CommitHash.byteCount + 8)
        scratch.put(UInt32(truncatingIfNeeded: recordCount), at: CommitHash.byteCount + 16)
        // Plain addresses: the records were checked, and this is done for each of them.
        var used = Self.preambleBytes
        var next = source
        for _ in 0..<recordCount {
            let byteCount = Int(UInt16(littleEndian: next.loadUnaligned(as: UInt16.self)))
            if Self.scratchBytes - used < JournalFormat.batchLengthBytes + byteCount {
                chequebook_sha256_stream_add(stream, target, used)
                used = 0
            }
            // The length stands first in the record's header, as it does here.
            memcpy(target + used, next, JournalFormat.batchLengthBytes)
            memcpy(target + used + JournalFormat.batchLengthBytes, next + JournalFormat.recordHeaderBytes, byteCount)
            used += JournalFormat.batchLengthBytes + byteCount
            next += JournalFormat.recordHeaderBytes + byteCount
        }
        return finish(used)
    }

    /// The hash of all that was added, and of the first bytes of what is gathered.
    private func finish(_ used: Int) -> CommitHash {
        chequebook_sha256_stream_add(stream, scratch.baseAddress, used)
        return withUnsafeTemporaryAllocation(byteCount: CommitHash.byteCount, alignment: 8) { bytes in
            chequebook_sha256_stream_finish(stream, bytes.bindMemory(to: UInt8.self).baseAddress)
            return CommitHash(UnsafeRawBufferPointer(bytes))
        }
    }
}
