import NIOHTTP1

/// What the client sends and takes, by RFC 9110.
enum Negotiation {
    enum BodyForm { case json, ndjson }

    /// Whether an answer in JSON is acceptable: no `Accept`, or a range of positive weight that covers it.
    ///
    /// The most precise range decides, as RFC 9110 has it in 12.5.1.
    static func acceptsJSON(_ headers: HTTPHeaders) -> Bool {
        guard let first = headers.first(name: "accept") else { return true }
        if first == "*/*" || first == "application/json" { return true }
        var best: (precision: Int, isWanted: Bool)?
        for range in headers[canonicalForm: "accept"] {
            let parts = range.split(separator: ";").map { $0.trimming(" \t").lowercased() }
            guard let name = parts.first, let precision = precision(of: name) else { continue }
            let isWanted = !parts.dropFirst().contains { isZeroWeight($0) }
            if best.map({ precision > $0.precision }) ?? true { best = (precision, isWanted) }
        }
        return best?.isWanted ?? false
    }

    private static func precision(of range: String) -> Int? {
        switch range {
        case "application/json": 2
        case "application/*": 1
        case "*/*": 0
        default: nil
        }
    }

    /// `q=0`, `q=0.0` and so on.
    private static func isZeroWeight(_ parameter: String) -> Bool {
        parameter.hasPrefix("q=") && parameter.dropFirst(2).allSatisfy { $0 == "0" || $0 == "." }
    }

    /// The form of the body.
    static func bodyForm(_ headers: HTTPHeaders, allowsList: Bool) throws(ProblemError) -> BodyForm {
        if let coding = headers.first(name: "content-encoding"), coding.lowercased() != "identity" {
            throw ProblemError(.unsupportedCoding, "the body must be sent without a content coding")
        }
        let types = allowsList ? "application/json or application/x-ndjson" : "application/json"
        let type = headers.first(name: "content-type") ?? ""
        let parts = type.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimming(" \t").lowercased() }
        let isUTF8 = parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
        switch parts.first {
        case "application/json" where isUTF8: return .json
        case "application/x-ndjson" where isUTF8 && allowsList: return .ndjson
        default: throw ProblemError(.unsupportedMediaType, "Content-Type must be \(types), in UTF-8")
        }
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
