import Testing

@testable import ChequebookHTTP

@Suite("The state of a connection")
struct ConnectionStateTests {
    private func state(
        drainBytesMax: Int = 100, _ length: BodyLength, keepAlive: Bool = true, awaitsContinue: Bool = false
    ) -> ConnectionState {
        var state = ConnectionState(drainBytesMax: drainBytesMax)
        state.began(length, keepAlive: keepAlive, awaitsContinue: awaitsContinue)
        return state
    }

    @Test("an answer before the end of the request lets the next one wait for that end")
    func answerFirst() {
        var state = state(.none)
        #expect(state.isAnswerDue)
        #expect(state.answered() == .write)
        #expect(!state.isIdle)
        #expect(state.ended() == .serveNext)
        #expect(state.isIdle)
    }

    @Test("an answer after the end of the request serves the next one at once")
    func endFirst() {
        var state = state(.none)
        #expect(state.ended() == .none)
        #expect(state.answered() == .writeAndServeNext)
    }

    @Test("a request is answered once")
    func onlyOnce() {
        var state = state(.none)
        #expect(state.answered() == .write)
        #expect(state.answered() == .none)
    }

    @Test("a request that asks for it is the last")
    func lastRequest() {
        var state = state(.none, keepAlive: false)
        #expect(state.ended() == .none)
        #expect(state.answered() == .writeAndLinger)
        #expect(state.isOver)
    }

    @Test("a wanted body is delivered, and its end")
    func delivery() {
        var state = state(.declared(10))
        #expect(state.admittedBody(bytesMax: 10) == .none)
        #expect(state.received(bytes: 10) == .deliver)
        #expect(state.ended() == .deliverEnd)
        #expect(state.answered() == .writeAndServeNext)
    }

    @Test("100 Continue is sent when the body is taken, and only if there is one")
    func continuing() {
        var state = state(.chunked, awaitsContinue: true)
        #expect(state.admittedBody(bytesMax: 10) == .sendContinue)
        var empty = self.state(.none, awaitsContinue: true)
        #expect(empty.admittedBody(bytesMax: 10) == .none)
    }

    @Test("an answer in place of 100 Continue is the last, because the body may come or not")
    func refusedExpectation() {
        var state = state(.declared(1), awaitsContinue: true)
        #expect(state.answered() == .writeAndLinger)
    }

    @Test("a declared length is allowed at the limit and refused one past it, before the body comes")
    func declaredLimit() {
        var at = state(.declared(10))
        #expect(at.admittedBody(bytesMax: 10) == .none)
        var past = state(.declared(11))
        #expect(past.admittedBody(bytesMax: 10) == .refuseTooLarge)
        #expect(past.failed() == .abortAndAnswer)
        #expect(past.answered() == .writeAndLinger)
    }

    @Test("a chunked body is allowed at the limit and refused one past it")
    func chunkedLimit() {
        var state = state(.chunked)
        #expect(state.admittedBody(bytesMax: 10) == .none)
        #expect(state.received(bytes: 10) == .deliver)
        #expect(state.received(bytes: 1) == .refuseTooLarge)
    }

    @Test("the rest of an answered request is drained at the limit, and costs the connection one past it")
    func declaredDrain() {
        var at = state(.declared(100))
        #expect(at.answered() == .write)
        #expect(at.received(bytes: 100) == .discard)
        #expect(at.ended() == .serveNext)
        var past = state(.declared(101))
        #expect(past.answered() == .writeAndLinger)
    }

    @Test("what has been delivered before an early answer does not count as rest")
    func partlyDelivered() {
        var state = state(.declared(150))
        #expect(state.admittedBody(bytesMax: 1_000) == .none)
        #expect(state.received(bytes: 50) == .deliver)
        #expect(state.answered() == .write)
        #expect(state.received(bytes: 100) == .discard)
        #expect(state.ended() == .serveNext)
    }

    @Test("a chunked rest is drained at the limit, and given up one past it")
    func chunkedDrain() {
        var state = state(.chunked)
        #expect(state.answered() == .write)
        #expect(state.received(bytes: 100) == .discard)
        #expect(state.received(bytes: 1) == .linger)
        #expect(state.isOver)
    }

