import NIOCore

/// What the passing of time and the end of the server do to a connection.
extension ConnectionHandler {
    /// The server shuts down.
    func quiesce() {
        if state.finishing() { finishOutput(lingers: false) }
    }

    /// Looks at the clock, once for each sweep.
    func sweep() {
        let now = loop.nowMilliseconds
        let limits = loop.limits
        if progress.isStalled(
            unsentBytes: unsentBytes, now: now, millisecondsMax: limits.writeStallMillisecondsMax)
        {
            return cut()
        }
        if state.isOver {
            if let lingersUntilMilliseconds, now > lingersUntilMilliseconds { cut() }
        } else if state.isReceiving {
            if pace.isTooSlow(now: now, limits: limits) { fail(.bodyTooSlow) }
        } else if state.isIdle, now - idleSinceMilliseconds > limits.idleMillisecondsMax {
            if hasPartialHead {
                fail(.headTooSlow)
            } else if state.finishing() {
                finishOutput(lingers: false)
            }
        }
    }

    private var unsentBytes: Int {
        let options = context?.channel.syncOptions
        return (try? options?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Closes now, whatever is under way.
    func cut() {
        context?.close(promise: nil)
    }
}
