import ChequebookJournal
import ChequebookLedger
import Synchronization

/// What is known of a ledger's checkpoints.
public struct CheckpointState: Sendable, Equatable {
    /// Whether one is being written.
    public internal(set) var isRunning = false
    /// The last record that the newest one stands for; nil if there is none.
    public internal(set) var lastSequence: UInt64?
    /// Why the last attempt came to nothing; nil if it did not.
    public internal(set) var failure: String?
}

/// Makes checkpoints between commits, one at a time. The ledger's thread owns it; what is long goes on beside it.
///
/// A checkpoint is due when so much of the journal has come since the last one that reading it again would take a while,
/// and at least half of what the checkpoint itself takes, so that the disk never has much more of checkpoints to write than
/// of the journal.
final class Checkpoints {
    private static let imageShare: UInt64 = 2

    private let store: CheckpointStore
    private let bytesMin: UInt64
    private let state = SharedState()
    private var imageBytes: UInt64
    private var bytesSince: UInt64 = 0
    /// Behind the commit applied last.
    private var point: JournalPoint?
    /// The one begun last, which may be finished by now.
    private var begun: (any StorageCapture)?

    private final class SharedState: Sendable {
        let cell = Mutex(CheckpointState())
    }

    /// - Parameters:
    ///   - bytesMin: of the journal, before the next checkpoint.
    ///   - restored: what the ledger was made from.
    init(_ store: CheckpointStore, bytesMin: Int, restored: CheckpointReader?) {
        self.store = store
        self.bytesMin = UInt64(bytesMin)
        imageBytes = restored?.imageBytes ?? 0
        state.cell.withLock { $0.lastSequence = restored?.lastSequence }
    }

    /// Tells the state, on any thread.
    var told: @Sendable () -> CheckpointState {
        { [state] in state.cell.withLock { $0 } }
    }

    /// Notes that a commit has been applied.
    func note(_ batch: CommittedBatch) {
        bytesSince += UInt64(batch.frameByteCount)
        point = batch.point
    }

    /// Begins a checkpoint of the ledger as it is, which is behind the commit noted last, if one is due.
    ///
    /// - Parameter inBackground: runs work that waits, somewhere else.
    func makeIfDue(_ ledger: Ledger, inBackground: (@escaping @Sendable () -> Void) -> Void) {
        guard bytesSince >= max(bytesMin, imageBytes / Self.imageShare), let point,
            !state.cell.withLock({ $0.isRunning })
        else { return }
        bytesSince = 0
        let image = ledger.image()
        imageBytes = UInt64(image.byteCount)
        do throws(StorageError) {
            let capture = try store.capture(image.pieces, at: point, imageVersion: LedgerImage.version)
            withExtendedLifetime(image) {}
            begun = capture
            state.cell.withLock { $0.isRunning = true }
            let lastSequence = point.lastSequence
            let finish: @Sendable () -> Void = { [store, state] in
                Self.finish(capture, in: store, lastSequence, state)
            }
            if capture.isWhole { finish() } else { inBackground(finish) }
        } catch {
            state.cell.withLock { $0.failure = "\(error)" }
        }
    }

    /// Gives up what is being written: a stop waits for no checkpoint, however large it is.
    func giveUp() { begun?.giveUp() }

    private static func finish(
        _ capture: any StorageCapture, in store: CheckpointStore, _ lastSequence: UInt64, _ state: SharedState
    ) {
        do throws(StorageError) {
            try capture.finish()
            try store.removeOld()
            state.cell.withLock { $0 = CheckpointState(lastSequence: lastSequence) }
        } catch {
            state.cell.withLock { state in
                state.isRunning = false
                state.failure = "\(error)"
            }
        }
    }
}

extension CheckpointReader {
    /// The newest checkpoint of which a ledger can be made, and that ledger.
    ///
    /// - Parameter unusable: gets the others that are newer, each with the reason.
    static func newestUsable(
        in store: CheckpointStore, reader: any RecordReader, unusable: inout [String]
    ) throws -> (ledger: Ledger, checkpoint: CheckpointReader)? {
        for name in try store.names() {
            do {
                let checkpoint = try store.open(name)
                guard checkpoint.imageVersion == LedgerImage.version else {
                    throw EngineError.otherImageVersion(supported: LedgerImage.version, found: checkpoint.imageVersion)
                }
                return (try Ledger(reader: reader, image: CheckpointImage(checkpoint)), checkpoint)
            } catch {
                unusable.append("\(name): \(error)")
            }
        }
        return nil
    }
}

private final class CheckpointImage: LedgerImageSource {
    private let checkpoint: CheckpointReader

    init(_ checkpoint: CheckpointReader) { self.checkpoint = checkpoint }

    var bytesLeft: UInt64 { checkpoint.bytesLeft }

    func read(into memory: UnsafeMutableRawBufferPointer) throws { try checkpoint.read(into: memory) }
}
