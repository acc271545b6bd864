import ChequebookEngine
import ChequebookReports
import NIOCore

extension LedgerApplication {
    /// `/_status`: whether the service can be used, and why not; 503 when it cannot.
    var status: Response {
        let (journal, journalDetail) = journalStatus
        let checks: [(name: StaticString, status: Health, detail: String)] = [
            ("journal", journal, journalDetail),
            ("disk", disk.health, disk.detail),
            ("checkpoint", checkpointHealth, checkpointDetail),
            ("reconciliation", balance, balanceDetail),
            ("queue", queueHealth, "\(engine.queueByteCount) bytes wait to be written"),
        ]
        let worst = checks.map(\.status).max() ?? .pass
        let code: String? =
            if case .replaying = engine.state { ProblemCode.replaying.rawValue } else { nil }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("status", worst.word)
            if let code { writer.member("code", code) }
            writer.member("sequence", engine.published.sequence)
            writer.key("checks")
            writer.object { writer in
                for check in checks {
                    writer.key(check.name)
                    writer.object { writer in
                        writer.member("status", check.status.word)
                        writer.member("detail", check.detail)
                    }
                }
            }
        }
        writer.endLine()
        return Response(
            status: worst == .fail ? 503 : 200, contentType: .json,
            headers: code == nil ? [] : [("Retry-After", "1")], body: ByteBuffer(bytes: writer.bytes))
    }

    private var journalStatus: (Health, String) {
        switch engine.state {
        case .ready: (.pass, "writes and reads")
        case .replaying(let sequence): (.fail, "replaying, at record \(sequence)")
        case .readOnly(let reason): (.fail, "no writes since: \(reason)")
        case .failed(let reason): (.fail, reason)
        case .stopped: (.fail, "stopped")
        }
    }

    private var balance: Health { engine.differingYear == nil ? .pass : .fail }

    private var balanceDetail: String {
        engine.differingYear.map { "the sums of \($0) differ; see /v1/reconciliation?year=\($0)" } ?? "no sums differ"
    }

    private var checkpointHealth: Health { engine.checkpointState.failure == nil ? .pass : .warn }

    private var checkpointDetail: String {
        let state = engine.checkpointState
        if let failure = state.failure { return "none could be made, and a start takes longer without: \(failure)" }
        if state.isRunning { return "one is being written" }
        return state.lastSequence.map { "the newest stands for all records up to \($0)" } ?? "none yet"
    }

    private var queueHealth: Health { engine.isQueueCrowded ? .warn : .pass }
}
