import Foundation
import Testing

/// The service with the real register: every CCG that ever was, its successor, and the ICBs above from July 2022.
final class RegisterService {
    struct Body {
        let code: String
        let opened: String
        /// Its last day; nil while it is open.
        let closed: String?
        let successor: String?
        let icb: String

        func isOpen(on day: String) -> Bool {
            opened <= day && day <= closed ?? day
        }
    }

    static let firstDayOfICBs = "2022-07-01"

    let service: ServiceProcess
    /// As `ccg_register.csv` has them.
    let bodies: [Body]
    /// As `icb.csv` has them.
    let icbs: [String]
    private let client: RawClient

    init() throws {
        service = try ServiceProcess()
        client = try service.connect()
        func cell(_ row: [String: String], _ column: String) throws -> String? {
            let text = try row.text(column)
            return text.isEmpty ? nil : text
        }
        let register = try ReferenceTable("ccg_register.csv").rows
        bodies = try register.map { row in
            Body(
                code: try row.text("ods_code"), opened: try row.text("opened"), closed: try cell(row, "closed"),
                successor: try cell(row, "successor_ods_code"), icb: try row.text("icb_code"))
        }
        let boards = try ReferenceTable("icb.csv").rows
        icbs = try boards.map { try $0.text("ods_code") }
        for (body, row) in zip(bodies, register) {
            var json = try ["name": row.text("name"), "kind": "ccg", "opened": body.opened] as [String: Any]
            json["parents"] = [["code": body.icb, "from": Self.firstDayOfICBs]]
            json["closed"] = body.closed
            if let closed = body.closed, let successor = body.successor {
                try #require(closed.hasSuffix("-03-31"))
                json["successors"] = [["code": successor, "from": closed.prefix(4) + "-04-01"]]
            }
            try put("/v1/commissioners/\(body.code)", json)
        }
        for (code, row) in zip(icbs, boards) {
            let json = try ["name": row.text("name"), "kind": "icb", "opened": Self.firstDayOfICBs]
            try put("/v1/commissioners/\(code)", json)
        }
    }

    /// Where each body's chain of successors ends; an open body's ends at itself.
    var finalCodes: [String: String] {
        var successors: [String: String] = [:]
        for body in bodies { successors[body.code] = body.successor }
        var finalCodes: [String: String] = [:]
        for body in bodies {
            var code = body.code
            while let next = successors[code] { code = next }
            finalCodes[body.code] = code
        }
        return finalCodes
    }

    /// Says something new.
    func put(_ path: String, _ body: [String: Any]) throws {
        let json = try JSONSerialization.data(withJSONObject: body)
        let answer = try client.ask(RawRequest("PUT", path, json: String(decoding: json, as: UTF8.self)))
        try #require(answer.status == 201, "\(path): \(answer.text)")
    }

    func post(_ events: [String]) throws {
        let answer = try client.ask(RawRequest(post: "/v1/cost-events", lines: events))
        try #require(answer.status == 200, "\(answer.text)")
        try #require(FlatJSON(answer.text).integer("/posted") == events.count, "\(answer.text)")
    }

    func get<Value: Decodable>(_ target: String) throws -> Value {
        let answer = try client.ask(RawRequest("GET", target))
        try #require(answer.status == 200, "\(target): \(answer.text)")
        return try JSONDecoder().decode(Value.self, from: Data(answer.body))
    }
}

/// What the tests look at in the answer to `GET /v1/totals` where bodies are put together.
struct RegisterTotals: Decodable {
    struct Population: Decodable, Equatable {
        let basis: String
        let people: Int
        let personDays: Int
    }

    struct Cost: Decodable, Equatable {
        let totalPence: Int
        let events: Int
    }

    struct Budget: Decodable, Equatable {
        let totalPence: Int
        let fullYearPence: Int
        let bySetting: [String: Int]
    }

    /// A body's own answer has the same members.
    struct Row: Decodable, Equatable {
        let commissioner: String
        let boundaries: String?
        let include: String?
        let countedUnder: String?
        let bodies: [String]?
        let population: Population
        let cost: Cost
        let budget: Budget
    }

    struct Total: Decodable, Equatable {
        let population: Population
        let cost: Cost
        let budget: Budget
    }

    let commissioners: [Row]
    let total: Total
}
