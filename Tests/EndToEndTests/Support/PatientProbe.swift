/// Requests that name a number where a patient belongs, where none belongs, and where nothing is.
struct PatientProbe {
    let number: String

    /// As it is printed on letters: in groups of three, three and four.
    var spaced: String {
        "\(number.prefix(3)) \(number.dropFirst(3).prefix(3)) \(number.dropFirst(6))"
    }

    private var statement: String {
        #"{"patient":"\#(number)","from":"2015-04-01","born":"1970-01-01","sex":"female"}"#
    }

    private func event(_ name: String, patient: String? = nil, amount: String = "7", more: String = "") -> String {
        let patient = patient ?? "\"\(number)\""
        return """
            {"source":"gp","id":"\(name)-\(number.suffix(4))","patient":\(patient),"setting":"primary",\
            "serviceDate":"2015-06-15","amountPence":\(amount)\(more)}
            """
    }

    /// Events: two that are right, then the same in the wrong, then what JSON has no name for.
    private var events: [String] {
        let right = event("1")
        return [
            right, right, event("1", amount: "8"), event("2", more: #","commissioner":"99X""#),
            event("3", more: #","version":0"#), event("4", more: ",\"nhs\":\"\(number)\""),
            event("5", more: ",\"\(number)\":1"), event("5", more: ",\"\(spaced)\":1"),
            event("5", patient: "\"\(spaced)\""),
            event("6", patient: number), event("7", patient: "\" \(number) \""),
            event("8", amount: number + number), event("9", amount: "\"\(number)\""),
            right.replacing("\"primary\"", with: "\"\(number)\""), right.replacing("2015-06-15", with: number),
            right.replacing("\"gp\"", with: "\"\(number)!\""), right.replacing("\"gp\"", with: "\"\(number) \""),
            #"{"source":"gp","id":"r","reverses":"\#(number)"}"#, String(right.dropLast(3)), right + number, number,
            "\"\(number)\"", "[\(number)]", "{\"\(number)\"", "{\"\(number)\":", "{\"events\":[\(right.dropLast())",
            "{\"events\":\(number)}", "{\"events\":[{\"\(number)\":1}]}", "{\"events\":[],\"\(number)\":1}",
        ]
    }

    private var statements: [String] {
        [
            statement, statement.replacing("}", with: ",\"until\":\"2015-04-01\"}"),
            statement.replacing("1970-01-01", with: "2016-01-01"), statement.replacing("female", with: number),
            #"{"patient":"\#(number)","from":"2013-04-01","withdrawn":true}"#,
            statement.replacing("\"from\"", with: "\"\(number)\""),
            statement.replacing("}", with: ",\"practice\":\"\(number)\(number)\"}"),
        ]
    }

    private var targets: [String] {
        [
            "/v1/patients/\(number)", "/v1/patients/\(number)/nothing", "/v1/patients/%20\(number)", "/\(number)",
            "/v1/patients/\(number)?\(number)=1", "/v1/totals?year=\(number)", "/v1/totals?patient=\(number)",
            "/v1/totals?year=2015-16&by=\(number)", "/v1/totals?year=2015-16&through=\(number)",
            "/v1/cost-events/\(number)/\(number)", "/v1/commissioners/\(number)",
            "/v1/commissioners/\(number)/totals?year=2015-16", "/v1/capitation-rates/\(number)", "/problems/\(number)",
        ]
    }

    /// Requests that are HTTP, each answered on a connection that goes on.
    var requests: [RawRequest] {
        var requests: [RawRequest] = []
        for event in events {
            for query in ["", "?atomic=true", "?errors=all"] {
                requests.append(RawRequest("POST", "/v1/cost-events" + query, json: event))
            }
            requests.append(RawRequest(post: "/v1/cost-events", lines: [event, event]))
        }
        for statement in statements {
            requests.append(RawRequest("POST", "/v1/commissioners/15E/registrations", json: statement))
            requests.append(RawRequest(post: "/v1/commissioners/15E/registrations", lines: [statement]))
        }
        for target in targets {
            requests.append(RawRequest("GET", target))
            requests.append(RawRequest("DELETE", target))
        }
        requests.append(RawRequest("GET", "/_ping", headers: [("Accept", number)]))
        requests.append(RawRequest("GET", "/_ping", headers: [("X-Request-ID", "\(number)!")]))
        requests.append(
            RawRequest("POST", "/v1/cost-events", headers: [("Content-Type", number)], body: Array(events[0].utf8)))
        requests.append(RawRequest("PUT", "/v1/commissioners/05C", json: #"{"name":"A","kind":"\#(number)"}"#))
        requests.append(RawRequest("PUT", "/v1/commissioners/05C", json: #"{"\#(number)":"A"}"#))
        requests.append(RawRequest("PUT", "/v1/capitation-rates/2015-16", json: #"{"rates":[{"\#(number)":1}]}"#))
        return requests
    }

    /// Texts that are no requests, or none whose end is certain.
    var broken: [String] {
        [
            "\(number)\r\n\r\n", "GET \(number) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /_ping HTTP/1.1\r\n\(number)\r\n\r\n",
            "GET /_ping HTTP/1.1\r\nHost: a\r\nExpect: \(number)\r\n\r\n",
            "GET /_ping HTTP/1.1\r\nHost: a\r\nContent-Length: x\(number)\r\n\r\n",
            "GET /_ping HTTP/\(number)\r\nHost: a\r\n\r\n",
        ]
    }
}
