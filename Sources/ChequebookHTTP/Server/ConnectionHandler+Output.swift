import NIOCore

/// Answering, sending and ending.
extension ConnectionHandler {
    /// The application's answer, from the exchange.
    func respond(_ response: Response) {
        // Sending can call back into this handler, which must not begin the next request before this one is done.
        let wasProcessing = isProcessing
        isProcessing = true
        answer(response)
        isProcessing = wasProcessing
        processWaiting()
    }

    /// Ends the current request, or the connection without one, with a problem.
    func fail(_ refusal: Refusal) {
        if state.isIdle { frame = AnswerFrame(withoutRequest: loop.makeRequestID()) }
        refuse(refusal)
    }

    func refuse(_ refusal: Refusal) {
        switch state.failed() {
        case .none: return
        case .linger: return finishOutput(lingers: true)
        case .abortAndAnswer:
            exchange?.detach()
            takeConsumer()?.aborted()
        case .answer: exchange?.detach()
        }
        var response = application.problem(
            status: refusal.status, code: refusal.code, detail: refusal.detail, requestID: frame.requestID)
        if refusal.status == 503 { response.headers.append(("Retry-After", "1")) }
        answer(response)
    }

    private func answer(_ response: Response) {
        let action = state.answered()
        guard action != .none else { return }
        _ = takeConsumer()
        isPaused = false
        frame.isLast = action == .writeAndLinger
        send(response)
        switch action {
        case .none: break
        case .write: pace.began(now: loop.nowMilliseconds)
        case .writeAndServeNext: idleSinceMilliseconds = loop.nowMilliseconds
        case .writeAndLinger: finishOutput(lingers: true)
        }
    }

    private func send(_ response: Response) {
        let body = outbox.add(response, framedBy: frame, loop)
        if let body, let head = outbox.take() {
            context?.write(wrapOutboundOut(head), promise: nil)
            context?.writeAndFlush(wrapOutboundOut(body), promise: nil)
            loop.giveBack(head)
        } else if outbox.isFull {
            flush()
        }
    }

    func flush() {
        guard let bytes = outbox.take() else { return }
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        loop.giveBack(bytes)
    }

    /// Closes when everything is sent. Call once, when the state is over.
    ///
    /// Closing a socket that holds unread bytes resets it, and the client may lose the answer. So after an answer the
    /// output alone is closed, and the socket stays until the client has closed too or a short time is up.
    func finishOutput(lingers: Bool) {
        guard let context else { return }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            if case .success = result, lingers { self.linger() } else { self.cut() }
        }
        context.writeAndFlush(wrapOutboundOut(outbox.take() ?? ByteBuffer()), promise: promise)
        stopServing()
    }

    private func linger() {
        if hasInputEnded { return cut() }
        lingersUntilMilliseconds = loop.nowMilliseconds + loop.limits.lingerMillisecondsMax
        context?.close(mode: .output, promise: nil)
    }
}
