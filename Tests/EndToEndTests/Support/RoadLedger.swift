import Testing

/// A small ledger with a bit of everything, built over HTTP.
///
/// 2015-16 has 366 days, so an annual rate of 36,600 is 100 pence a day. For 15E a day of secondary care is
/// 100 × 1.5 = 150, of primary 20 × 1.5 = 30 up to the age of 64 and 40 × 1.5 = 60 from 65, of community care
/// 10 × 2 = 20. The ledger has three people:
///
/// | patient | age on 1 April | registered | days | pence a day |
/// |---|---|---|---|---|
/// | 9990000018, older | 74 | the whole year | 366 | 150 + 60 + 20 = 230 |
/// | 9990000026, generally healthy | 35 | 1 to 10 October | 10 | 150 + 30 + 20 = 200 |
/// | 9990000034, generally healthy | born in the year, so 0 | 31 March | 1 | 200 |
enum RoadLedger {
    private static let register = """
        Two commissioners. The second has nobody and nothing: it must stay at nought.
        > PUT /v1/commissioners/15E
        > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg","opened":"2018-04-01"}
        < 201
        < Location: /v1/commissioners/15E
        < {"code":"15E","name":"NHS Birmingham and Solihull CCG","kind":"ccg","opened":"2018-04-01"}
        > PUT /v1/commissioners/05C
        > {"name":"NHS Dudley CCG","kind":"ccg"}
        < 201
        < {"code":"05C",…}
        The same again is not new, whatever it says.
        > PUT /v1/commissioners/15E
        > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
        < 200
        > GET /v1/commissioners
        < 200
        < {"commissioners":[{"code":"05C","name":"NHS Dudley CCG","kind":"ccg"},
        <   {"code":"15E","name":"NHS Birmingham and Solihull CCG","kind":"ccg"}]}
        """

    private static let cards = """
        > PUT /v1/capitation-rates/2015-16
        > {"rates":[{"setting":"secondary","annualPence":36600},
        >   {"setting":"primary","annualPence":7320,"ageTo":64},
        >   {"setting":"primary","annualPence":14640,"ageFrom":65},
        >   {"setting":"community","annualPence":999999}]}
        < 201
        < Location: /v1/capitation-rates/2015-16
        15E has a rate of its own for community care; the national one is not used then.
        > PUT /v1/commissioners/15E/capitation-rates/2015-16
        > {"weight":"1.5","weights":{"community":"2"},"rates":[{"setting":"community","annualPence":3660}]}
        < 201
        > GET /v1/capitation-rates/2015-16
        < 200
        < {"rates":[{"setting":"secondary","annualPence":36600},
        <   {"setting":"primary","annualPence":7320,"ageTo":64},
        <   {"setting":"primary","annualPence":14640,"ageFrom":65},
        <   {"setting":"community","annualPence":999999}],…}
        > GET /v1/commissioners/15E/capitation-rates/2015-16
        < 200
        < {"weight":"1.5","weights":{"community":"2"},"rates":[{"setting":"community","annualPence":3660}],…}
        """

    private static let people = """
        One statement alone, a list, and lines.
        > POST /v1/commissioners/15E/registrations
        > {"patient":"9990000018","from":"2015-04-01","born":"1940-06-15","sex":"female","group":"older"}
        < 200
        < {"received":1,"registered":1,"unchanged":0,"rejected":0,"errors":[],"errorsOmitted":0,"sequence":…}
        > POST /v1/commissioners/15E/registrations
        > {"registrations":[
        >   {"patient":"9990000018","from":"2015-04-01","born":"1940-06-15","sex":"female","group":"older"},
        >   {"patient":"9990000026","from":"2015-10-01","until":"2015-10-11","born":"1980-01-31","sex":"male"}]}
        < 200
        < {"received":2,"registered":1,"unchanged":1,"rejected":0,"errors":[],"errorsOmitted":0,"sequence":…}
        The second line is blank, the third has no sex.
        > POST /v1/commissioners/15E/registrations
        > Content-Type: application/x-ndjson
        > {"patient":"9990000034","from":"2016-03-31","born":"2016-02","sex":"unknown"}
        >
        > {"patient":"9990000042","from":"2016-03-31","born":"2016-02"}
        < 200
        < {"received":2,"registered":1,"unchanged":0,"rejected":1,
        <   "errors":[{"line":3,"code":"missing-field","detail":"/sex is required"}],"errorsOmitted":0,"sequence":…}
        > GET /v1/patients/9990000026
        < 200
        < {"patient":"9990000026","born":"1980-01-31","sex":"male","statements":[
        <   {"commissioner":"15E","from":"2015-10-01","until":"2015-10-11","group":"generally-healthy"}]}
        """

    private static let costs = """
        > POST /v1/cost-events
        > {"source":"sus","id":"1","patient":"9990000018","setting":"secondary","serviceDate":"2015-06-02",
        >   "amountPence":60000,"provider":"RRK","service":"HRG-1"}
        < 201
        < Location: /v1/cost-events/sus/1
        < {"source":"sus","id":"1","version":1,"patient":"9990000018","setting":"secondary",
        <   "serviceDate":"2015-06-02","amountPence":60000,"kind":"cost","provider":"RRK","service":"HRG-1",
        <   "commissioner":"15E","attribution":"registered","funder":"15E","reversedBy":null,
        <   "sequence":…,"recordedAt":"<instant>"}
        The second man's last day is 10 October; on the 11th he belongs to nobody.
        > POST /v1/cost-events
        > {"events":[
        >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-30",
        >     "amountPence":1234},
        >   {"source":"gp","id":"2","patient":"9990000026","setting":"primary","serviceDate":"2015-10-10",
        >     "amountPence":2000},
        >   {"source":"sus","id":"2","patient":"9990000026","setting":"secondary","serviceDate":"2015-10-11",
        >     "amountPence":5000}]}
        < 200
        < {"received":3,"posted":3,"replaced":0,"duplicates":0,"superseded":0,"rejected":0,"unattributed":1,
        <   "sequence":…,"errors":[],"errorsOmitted":0}
        A block contract, a credit, and a contact that cost nothing.
        > POST /v1/cost-events
        > Content-Type: application/x-ndjson
        > {"source":"fin","id":"1","withoutPatient":"block","commissioner":"15E","setting":"community","serviceDate":"2015-04-01","amountPence":10000}
        > {"source":"sus","id":"3","patient":"9990000018","setting":"secondary","serviceDate":"2016-02-29","amountPence":4000,"kind":"credit"}
        > {"source":"gp","id":"3","patient":"9990000018","setting":"community","serviceDate":"2016-03-31","amountPence":0}
        < 200
        < {"received":3,"posted":3,"replaced":0,"duplicates":0,"superseded":0,"rejected":0,"unattributed":0,
        <   "sequence":…,"errors":[],"errorsOmitted":0}
        """

    /// A service that has it, every answer on the way checked.
    static func build() throws -> ServiceProcess {
        let service = try ServiceProcess()
        for part in [register, cards, people, costs] { try service.plays(part) }
        return service
    }
}
