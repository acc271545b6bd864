import Foundation
import Testing

/// The service with real commissioners, told and asked over one connection.
final class NationalService {
    private let service: ServiceProcess
    private let client: RawClient

    /// - Parameters:
    ///   - codes: bodies that are in `ccg_register.csv`, whose names they get.
    ///   - kind: what they are registered as.
    init(codes: [String], kind: String) throws {
        service = try ServiceProcess()
        client = try service.connect()
        let register = try ReferenceTable("ccg_register.csv").rows
        for code in codes {
            let row = try #require(register.first { $0["ods_code"] == code })
            let body = try ["name": row.text("name"), "opened": row.text("opened"), "kind": kind]
            try put("/v1/commissioners/\(code)", body)
        }
    }

    /// Says something new.
    func put(_ path: String, _ body: [String: Any]) throws {
        let json = try JSONSerialization.data(withJSONObject: body)
        try client.send(RawRequest("PUT", path, json: String(decoding: json, as: UTF8.self)))
        let answer = try client.answer()
        try #require(answer.status == 201, "\(path): \(answer.text)")
    }

    func put(_ budget: ListedBudget, asOf date: String) throws {
        let bands = budget.bands.map { band in ages(band.ages).merging(["people": band.people]) { $1 } }
        try put("/v1/commissioners/\(budget.code)/list-sizes/\(date)", ["listSizes": bands])
    }

    func putNationalCard(_ year: String, _ rates: [ListedBudget.Rate], funders: [String: String] = [:]) throws {
        let rates = rates.map { rate in
            ages(rate.ages).merging(["setting": rate.setting, "annualPence": rate.annualPence]) { $1 }
        }
        try put("/v1/capitation-rates/\(year)", ["rates": rates, "funders": funders])
    }

    func totals(_ query: String) throws -> NationalTotals {
        try client.send(RawRequest("GET", "/v1/totals?\(query)"))
        let answer = try client.answer()
        try #require(answer.status == 200, "\(answer.text)")
        return try JSONDecoder().decode(NationalTotals.self, from: Data(answer.body))
    }

    private func ages(_ ages: ClosedRange<Int>?) -> [String: Any] {
        guard let ages else { return [:] }
        guard ages.upperBound != ListedBudget.endlessAge else { return ["ageFrom": ages.lowerBound] }
        return ["ageFrom": ages.lowerBound, "ageTo": ages.upperBound]
    }
}

/// What the tests look at in the answer to `GET /v1/totals`.
struct NationalTotals: Decodable {
    struct Population: Decodable {
        let basis: String
        let people: Int
        let personDays: Int
    }

    struct Budget: Decodable {
        let totalPence: Int
        let fullYearPence: Int
        let bySetting: [String: Int]
        let personDaysWithoutRate: [String: Int]
    }

    struct Share: Decodable {
        let funder: String
        let budgetPence: Int
    }

    struct Row: Decodable {
        let commissioner: String
        let population: Population
        let budget: Budget
        let breakdown: [Share]?
    }

    struct Total: Decodable {
        let population: Population
        let budget: Budget
    }

    let commissioners: [Row]
    let total: Total
}
