import Testing

/// The small ledgers that the cases begin with.
enum CaseLedger {
    /// 15E has one patient for the whole of 2015-16, 05C has nobody, and nobody has a rate.
    static func events() throws -> ServiceProcess {
        let service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg"}
            < 201
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            """)
        return service
    }

    /// Two commissioners and a rate of 100 pence a day: 36,600 a year in 2015-16, which has 366 days, and 36,500 in
    /// 2014-15, which has 365.
    static func years() throws -> ServiceProcess {
        let service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg"}
            < 201
            > PUT /v1/capitation-rates/2014-15
            > {"rates":[{"setting":"primary","annualPence":36500}]}
            < 201
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600}]}
            < 201
            """)
        return service
    }
}
