/// What a path names.
enum Resource: CaseIterable {
    case ping, status, problem
    case commissioners, commissioner, registrations, succession, commissionerTotals, ownRateCard, listSizes
    case nationalRateCard, patients, patient, patientCosts, reconciliation, costEvents, costEvent, totals
    case ledgerHead

    /// The path; `*` stands for one segment of any text.
    fileprivate var template: [Substring] {
        switch self {
        case .ping: ["_ping"]
        case .status: ["_status"]
        case .problem: ["problems", "*"]
        case .commissioners: ["v1", "commissioners"]
        case .commissioner: ["v1", "commissioners", "*"]
        case .registrations: ["v1", "commissioners", "*", "registrations"]
        case .succession: ["v1", "commissioners", "*", "succession"]
        case .commissionerTotals: ["v1", "commissioners", "*", "totals"]
        case .ownRateCard: ["v1", "commissioners", "*", "capitation-rates", "*"]
        case .listSizes: ["v1", "commissioners", "*", "list-sizes", "*"]
        case .nationalRateCard: ["v1", "capitation-rates", "*"]
        case .patients: ["v1", "patients"]
        case .patient: ["v1", "patients", "*"]
        case .patientCosts: ["v1", "patients", "*", "costs"]
        case .reconciliation: ["v1", "reconciliation"]
        case .costEvents: ["v1", "cost-events"]
        case .costEvent: ["v1", "cost-events", "*", "*"]
        case .totals: ["v1", "totals"]
        case .ledgerHead: ["v1", "ledger", "head"]
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
struct Route {
    static let all = Resource.allCases.map(Route.init)

    let resource: Resource
    let template: [Substring]
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
        needsLedger = template[0] == "v1"
        methods = resource.methods.flatMap { $0.method == .get ? [.get, .head] : [$0.method] }
        let names = resource.methods.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.name] }
        allow = (names + ["OPTIONS"]).joined(separator: ", ")
    }

    func allows(_ method: Method) -> Bool { methods.contains(method) }
}

/// A path's route and the texts that stand for its `*`s, percent-decoded.
struct Match {
    let route: Route
    let values: [String]

    /// Nil when nothing is at the path. There is one spelling of each path: no trailing or doubled slash.
    init?(path: Substring) {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let segments = path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), maxSplits: 6, omittingEmptySubsequences: false
        ).map { Substring($0) }
        guard let route = Route.all.first(where: { Self.fits($0.template, segments) }) else { return nil }
        self.route = route
        var values: [String] = []
        for (part, segment) in zip(route.template, segments) where part == "*" {
            guard let value = PercentCoding.decoded(segment) else { return nil }
            values.append(value)
        }
        self.values = values
    }

    private static func fits(_ template: [Substring], _ segments: [Substring]) -> Bool {
        guard template.count == segments.count else { return false }
        for (part, segment) in zip(template, segments) where part != segment {
            guard part == "*", !segment.isEmpty else { return false }
        }
        return true
    }
}
