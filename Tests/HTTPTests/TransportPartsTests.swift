import Glibc
import NIOCore
import NIOEmbedded
import NIOPosix
import Synchronization
import Testing

@testable import ChequebookHTTP

@Suite("Small parts of the transport")
struct TransportPartsTests {
    @Test("tasks posted from another thread are done once, in their order, on the loop")
    func mailbox() throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let mailbox = LoopMailbox(eventLoop: loop)
        let done = Mutex<[Int]>([])
        for number in 0..<1_000 {
            mailbox.post {
                #expect(loop.inEventLoop)
                done.withLock { $0.append(number) }
            }
        }
        try loop.submit {}.wait()
        #expect(done.withLock { $0 } == Array(0..<1_000))
        try group.syncShutdownGracefully()
    }

    @Test("what is posted without waking the loop is done in its order once the loop is woken, round after round")
    func mailboxWoken() throws {
        let loop = EmbeddedEventLoop()
        let mailbox = LoopMailbox(eventLoop: loop)
        let done = Mutex<[Int]>([])
        struct Note: LoopTask {
            let number: Int
            let done: @Sendable (Int) -> Void
            func run() { done(number) }
        }
        func post(_ number: Int, wakes: Bool) {
            mailbox.post(Note(number: number) { number in done.withLock { $0.append(number) } }, wakes: wakes)
        }
        for round in 0..<3 {
            for number in 0..<4 { post(4 * round + number, wakes: false) }
            loop.run()
            #expect(done.withLock { $0.count } == 4 * round)
            mailbox.wake()
            mailbox.wake()
            loop.run()
            #expect(done.withLock { $0 } == Array(0..<4 * round + 4))
        }
        post(12, wakes: false)
        post(13, wakes: true)
        loop.run()
        mailbox.wake()
        loop.run()
        #expect(done.withLock { $0 } == Array(0..<14))
    }

    @Test("a date is written as RFC 9110 writes it")
    func date() {
        var second: time_t = 784_111_777
        var utc = tm()
        gmtime_r(&second, &utc)
        #expect(httpDate(utc) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test("a made-up id is written with all its digits")
    func requestID() {
        #expect(RequestID(high: 0x1A, low: 0xFEDC_BA98_7654_3210).description == "000000000000001afedcba9876543210")
    }

    @Test("the connection limit is met at it, passed by one, and beyond its refusals closed")
    func tally() {
        var limits = ServerLimits()
        limits.connectionsMax = 2
        limits.refusalsMax = 1
        let tally = ConnectionTally(limits: limits)
        let admissions = (0..<4).map { _ in tally.enter() }
        #expect(admissions == [.served, .served, .refused, .dropped])
        tally.leave()
        tally.leave()
        #expect(tally.enter() == .served)
    }

    @Test("only 127.0.0.0/8 and ::1 are loopback")
    func loopback() throws {
        for (text, isLoopback) in [
            ("127.0.0.0", true), ("127.255.255.255", true), ("126.255.255.255", false), ("128.0.0.0", false),
            ("::1", true), ("::2", false), ("1::1", false), ("::", false),
        ] {
            let address = try SocketAddress(ipAddress: text, port: 1)
            #expect(LoopbackAddress.isLoopback(address) == isLoopback)
        }
    }
}
