import Testing

@testable import ChequebookHTTP

@Suite("A path")
struct RouteTableTests {
    @Test(
        "names one resource and the texts in it, percent-decoded",
        arguments: [
            ("/_ping", "ping", []), ("/v1/commissioners", "commissioners", []),
            ("/v1/commissioners/15E", "commissioner", ["15E"]),
            ("/v1/commissioners/totals", "commissioner", ["totals"]),
            ("/v1/commissioners/15E/totals", "commissionerTotals", ["15E"]),
            ("/v1/commissioners/15E/capitation-rates/2015-16", "ownRateCard", ["15E", "2015-16"]),
            ("/v1/capitation-rates/2015-16", "nationalRateCard", ["2015-16"]),
            ("/v1/cost-events", "costEvents", []), ("/v1/cost-events/uhb/A-1", "costEvent", ["uhb", "A-1"]),
            ("/v1/cost-events/%75hb/a%2Fb+c", "costEvent", ["uhb", "a/b+c"]), ("/v1/patients/*", "patient", ["*"]),
            ("/v1/patients/%C3%A9", "patient", ["é"]), ("/v1/patients/é/costs", "patientCosts", ["é"]),
        ])
    func match(path: String, resource: String, values: [String]) {
        let match = Match(path: path[...])
        #expect(match.map { "\($0.route.resource)" } == resource)
        #expect(match?.values == values)
    }

    @Test(
        "that is spelt in any other way names nothing",
        arguments: [
            "", "/", "*", "_ping", "//_ping", "/_ping/", "/_pin", "/_pingg", "/V1/totals", "/v1", "/v1/", "/v1//totals",
            "/v1/commissioners/", "/v1/commissioners//totals", "/v1/commissioners/15E/", "/v1/commissioners/15E/total",
            "/v1/commissioners/15E/totals/x", "/v1/cost-events/uhb", "/v1/cost-events/uhb/", "/v1/cost-events//A-1",
            "/v1/cost-events/a/b/c/d/e/f/g/h", "/v1/cost%2Devents", "/v1/patients/%", "/v1/patients/%2",
            "/v1/patients/%zz", "/v1/patients/%FF",
        ])
    func noMatch(path: String) {
        #expect(Match(path: path[...]) == nil)
    }

    @Test("is matched where it lies within a longer text")
    func substring() {
        let text = "x/v1/patients/9990000018?year"
        let path = text.dropFirst().prefix { $0 != "?" }
        #expect(Match(path: path)?.values == ["9990000018"])
    }
}
