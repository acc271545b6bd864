import Testing

/// Patients appear in the answers that are about them and nowhere else.
@Suite("NHS numbers")
struct PrivacyTests {
    /// Numbers of the range that nobody has, and two that are none: a wrong check digit, ten equal digits.
    private static let probes = (NHSNumber.first(6) + ["9990000019", "9999999999"]).map { PatientProbe(number: $0) }

    @Test("are in nothing that is printed, in no problem, no count, no header and no status")
    func nowhere() throws {
        let service = try ServiceProcess.withOnePatient()
        var leaks: Set<String> = []
        var shown = 0
        var client = try service.connect()
        for probe in Self.probes {
            for request in probe.requests {
                var answer = try client.ask(request)
                let isLast = answer["Connection"] == "close"
                // The event or the patient that was asked for is shown; a problem or a count shows nobody.
                if answer.status < 300, answer.text.contains("\"patient\":") {
                    shown += 1
                    answer.body = []
                }
                if Self.isIn(answer.whole) {
                    let body = String(decoding: request.body ?? [], as: UTF8.self)
                    leaks.insert(Self.masked("\(request.method) \(request.target) \(body)\n→ \(answer.text)"))
                }
                if isLast { client = try service.connect() }
            }
            for text in probe.broken {
                let broken = try service.connect()
                try broken.send(text)
                let answer = try broken.answer()
                if Self.isIn(answer.whole) { leaks.insert(Self.masked("\(text)\n→ \(answer.whole)")) }
            }
        }
        for target in ["/_status", "/_ping", "/v1/commissioners", "/v1/totals?year=2015-16&by=setting,group,month"] {
            let answer = try service.get(target)
            if Self.isIn(answer.whole) { leaks.insert(Self.masked("\(target)\n→ \(answer.whole)")) }
        }
        #expect(shown > 0, "not even who asked for a patient was shown one")
        #expect(try service.terminate() == .code(0))
        if Self.isIn(service.printed) { leaks.insert(Self.masked("printed: \(service.printed)")) }
        // Counted outside the macro, which would print every one of them.
        let count = leaks.count
        #expect(count == 0, "these show a number N:\n\(leaks.sorted().prefix(5).joined(separator: "\n"))")
    }

    private static func isIn(_ text: String) -> Bool {
        probes.contains { text.contains($0.number) || text.contains($0.spaced) }
    }

    /// The text with N for every number, and without the request's own id, so that equal leaks are one.
    private static func masked(_ text: String) -> String {
        probes.reduce(text) { text, probe in
            text.replacing(probe.number, with: "N").replacing(probe.spaced, with: "N N N")
        }.replacing(/[0-9a-f]{32}/, with: "…")
    }
}
