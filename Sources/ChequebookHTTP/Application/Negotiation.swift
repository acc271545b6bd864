import ChequebookReports
import NIOHTTP1

/// What the client sends and takes, by RFC 9110.
enum Negotiation {
    enum BodyForm {
        case json, ndjson, csv

        fileprivate var type: StaticString {
            switch self {
            case .json: "application/json"
            case .ndjson: "application/x-ndjson"
            case .csv: "text/csv"
            }
        }
    }

    /// The form that the client wants most by its `Accept`, JSON when it is all the same; nil when it takes none.
    ///
    /// The most precise range decides for each form, as RFC 9110 has it in 12.5.1.
    static func acceptedForm(_ headers: HTTPHeaders) -> AnswerForm? {
        guard let ranges = ranges(headers) else { return .json }
        var best: (form: AnswerForm, weight: Int)?
        for form in AnswerForm.allCases {
            let weight = weight(of: form, ranges)
            if weight > best?.weight ?? 0 { best = (form, weight) }
        }
        return best?.form
    }

    /// Whether an answer in JSON is acceptable where there is no other.
    static func acceptsJSON(_ headers: HTTPHeaders) -> Bool {
        ranges(headers).map { weight(of: .json, $0) > 0 } ?? true
    }

    /// The form that the query names, else the one that `Accept` chooses.
    static func form(_ headers: HTTPHeaders, _ query: Query) throws(ProblemError) -> AnswerForm {
        let form =
            if let format = query["format"] {
                AnswerForm.allCases.first { "\($0.word)" == format }
            } else {
                acceptedForm(headers)
            }
        guard let form else {
            let detail = "the forms here are json (application/json), csv (text/csv) and table (text/plain)"
            throw ProblemError(Problem(.notAcceptable, detail, headers: [("Vary", "Accept")]))
        }
        return form
    }

    private struct Range {
        let type: Substring
        /// Thousandths, 0 to 1000.
        let weight: Int
    }

    /// The ranges of `Accept`; nil when JSON is taken as gladly as anything.
    private static func ranges(_ headers: HTTPHeaders) -> [Range]? {
        guard let first = headers.first(name: "accept") else { return nil }
        if first == "*/*" || first == "application/json" { return nil }
        let ranges = headers[canonicalForm: "accept"].map { range in
            let parts = range.split(separator: ";").map { $0.trimming(" \t").lowercased() }
            return Range(
                type: parts.first.map { $0[...] } ?? "", weight: parts.dropFirst().compactMap(weight).first ?? 1_000)
        }.filter { !$0.type.isEmpty }
        return ranges.isEmpty ? nil : ranges
    }

    /// The weight that the most precise range gives a form; 0 when none covers it.
    private static func weight(of form: AnswerForm, _ ranges: [Range]) -> Int {
        let names: [Substring] =
            switch form {
            case .json: ["application/json", "application/*", "*/*"]
            case .csv: ["text/csv", "text/*", "*/*"]
            case .table: ["text/plain", "text/*", "*/*"]
            }
        for name in names {
            if let range = ranges.first(where: { $0.type == name }) { return range.weight }
        }
        return 0
    }

    /// The thousandths of a parameter `q=` with at most three decimals, from 0 to 1; nil for anything else.
    private static func weight(_ parameter: String) -> Int? {
        guard parameter.hasPrefix("q=") else { return nil }
        let parts = parameter.dropFirst(2).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let places = parts.count == 2 ? parts[1] : ""
        guard parts[0] == "0" || parts[0] == "1", places.utf8.count <= 3,
            places.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let weight = Int(parts[0] + places + String(repeating: "0", count: 3 - places.utf8.count))
        else { return nil }
        return min(weight, 1_000)
    }

    /// The form of the body, one of `forms`.
    static func bodyForm(_ headers: HTTPHeaders, _ forms: [BodyForm]) throws(ProblemError) -> BodyForm {
        if let coding = headers.first(name: "content-encoding"), coding.lowercased() != "identity" {
            throw ProblemError(.unsupportedCoding, "the body must be sent without a content coding")
        }
        let type = headers.first(name: "content-type") ?? ""
        // Nearly always the type stands alone.
        if let form = forms.first(where: { type.matches($0.type) }) { return form }
        let parts = type.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimming(" \t").lowercased() }
        let form = parts.first.flatMap { type in forms.first { type.matches($0.type) } }
        let isUTF8 = parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
        // RFC 4180 has the parameter; without a header row nobody can say which field is which.
        let isReadable = isUTF8 && (form != .csv || !parts.contains("header=absent"))
        guard let form, isReadable else {
            let types = forms.map { "\($0.type)" }.joined(separator: " or ")
            let header = forms.contains(.csv) ? "; CSV needs its header row" : ""
            throw ProblemError(.unsupportedMediaType, "Content-Type must be \(types), in UTF-8\(header)")
        }
        return form
    }
}

extension StringProtocol {
    fileprivate func trimming(_ characters: String) -> String {
        var rest = self[...]
        while let first = rest.first, characters.contains(first) { rest.removeFirst() }
        while let last = rest.last, characters.contains(last) { rest.removeLast() }
        return String(rest)
    }
}