    @Test("a malformed body aborts the application's reading, and is answered once")
    func malformedBody() {
        var state = state(.chunked)
        #expect(state.admittedBody(bytesMax: 10) == .none)
        #expect(state.failed() == .abortAndAnswer)
        #expect(state.answered() == .writeAndLinger)
        #expect(state.failed() == .none)
        #expect(state.closed() == false)
    }

    @Test("a malformed rest after the answer gets no second answer")
    func malformedRest() {
        var state = state(.chunked)
        #expect(state.answered() == .write)
        #expect(state.failed() == .linger)
    }

    @Test("a malformed head is answered, and the connection ends")
    func malformedHead() {
        var state = ConnectionState(drainBytesMax: 100)
        #expect(state.failed() == .answer)
        #expect(state.answered() == .writeAndLinger)
    }

    @Test("a connection that is lost aborts a body that was being delivered, and nothing else")
    func lost() {
        var delivering = state(.chunked)
        #expect(delivering.admittedBody(bytesMax: 10) == .none)
        #expect(delivering.closed() == true)
        #expect(delivering.closed() == false)
        var complete = state(.chunked)
        #expect(complete.admittedBody(bytesMax: 10) == .none)
        #expect(complete.ended() == .deliverEnd)
        #expect(complete.closed() == false)
    }

    @Test("when the server finishes, an idle connection goes at once and a busy one after its answer")
    func finishing() {
        var idle = ConnectionState(drainBytesMax: 100)
        #expect(idle.finishing() == true)
        #expect(idle.isOver)
        var busy = state(.none)
        #expect(busy.finishing() == false)
        #expect(busy.answered() == .writeAndLinger)
        var draining = state(.declared(5))
        #expect(draining.answered() == .write)
        #expect(draining.finishing() == false)
        #expect(draining.ended() == .linger)
    }
}

@Suite("The pace of a body")
struct BodyPaceTests {
    private let limits = ServerLimits()

    @Test("silence is allowed for thirty seconds and not a millisecond more")
    func stall() {
        var pace = BodyPace()
        pace.began(now: 5)
        pace.received(bytes: 100_000, now: 1_005)
        let atLimit = pace.isTooSlow(now: 31_005, limits: limits)
        #expect(!atLimit)
        let past = pace.isTooSlow(now: 31_006, limits: limits)
        #expect(past)
    }

    @Test("256 bytes a second are fast enough, one byte less in the whole time is not")
    func rate() {
        for (bytes, isTooSlow) in [(7_937, false), (7_936, false), (7_935, true)] {
            var pace = BodyPace()
            pace.began(now: 0)
            pace.received(bytes: bytes - 1, now: 10_000)
            pace.received(bytes: 1, now: 20_000)
            // 31 s x 256 bytes/s = 7,936 bytes.
            let verdict = pace.isTooSlow(now: 31_000, limits: limits)
            #expect(verdict == isTooSlow)
        }
    }

    @Test("a fast beginning does not pay for a slow rest")
    func windows() {
        var pace = BodyPace()
        pace.began(now: 0)
        pace.received(bytes: 1_000_000, now: 29_000)
        let first = pace.isTooSlow(now: 31_000, limits: limits)
        #expect(!first)
        pace.received(bytes: 1, now: 50_000)
        let second = pace.isTooSlow(now: 62_000, limits: limits)
        #expect(second)
    }

    @Test("time in which the server did not read is not the client's")
    func pauses() {
        var pace = BodyPace()
        pace.began(now: 0)
        pace.paused(now: 1_000)
        let paused = pace.isTooSlow(now: 1_000_000, limits: limits)
        #expect(!paused)
        pace.resumed(now: 1_000_000)
        let resumed = pace.isTooSlow(now: 1_020_000, limits: limits)
        #expect(!resumed)
    }

    @Test("a client that takes nothing for too long is stalled, one that takes a little is not")
    func writes() {
        var progress = WriteProgress()
        for (unsent, now, isStalled) in [
            (500, 0, false), (500, 30, false), (499, 31, false), (499, 61, false), (499, 62, true),
        ] {
            let verdict = progress.isStalled(unsentBytes: unsent, now: Int64(now), millisecondsMax: 30)
            #expect(verdict == isStalled)
        }
    }
}
