import Foundation
import Testing

/// A ledger with records of every kind, said on three days where the clock can be set: 10 January and 10 February 2016,
/// and today.
struct HistoryLedger {
    /// What the ledger is created for.
    enum Patients: String, CaseIterable {
        case nhsNumber = "nhs-number"
        case pseudonym
    }

    let patients: Patients
    let dataPath: String

    /// Lets a process believe that it is another day; nil where it is not installed.
    private static let clockLibrary: String? =
        ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketimeMT.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) }

    /// Whether what was recorded is of more than one day.
    static var hasPast: Bool { clockLibrary != nil }

    /// The patients of the ledger, as they are sent.
    var names: [String] {
        patients == .nhsNumber
            ? ["9990000018", "9990000026", "9990000034", "9990000042"]
            : (1...4).map { "p:pseudonym_of-number-\($0)" }
    }

    /// Builds it, every answer on the way checked.
    func build() throws {
        try onDay("2016-01-10") { service in
            try service.plays(Self.register)
            try service.plays(people)
            try service.plays(costs)
        }
        try onDay("2016-02-10") { try $0.plays(corrections) }
        try onDay(nil) { service in
            try service.plays(Self.late)
            let lines = (0..<300).map {
                """
                {"source":"bulk","id":"\($0)","patient":"\(names[$0 % 3])","setting":"community",\
                "serviceDate":"2015-11-\(10 + $0 % 20)","amountPence":\($0),"service":"C-\($0 % 7)"}
                """
            }
            let reply = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: lines)).text)
            #expect(try reply.integer("/posted") == 300)
        }
    }

    private func onDay(_ day: String?, _ say: (ServiceProcess) throws -> Void) throws {
        var environment: [String: String] = [:]
        if let day, let library = Self.clockLibrary {
            environment = ["LD_PRELOAD": library, "FAKETIME": "@\(day) 12:00:00", "DONT_FAKE_MONOTONIC": "1"]
        }
        let service = try ServiceProcess(
            dataPath: dataPath, arguments: ["--patients", patients.rawValue], environment: environment)
        try say(service)
        #expect(try service.terminate() == .code(0))
    }

    private static let register = """
        > PUT /v1/commissioners/Y60
        > {"name":"Midlands, \\"of\\" \\\\ and Môn","kind":"nhs-england"}
        < 201
        > PUT /v1/commissioners/QHL
        > {"name":"NHS Birmingham and Solihull ICB","kind":"icb","opened":"2015-04-01","closed":"2030-03-31",
        >   "parents":[{"code":"Y60","from":"2015-04-01","until":"2020-04-01"}]}
        < 201
        > PUT /v1/commissioners/15E
        > {"name":"Birmingham and Solihull","kind":"sub-icb","parents":[{"code":"QHL","from":"2015-04-01"}],
        >   "successors":[{"code":"QHL","from":"2030-04-01"}]}
        < 201
        > PUT /v1/commissioners/05C
        > {"name":"Dudley","kind":"ccg"}
        < 201
        > PUT /v1/commissioners/05L
        > {"name":"Sandwell","kind":"ccg"}
        < 201
        > PUT /v1/capitation-rates/2015-16
        > {"funders":{"social":"council","specialised":"X24"},"rates":[{"setting":"primary","annualPence":36600},
        >   {"setting":"social","annualPence":73200,"ageFrom":65,"sex":"female","group":"older","from":"2015-06-01",
        >   "until":"2016-02-01"}]}
        < 201
        > PUT /v1/commissioners/15E/capitation-rates/2015-16
        > {"weight":"1.0532","weights":{"community":"0.000001"},"funders":{"primary":"13Q"},
        >   "rates":[{"setting":"community","annualPence":1000000000000,"ageTo":200}]}
        < 201
        > PUT /v1/commissioners/05L/list-sizes/2015-04-01
        > {"listSizes":[{"ageTo":64,"people":7},{"ageFrom":65,"sex":"female","group":"older","people":0}]}
        < 201
        """

    private var people: String {
        """
        > POST /v1/commissioners/15E/registrations
        > {"registrations":[
        >   {"patient":"\(names[0])","from":"2015-04-01","born":"1945-07","sex":"female","group":"older",
        >     "practice":"M85001","council":"E08"},
        >   {"patient":"\(names[1])","from":"2015-04-01","until":"2016-01-01","born":"1990-01-01","sex":"male"},
        >   {"patient":"\(names[2])","from":"2015-04-01","born":"2000-02-29","sex":"unknown"}]}
        < 200
        > POST /v1/commissioners/05C/registrations
        > {"registrations":[
        >   {"patient":"\(names[0])","from":"2015-09-01","born":"1945-07-01","sex":"female","group":"older"},
        >   {"patient":"\(names[2])","from":"2015-10-01","born":"2000-02-29","sex":"unknown"}]}
        < 200
        > POST /v1/commissioners/05C/registrations
        > {"patient":"\(names[2])","from":"2015-10-01","withdrawn":true}
        < 200
        """
    }

    private var costs: String {
        """
        > POST /v1/cost-events
        > {"source":"sus","id":"1","patient":"\(names[0])","setting":"secondary","serviceDate":"2015-06-15",
        >   "amountPence":12345,"provider":"RXK","service":"A-and-E","funder":"X24"}
        < 201
        > POST /v1/cost-events
        > {"source":"sus","id":"2","patient":"\(names[0])","setting":"social","serviceDate":"2015-10-15",
        >   "amountPence":1000000000000000}
        < 201
        > POST /v1/cost-events
        > {"events":[
        >   {"source":"sus","id":"3","patient":"\(names[1])","commissioner":"05C","setting":"primary",
        >     "serviceDate":"2015-06-15","amountPence":0},
        >   {"source":"-x.y_z:1","id":"4","withoutPatient":"block","commissioner":"05L","setting":"public-health",
        >     "serviceDate":"2015-06-15","amountPence":77,"kind":"credit"},
        >   {"source":"sus","id":"5","patient":"\(names[3])","setting":"prescribing","serviceDate":"2015-12-31",
        >     "amountPence":5}]}
        < 200
        """
    }

    private var corrections: String {
        """
        > POST /v1/cost-events
        > {"source":"sus","id":"2","version":7,"patient":"\(names[0])","setting":"social","serviceDate":"2015-10-16",
        >   "amountPence":990}
        < 200
        > POST /v1/cost-events
        > {"source":"sus","id":"2","version":3,"patient":"\(names[0])","setting":"social","serviceDate":"2015-10-16",
        >   "amountPence":1}
        < 200
        > POST /v1/cost-events
        > {"source":"sus","id":"r1","reverses":"1"}
        < 201
        > POST /v1/cost-events?atomic=true
        > {"events":[
        >   {"source":"gp","id":"1","patient":"\(names[2])","setting":"primary","serviceDate":"2015-06-15","amountPence":700},
        >   {"source":"gp","id":"r1","reverses":"1"},
        >   {"source":"gp","id":"2","patient":"\(names[2])","setting":"primary","serviceDate":"2015-06-15","amountPence":20}]}
        < 200
        > POST /v1/cost-events?atomic=true
        > {"events":[
        >   {"source":"gp","id":"3","patient":"\(names[2])","setting":"primary","serviceDate":"2015-06-15","amountPence":700},
        >   {"source":"gp","id":"r9","reverses":"9"}]}
        < 422
        > POST /v1/commissioners/15E/registrations
        > {"registrations":[{"patient":"\(names[3])","from":"2015-04-01","born":"1980-05-05","sex":"male"}]}
        < 200
        > POST /v1/patients
        > {"patient":"\(names[0])","died":"2016-01-31"}
        < 200
        > POST /v1/patients
        > {"patient":"\(names[1])","born":"1990-01-02","sex":"female","replacedBy":"\(names[2])"}
        < 200
        > POST /v1/patients
        > {"patient":"\(names[1])","replacedBy":null,"died":null}
        < 200
        > PUT /v1/commissioners/13T
        > {"name":"Newcastle Gateshead","kind":"ccg"}
        < 201
        > POST /v1/commissioners/13T/succession
        > {"from":["05C","05L"],"date":"2016-02-01"}
        < 200
        """
    }

    private static let late = """
        > PUT /v1/commissioners/15E
        > {"name":"Birmingham","kind":"sub-icb"}
        < 200
        > POST /v1/cost-events
        > {"source":"sus","id":"6","withoutPatient":"newborn","commissioner":"15E","setting":"secondary",
        >   "serviceDate":"2015-06-15","amountPence":8}
        < 201
        """

    /// Questions whose answers show everything.
    var questions: [String] {
        var questions = ["/v1/ledger/head", "/v1/commissioners", "/v1/reconciliation?year=2015-16"]
        questions += ["/v1/capitation-rates/2015-16", "/v1/commissioners/15E/capitation-rates/2015-16"]
        questions += ["/v1/commissioners/05L/list-sizes/2015-04-01"]
        for past in ["", "&asOf=2016-01-09", "&asOf=2016-01-10", "&asOf=2016-02-10", "&asOf=2020-01-01"] {
            questions.append("/v1/totals?year=2015-16\(past)")
            for code in ["15E", "05C", "05L", "13T", "QHL"] {
                questions.append("/v1/commissioners/\(code)/totals?year=2015-16&by=setting,funder,group,month\(past)")
            }
        }
        for name in names { questions += ["/v1/patients/\(name)", "/v1/patients/\(name)/costs?year=2015-16"] }
        for event in ["sus/1", "sus/2", "sus/r1", "-x.y_z:1/4", "gp/1", "gp/3", "bulk/299"] {
            questions.append("/v1/cost-events/\(event)")
        }
        return questions
    }

    /// The answers of a service to all questions: status, entity tag and every byte.
    func answers(_ service: ServiceProcess) throws -> [String] {
        try questions.map { question in
            // A problem repeats the id of its request, which is else another one each time.
            let answer = try service.send(
                RawRequest("GET", question, headers: [(name: "X-Request-ID", value: "history")]))
            let headers = "\(answer["ETag"] ?? "") \(answer["Chequebook-Sequence"] ?? "")"
            return "\(question) \(answer.status) \(headers) \(answer.text)"
        }
    }
}
