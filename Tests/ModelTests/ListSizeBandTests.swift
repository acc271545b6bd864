import ChequebookModel
import Testing

@Suite("Bands of a list")
struct ListSizeBandTests {
    private static func overlap(_ first: ListSizeBand, _ second: ListSizeBand) -> Bool {
        guard let code = OrganisationCode("15E") else { return false }
        func places(_ bands: [ListSizeBand]) -> (Int, Int)? {
            ListSizes(commissioner: code, date: .min, bands: bands).overlappingBands()
        }
        let (there, back) = (places([first, second]), places([second, first]))
        #expect((there == nil) == (back == nil), "in whatever order")
        return there != nil
    }

    private static func band(
        _ ageFrom: Int? = nil, _ ageTo: Int? = nil, _ sex: Sex? = nil, _ group: PatientGroup? = nil
    ) -> ListSizeBand {
        ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group, people: 0)
    }

    @Test("overlap where one person could be counted in both")
    func overlapping() {
        let pairs = [
            (Self.band(), Self.band()), (Self.band(), Self.band(65)), (Self.band(nil, 65), Self.band(65)),
            (Self.band(10, 20), Self.band(20, 30)), (Self.band(10, 20), Self.band(12, 13)),
            (Self.band(0, 0), Self.band(nil, 0)), (Self.band(nil, nil, .female), Self.band(65)),
            (Self.band(nil, nil, .female), Self.band(nil, nil, nil, .older)),
            (Self.band(1, 2, .male, .older), Self.band(2, 3, .male, .older)),
        ]
        for (first, second) in pairs { #expect(Self.overlap(first, second)) }
    }

    @Test("stand side by side where age, sex or group tells them apart")
    func apart() {
        let pairs = [
            (Self.band(nil, 64), Self.band(65)), (Self.band(10, 19), Self.band(20, 30)),
            (Self.band(nil, nil, .female), Self.band(nil, nil, .unknown)),
            (Self.band(nil, nil, nil, .older), Self.band(nil, nil, nil, .generallyHealthy)),
            (Self.band(1, 2, .male, .older), Self.band(1, 2, .male, .mentalHealth)),
        ]
        for (first, second) in pairs { #expect(!Self.overlap(first, second)) }
    }

    @Test("are named by their places, the first two that overlap")
    func places() throws {
        let code = try #require(OrganisationCode("15E"))
        let bands = [Self.band(nil, 9), Self.band(10, 19), Self.band(20, 29), Self.band(15, 25)]
        let places = ListSizes(commissioner: code, date: .min, bands: bands).overlappingBands()
        #expect(places?.0 == 1)
        #expect(places?.1 == 3)
        #expect(ListSizes(commissioner: code, date: .min, bands: []).overlappingBands() == nil)
    }

    @Test("are covered by a rate that means all of them, and by none that names what they do not")
    func covered() {
        func covers(_ rate: CapitationRate, _ band: ListSizeBand) -> Bool { rate.covers(band) }
        func rate(
            _ ageFrom: Int? = nil, _ ageTo: Int? = nil, _ sex: Sex? = nil, _ group: PatientGroup? = nil
        ) -> CapitationRate {
            CapitationRate(
                setting: .primary, annualPence: 1, ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group)
        }
        let (all, old, some) = (Self.band(), Self.band(65), Self.band(65, 74, .male, .older))
        for band in [all, old, some] { #expect(covers(rate(), band)) }
        for named in [rate(0), rate(nil, 200), rate(nil, nil, .male), rate(nil, nil, nil, .older)] {
            #expect(!covers(named, all))
        }
        #expect(covers(rate(65), old) && covers(rate(64), old) && covers(rate(0), old))
        #expect(!covers(rate(66), old) && !covers(rate(65, 200), old) && !covers(rate(65, nil, .male), old))
        #expect(covers(rate(65, 74, .male, .older), some) && covers(rate(nil, 74), some) && covers(rate(65), some))
        #expect(!covers(rate(65, 73), some) && !covers(rate(66, 74), some) && !covers(rate(nil, nil, .female), some))
        // Ages are from 0, whether a band says so or not.
        #expect(covers(rate(0, 17), Self.band(nil, 17)) && covers(rate(nil, 17), Self.band(0, 17)))
    }
}
