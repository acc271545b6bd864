/// What a path names.
enum Resource: CaseIterable {
    case ping, status, problem
    case commissioners, commissioner, registrations, succession, commissionerTotals, ownRateCard, listSizes
    case nationalRateCard, patients, patient, patientCosts, reconciliation, costEvents, costEvent, totals
    case ledgerHead

    /// The path; `*` stands for one segment of any text.
    fileprivate var template: StaticString {
        switch self {
        case .ping: "/_ping"
        case .status: "/_status"
        case .problem: "/problems/*"
        case .commissioners: "/v1/commissioners"
        case .commissioner: "/v1/commissioners/*"
        case .registrations: "/v1/commissioners/*/registrations"
        case .succession: "/v1/commissioners/*/succession"
        case .commissionerTotals: "/v1/commissioners/*/totals"
        case .ownRateCard: "/v1/commissioners/*/capitation-rates/*"
        case .listSizes: "/v1/commissioners/*/list-sizes/*"
        case .nationalRateCard: "/v1/capitation-rates/*"
        case .patients: "/v1/patients"
        case .patient: "/v1/patients/*"
        case .patientCosts: "/v1/patients/*/costs"
        case .reconciliation: "/v1/reconciliation"
        case .costEvents: "/v1/cost-events"
        case .costEvent: "/v1/cost-events/*/*"
        case .totals: "/v1/totals"
        case .ledgerHead: "/v1/ledger/head"
        }
    }

    /// The methods beside HEAD, which goes with GET, and OPTIONS.
    fileprivate var methods: [(method: Method, name: String)] {
        switch self {
        case .ping, .status, .problem, .commissioners, .commissionerTotals, .patient, .patientCosts, .reconciliation,
            .costEvent, .totals, .ledgerHead:
            [(.get, "GET")]
        case .commissioner, .ownRateCard, .listSizes, .nationalRateCard: [(.get, "GET"), (.put, "PUT")]
        case .registrations, .succession, .patients, .costEvents: [(.post, "POST")]
        }
    }

    /// The query parameters that it knows.
    fileprivate var parameters: [String] {
        switch self {
        case .commissionerTotals: ["year", "through", "asOf", "by", "view", "boundaries", "include", "format", "bom"]
        case .totals: ["year", "through", "asOf", "by", "boundaries", "include", "format", "bom"]
        case .registrations: ["errors"]
        case .patientCosts: ["year", "limit", "cursor", "format", "bom"]
        case .reconciliation: ["year", "format", "bom"]
        case .costEvents: ["errors", "atomic"]
        case .commissioners, .commissioner, .ownRateCard, .listSizes, .nationalRateCard, .patient, .costEvent,
            .ledgerHead:
            ["format", "bom"]
        case .ping, .status, .problem, .succession, .patients: []
        }
    }
}

/// A resource with all that is known of it, made once: a request only looks things up.
final class Route: Sendable {
    private static let all = Resource.allCases.map(Route.init)

    let resource: Resource
    private let template: StaticString
    /// The query parameters that it knows.
    let parameters: [String]
    /// The value of the `Allow` field.
    let allow: String
    /// Whether it needs a ledger that is ready.
    let needsLedger: Bool
    private let methods: [Method]

    private init(_ resource: Resource) {
        self.resource = resource
        template = resource.template
        parameters = resource.parameters
        needsLedger = "\(template)".hasPrefix("/v1/")
        methods = resource.methods.flatMap { $0.method == .get ? [.get, .head] : [$0.method] }
        let names = resource.methods.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.name] }
        allow = (names + ["OPTIONS"]).joined(separator: ", ")
    }

    func allows(_ method: Method) -> Bool { methods.contains(method) }

    /// The route of a path; nil when nothing is there.
    static func at(_ path: UnsafeBufferPointer<UInt8>) -> Route? {
        all.first { $0.fits(path) { _ in } }
    }

    /// Whether the path is this route's; `text` is told where the texts lie that stand for the `*`s.
    func fits(_ path: UnsafeBufferPointer<UInt8>, text: (Range<Int>) -> Void) -> Bool {
        var end = 0
        for byte in UnsafeBufferPointer(start: template.utf8Start, count: template.utf8CodeUnitCount) {
            let start = end
            if byte == UInt8(ascii: "*") {
                while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
                guard end > start else { return false }
                text(start..<end)
            } else {
                guard end < path.count, path[end] == byte else { return false }
                end += 1
            }
        }
        return end == path.count
    }
}

/// A path's route and the texts that stand for its `*`s, percent-decoded.
struct Match {
    let route: Route
    let values: [String]

    /// Nil when nothing is at the path. There is one spelling of each path: no trailing or doubled slash.
    init?(path: Substring) {
        var path = path
        let found = path.withUTF8 { bytes in
            Route.at(bytes).map { route in
                var texts: [Substring] = []
                _ = route.fits(bytes) { texts.append(Substring(decoding: bytes[$0], as: UTF8.self)) }
                return (route, texts)
            }
        }
        guard let (route, texts) = found else { return nil }
        let values = texts.compactMap { PercentCoding.decoded($0) }
        guard values.count == texts.count else { return nil }
        (self.route, self.values) = (route, values)
    }
}
