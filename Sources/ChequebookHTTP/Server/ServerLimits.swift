/// What one server grants its clients. Every bound has its unit in its name; the values given here are the service's
/// own, and tests shrink them to meet each bound quickly.
public struct ServerLimits: Sendable {
    /// Request target and header fields together, names and values; more is answered with 431.
    public var headerBytesMax = 16_384
    /// Header fields of one request; llhttp calls back for each, so their number is bounded as well as their bytes.
    public var headerFieldsMax = 128
    /// The request target alone; more is answered with 414.
    public var targetBytesMax = 4_096
    /// Open connections; the next one gets a 503 and is closed.
    public var connectionsMax = 10_000
    /// Connections beyond the limit that get their 503 at one time; more are closed without a word, to save descriptors.
    public var refusalsMax = 256
    /// From an answer (or the connection's beginning) to the end of the next request's head.
    public var idleMillisecondsMax: Int64 = 60_000
    /// Without any byte of a body that is expected. Time in which the application paused reading is not counted.
    public var bodyStallMillisecondsMax: Int64 = 30_000
    /// Time over which a body's pace is judged, again and again; so it is also the grace at the beginning.
    public var bodyPaceMilliseconds: Int64 = 30_000
    /// A body that is slower in any such time has the look of an attack that holds connections.
    public var bodyBytesPerSecondMin: Int64 = 256
    /// Without any progress in sending to a client that does not read.
    public var writeStallMillisecondsMax: Int64 = 30_000
    /// After the last answer is sent, for the client to read it before the socket is gone.
    public var lingerMillisecondsMax: Int64 = 2_000
    /// The rest of a body that is read and thrown away to keep the connection; a longer one costs the connection.
    public var drainBytesMax = 65_536
    /// How often each event loop looks at its connections; every time above is exact to this much.
    public var sweepMilliseconds: Int64 = 1_000
    /// Connections that the kernel holds while the server is busy.
    public var backlogConnections: Int32 = 1_024

    /// The service's own limits.
    public init() {}
}
