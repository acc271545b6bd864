import Testing

/// Patients appear in the answers that are about them and nowhere else.
@Suite("NHS numbers")
struct PrivacyTests {
    /// Numbers of the range that nobody has, and three that are none: a wrong check digit, ten equal digits, nine.
    private static let numbers = NHSNumber.first(6) + ["9990000019", "9999999999", "999000001"]

    @Test("are in nothing that is printed, in no problem, no count, no header and no status")
    func nowhere() throws {
        let service = try ServiceProcess.withOnePatient()
        var leaks: [String: String] = [:]
        var client = try service.connect()
        for number in Self.numbers {
            let probe = PatientProbe(number: number)
            for request in probe.requests {
                let answer = try client.ask(request)
                let head = RawAnswer(status: answer.status, reason: answer.reason, headers: answer.headers)
                // The event or the patient that was asked for is shown; a problem or a count shows nobody.
                let isShown = answer.status < 300 && answer.text.contains("\"patient\":")
                if Self.isIn(isShown ? head : answer) {
                    leaks["\(request.method) \(request.target) \(String(decoding: request.body ?? [], as: UTF8.self))"] = answer.whole
                }
                if answer["Connection"] == "close" { client = try service.connect() }
            }
            for text in probe.broken {
                let broken = try service.connect()
                try broken.send(text)
                let answer = try broken.answer()
                if Self.isIn(answer) { leaks[text] = answer.whole }
            }
        }
        for target in ["/_status", "/_ping", "/v1/commissioners", "/v1/totals?year=2015-16&by=setting,group,month"] {
            let answer = try service.get(target)
            if Self.isIn(answer) { leaks[target] = answer.whole }
        }
        #expect(try service.terminate() == .code(0))
        let printed = service.printed
        for number in Self.numbers where printed.contains(number) { leaks["printed"] = printed }
        let list = leaks.map { "\($0.key)\n→ \($0.value)" }.sorted().prefix(20).joined(separator: "\n")
        #expect(leaks.isEmpty, "\(leaks.count) answers show a number that they should not:\n\(list)")
    }

    private static func isIn(_ answer: RawAnswer) -> Bool {
        let text = answer.whole
        return numbers.contains { text.contains($0) }
    }
}
