import Testing

/// An ICB with three bodies below it in 2022-23, one of them since July only, and a region above it from October on.
///
/// The year has 365 days, a person brings 18,250 pence a year, 50 a day; 05C has a weight of 0.9012, and no other any.
///
/// | body | below | who | pence through June, September, March |
/// |---|---|---|---|
/// | 15E | QHL | one person, another from July on | 4,550, 13,750, 31,950 |
/// | 05C | QUA, from July on QHL | one person | 4,100 (4,100.46), 8,246 (8,245.98), 16,447 (16,446.90) |
/// | 05L | QHL | a list of 7 | 31,850, 64,050, 127,750 |
///
/// Each cost has a digit of its own in every sum, and stands for the day before or the day of a change.
enum ChildrenLedger {
    private static let register = """
        > PUT /v1/commissioners/Y60
        > {"name":"Midlands","kind":"nhs-england"}
        < 201
        > PUT /v1/commissioners/QHL
        > {"name":"NHS Birmingham and Solihull ICB","kind":"icb","parents":[{"code":"Y60","from":"2022-10-01"}]}
        < 201
        > PUT /v1/commissioners/QUA
        > {"name":"NHS Black Country ICB","kind":"icb"}
        < 201
        > PUT /v1/commissioners/15E
        > {"name":"Birmingham and Solihull","kind":"sub-icb","parents":[{"code":"QHL","from":"2022-04-01"}]}
        < 201
        > PUT /v1/commissioners/05C
        > {"name":"Dudley","kind":"sub-icb","parents":[{"code":"QHL","from":"2022-07-01"},
        >   {"code":"QUA","from":"2022-04-01","until":"2022-07-01"}]}
        < 201
        > PUT /v1/commissioners/05L
        > {"name":"Sandwell and West Birmingham","kind":"sub-icb","parents":[{"code":"QHL","from":"2013-04-01"}]}
        < 201
        """

    private static let people = """
        > PUT /v1/capitation-rates/2022-23
        > {"rates":[{"setting":"primary","annualPence":18250}]}
        < 201
        > PUT /v1/commissioners/05C/capitation-rates/2022-23
        > {"weight":"0.9012","rates":[]}
        < 201
        > PUT /v1/commissioners/05L/list-sizes/2022-04-01
        > {"listSizes":[{"people":7}]}
        < 201
        > POST /v1/commissioners/15E/registrations
        > {"registrations":[{"patient":"9990000018","from":"2022-04-01","born":"1970-01-01","sex":"female"},
        >   {"patient":"9990000026","from":"2022-07-01","born":"1970-01-01","sex":"male"}]}
        < 200
        > POST /v1/commissioners/05C/registrations
        > {"patient":"9990000034","from":"2013-04-01","born":"1970-01-01","sex":"female"}
        < 200
        """

    private static let costs: [(code: String, day: String, amountPence: Int)] = [
        ("05C", "2022-06-30", 1), ("05C", "2022-07-01", 20), ("15E", "2022-04-01", 300), ("05L", "2023-03-31", 4_000),
        ("QHL", "2022-09-30", 50_000), ("QHL", "2022-10-01", 600_000), ("QUA", "2022-04-01", 7_000_000),
    ]

    /// A service that has it, every answer on the way checked.
    static func build() throws -> ServiceProcess {
        let service = try ServiceProcess()
        try service.plays(register)
        try service.plays(people)
        for cost in costs { try service.postBlock(cost.code, cost.day, cost.amountPence) }
        return service
    }
}

extension ServiceProcess {
    /// A block contract for primary care of a body on a day.
    func postBlock(_ code: String, _ day: String, _ amountPence: Int) throws {
        try plays(
            """
            > POST /v1/cost-events
            > {"source":"fin","id":"\(code)-\(day)","withoutPatient":"block","commissioner":"\(code)",
            >   "setting":"primary","serviceDate":"\(day)","amountPence":\(amountPence)}
            < 201
            """)
    }
}
