import Glibc
import NIOCore

/// What the connections of one event loop share: a coarse clock, the fields of every answer, ids, spare buffers, and
/// the list of themselves. Confined to its loop.
final class LoopContext {
    let eventLoop: any EventLoop
    let mailbox: LoopMailbox
    let limits: ServerLimits
    /// Milliseconds of a monotonic clock, read once for each sweep.
    private(set) var nowMilliseconds: Int64
    /// `Date` and the other fields that are the same for every answer of this second.
    private(set) var sharedFields = ByteBuffer()
    private(set) var isQuiescing = false
    private let tally: ConnectionTally
    private var ids: RequestIDGenerator
    private var secondOfDate: time_t?
    private var connections: [ConnectionHandler] = []
    private var spareBuffers: [ByteBuffer] = []
    private var sweeping: RepeatedTask?
    private var drained: EventLoopPromise<Void>?

    private static let spareBuffersMax = 16
    private static let spareBufferBytesMax = 131_072

    init(eventLoop: any EventLoop, limits: ServerLimits, tally: ConnectionTally) {
        self.eventLoop = eventLoop
        self.tally = tally
        self.limits = limits
        mailbox = LoopMailbox(eventLoop: eventLoop)
        nowMilliseconds = Self.readClock()
        var system = SystemRandomNumberGenerator()
        ids = RequestIDGenerator(using: &system)
        refreshDate()
        let interval = TimeAmount.milliseconds(limits.sweepMilliseconds)
        // The task holds the context, and `stop` ends the task: no cycle outlives the server.
        let context = NIOLoopBound(self, eventLoop: eventLoop)
        sweeping = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            context.value.sweep()
        }
    }

    func makeRequestID() -> RequestID {
        ids.next()
    }

    /// Lists a connection that the tally has counted in.
    func add(_ connection: ConnectionHandler) {
        connection.place = connections.count
        connections.append(connection)
    }

    func remove(_ connection: ConnectionHandler) {
        tally.leave()
        let last = connections.removeLast()
        if last !== connection {
            last.place = connection.place
            connections[connection.place] = last
        }
        if connections.isEmpty {
            drained?.succeed()
            drained = nil
        }
    }

    /// Connections write into buffers from here, so that a quiet connection holds none and a busy one allocates none.
    func takeBuffer() -> ByteBuffer {
        guard var buffer = spareBuffers.popLast() else { return ByteBufferAllocator().buffer(capacity: 4_096) }
        buffer.clear()
        return buffer
    }

    func giveBack(_ buffer: ByteBuffer) {
        guard spareBuffers.count < Self.spareBuffersMax, buffer.capacity <= Self.spareBufferBytesMax else { return }
        spareBuffers.append(buffer)
    }

    /// Ends idle connections now and the others after their current answer; what is left after the deadline is cut.
    func quiesce(deadlineSeconds: Int64, drained promise: EventLoopPromise<Void>) {
        isQuiescing = true
        guard !connections.isEmpty else { return promise.succeed() }
        drained = promise
        forEachConnection { $0.quiesce() }
        eventLoop.assumeIsolated().scheduleTask(in: .seconds(deadlineSeconds)) {
            self.forEachConnection { $0.cut() }
        }
    }

    func stop() {
        sweeping?.cancel()
        sweeping = nil
    }

    /// One pass over all connections stands in for a timer in each of them.
    private func sweep() {
        nowMilliseconds = Self.readClock()
        refreshDate()
        forEachConnection { $0.sweep() }
    }

    /// From the last to the first, because a connection that goes is replaced by the last one, which has had its turn.
    private func forEachConnection(_ body: (ConnectionHandler) -> Void) {
        for place in connections.indices.reversed() where place < connections.count {
            body(connections[place])
        }
    }

    private static func readClock() -> Int64 {
        Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000)
    }

    private func refreshDate() {
        var second = time(nil)
        guard second != secondOfDate else { return }
        secondOfDate = second
        var utc = tm()
        gmtime_r(&second, &utc)
        sharedFields.clear()
        sharedFields.writeString("Date: \(httpDate(utc))\r\n")
        sharedFields.writeStaticString("X-Content-Type-Options: nosniff\r\n")
    }
}

/// RFC 9110, 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
func httpDate(_ utc: tm) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
    return "\(days[Int(utc.tm_wday)]), \(two(utc.tm_mday)) \(months[Int(utc.tm_mon)]) \(utc.tm_year + 1900) "
        + "\(two(utc.tm_hour)):\(two(utc.tm_min)):\(two(utc.tm_sec)) GMT"
}
