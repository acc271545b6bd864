/// What a path names.
enum Resource: CaseIterable {
    case ping, status, problem
    case commissioners, commissioner, registrations, commissionerTotals, ownRateCard
    case nationalRateCard, patient, costEvents, costEvent, totals

    /// The path; `*` stands for one segment of any text.
    var template: [Substring] {
        switch self {
        case .ping: ["_ping"]
        case .status: ["_status"]
        case .problem: ["problems", "*"]
        case .commissioners: ["v1", "commissioners"]
        case .commissioner: ["v1", "commissioners", "*"]
        case .registrations: ["v1", "commissioners", "*", "registrations"]
        case .commissionerTotals: ["v1", "commissioners", "*", "totals"]
        case .ownRateCard: ["v1", "commissioners", "*", "capitation-rates", "*"]
        case .nationalRateCard: ["v1", "capitation-rates", "*"]
        case .patient: ["v1", "patients", "*"]
        case .costEvents: ["v1", "cost-events"]
        case .costEvent: ["v1", "cost-events", "*", "*"]
        case .totals: ["v1", "totals"]
        }
    }

    /// The methods beside HEAD, which goes with GET, and OPTIONS.
    private var methods: [(method: Method, name: String)] {
        switch self {
        case .ping, .status, .problem, .commissioners, .commissionerTotals, .patient, .costEvent, .totals:
            [(.get, "GET")]
        case .commissioner, .ownRateCard, .nationalRateCard: [(.get, "GET"), (.put, "PUT")]
        case .registrations, .costEvents: [(.post, "POST")]
        }
    }

    func allows(_ method: Method) -> Bool {
        methods.contains { $0.method == method || ($0.method == .get && method == .head) }
    }

    /// The value of the `Allow` field.
    var allow: String {
        let names = methods.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.name] }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }

    /// The query parameters that it knows.
    var parameters: [String] {
        switch self {
        case .commissionerTotals, .totals: ["year", "through", "by", "format"]
        case .registrations: ["errors"]
        case .costEvents: ["errors", "atomic"]
        case .commissioners, .commissioner, .ownRateCard, .nationalRateCard, .patient, .costEvent: ["format"]
        case .ping, .status, .problem: []
        }
    }

    /// Whether it needs a ledger that is ready.
    var needsLedger: Bool { template[0] == "v1" }
}

/// A path's resource and the texts that stand for its `*`s, percent-decoded.
struct Match {
    let resource: Resource
    let values: [String]

    /// Nil when nothing is at the path. There is one spelling of each path: no trailing or doubled slash.
    init?(path: Substring) {
        guard path.first == "/" else { return nil }
        let segments = path.dropFirst().split(separator: "/", maxSplits: 6, omittingEmptySubsequences: false)
        for resource in Resource.allCases {
            let template = resource.template
            guard template.count == segments.count else { continue }
            let matches = zip(template, segments).allSatisfy { part, segment in
                part == "*" ? !segment.isEmpty : part == segment
            }
            guard matches else { continue }
            self.resource = resource
            values = zip(template, segments).filter { $0.0 == "*" }.compactMap { PercentCoding.decoded($0.1) }
            guard values.count == template.count(where: { $0 == "*" }) else { return nil }
            return
        }
        return nil
    }
}
