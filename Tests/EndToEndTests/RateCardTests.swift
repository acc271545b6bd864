import Testing

/// Which rate applies to whom. In 2015-16 an annual rate of 36,600 is 100 pence a day; everybody is there for 366.
@Suite("A rate card")
struct RateCardTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            A woman of 70 and a man of 30.
            > POST /v1/commissioners/15E/registrations
            > {"registrations":[
            >   {"patient":"9990000018","from":"2015-04-01","born":"1945-01-01","sex":"female","group":"older",
            >     "council":"E08"},
            >   {"patient":"9990000026","from":"2015-04-01","born":"1985-01-01","sex":"male"}]}
            < 200
            < {"registered":2,…}
            """)
    }

    @Test("tells people apart by age, sex and group, and has no rate for the rest")
    func dimensions() throws {
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"sex":"female"},
            >   {"setting":"primary","annualPence":73200,"sex":"male","ageFrom":30,"ageTo":30},
            >   {"setting":"social","annualPence":109800,"group":"older"},
            >   {"setting":"community","annualPence":146400,"ageTo":69}]}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":366000,
            <     "bySetting":{"primary":109800,"social":109800,"community":146400,"secondary":0,"prescribing":0,
            <       "mental-health":0,"continuing-care":0,"specialised":0,"public-health":0},
            <     "personDaysWithoutRate":{"primary":0,"social":366,"community":366,"secondary":732,…},…},…}
            """)
    }

    @Test("of a commissioner's own replaces the national one in the settings that it has rates for, and nowhere else")
    func own() throws {
        // Its one primary rate is for children: nobody here has one, for all that the national card says.
        // Secondary stays national; the weight of 0.5 holds there too.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600},{"setting":"secondary","annualPence":36600}]}
            < 201
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"0.5","rates":[{"setting":"primary","annualPence":36600,"ageTo":17}]}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":36600,"bySetting":{"primary":0,"secondary":36600,…},
            <   "personDaysWithoutRate":{"primary":732,"secondary":0,…},…},…}
            A card without rates leaves all to the national one; a setting's own weight goes before the general.
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"0.5","weights":{"primary":"2"},"rates":[]}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":183000,"bySetting":{"primary":146400,"secondary":36600,…},…},…}
            """)
    }

    @Test("is refused where two rates could apply to one person, and only there")
    func overlap() throws {
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1,"ageTo":64},{"setting":"primary","annualPence":2,"ageFrom":64}]}
            < 409
            < {"code":"overlapping-rates",…}
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1},{"setting":"primary","annualPence":2,"group":"older"}]}
            < 409
            > GET /v1/capitation-rates/2015-16
            < 404
            < {"code":"no-rate-card",…}
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1,"ageTo":64,"sex":"female"},
            >   {"setting":"primary","annualPence":2,"ageFrom":60,"sex":"male"},
            >   {"setting":"primary","annualPence":3,"ageFrom":65,"sex":"female"},{"setting":"social","annualPence":4}]}
            < 201
            """)
    }

    @Test("of the nation has no weights, and no card has what is not a rate")
    func refused() throws {
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"weight":"1","rates":[]}
            < 422
            < {"errors":[{"pointer":"/weight","code":"field-not-allowed","detail":"…"}],…}
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1},{"setting":"dental","annualPence":1}]}
            < 422
            < {"errors":[{"pointer":"/rates/1/setting","code":"unknown-value","detail":"…"}],…}
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1.5}]}
            < 422
            < {"errors":[{"pointer":"/rates/0/annualPence","code":"not-an-integer","detail":"…"}],…}
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":1.5,"rates":[]}
            < 422
            < {"errors":[{"pointer":"/weight","code":"wrong-type","detail":"…"}],…}
            > PUT /v1/commissioners/99X/capitation-rates/2015-16
            > {"rates":[]}
            < 404
            < {"code":"unknown-commissioner",…}
            > PUT /v1/capitation-rates/2015
            > {"rates":[]}
            < 404
            < {"code":"unknown-year",…}
            """)
    }

    @Test("names the funder of a setting: an organisation, the patient's council, or else the commissioner")
    func funders() throws {
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"funders":{"primary":"X24","social":"council"},"rates":[{"setting":"primary","annualPence":36600},
            >   {"setting":"social","annualPence":36600}]}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 201
            < {"commissioner":"15E","funder":"X24",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","setting":"social","serviceDate":"2015-06-15","amountPence":1}
            < 201
            < {"commissioner":"15E","funder":"E08",…}
            The man's registration names no council.
            > POST /v1/cost-events
            > {"source":"gp","id":"3","patient":"9990000026","setting":"social","serviceDate":"2015-06-15","amountPence":1}
            < 201
            < {"commissioner":"15E","funder":"15E",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"4","patient":"9990000018","setting":"secondary","serviceDate":"2015-06-15","amountPence":1}
            < 201
            < {"funder":"15E",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"5","patient":"9990000018","setting":"social","serviceDate":"2015-06-15","amountPence":1,
            >   "funder":"E09"}
            < 201
            < {"funder":"E09",…}
            """)
    }

    @Test("follows a person from one group to the next within the year")
    func groupChanges() throws {
        // From October, 183 days, the man has long-term conditions; until then, 183 days too, he was healthy.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"group":"generally-healthy"},
            >   {"setting":"primary","annualPence":366000,"group":"long-term-conditions"}]}
            < 201
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000026","from":"2015-10-01","born":"1985-01-01","sex":"male","group":"long-term-conditions"}
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000026","setting":"primary","serviceDate":"2015-10-01","amountPence":5}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16&by=group
            < 200
            < {"population":{"people":2,"personDays":732,"personYears":"2.000",…},"breakdown":[
            <   {"group":"long-term-conditions","costPence":5,"events":1,"budgetPence":183000},
            <   {"group":"generally-healthy","costPence":0,"events":0,"budgetPence":18300}],…}
            """)
    }

    @Test("that is set again holds for all of its year, at once")
    func replaced() throws {
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600}]}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":73200,…},…}
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"social","annualPence":366}]}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":732,"bySetting":{"primary":0,"social":732,…},…},…}
            """)
    }
}
