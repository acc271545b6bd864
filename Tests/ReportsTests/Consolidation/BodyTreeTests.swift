import ChequebookModel
import Testing

@testable import ChequebookReports

@Suite("Who follows whom")
struct BodyTreeTests {
    private static func body(
        _ code: OrganisationCode, successors: [Commissioner.Successor] = [], parents: [Commissioner.Parent] = []
    ) -> Commissioner {
        Commissioner(code: code, name: "NHS Test", kind: .ccg, parents: parents, successors: successors)
    }

    private static func follows(_ code: OrganisationCode, _ from: CalendarDate) -> Commissioner.Successor {
        Commissioner.Successor(code: code, from: from)
    }

    private static func below(
        _ code: OrganisationCode, _ from: CalendarDate, _ until: CalendarDate? = nil
    ) -> Commissioner.Parent {
        Commissioner.Parent(code: code, from: from, until: until)
    }

    @Test("is followed through a chain as far as it has come by the day")
    func chain() {
        let bodies = [
            Self.body("10G", successors: [Self.follows("15D", "2018-04-01")]),
            Self.body("15D", successors: [Self.follows("D4U1Y", "2021-04-01")]), Self.body("D4U1Y"),
        ]
        for (day, current) in [
            ("2018-03-31", "10G"), ("2018-04-01", "15D"), ("2021-03-31", "15D"), ("2021-04-01", "D4U1Y"),
        ] as [(CalendarDate, OrganisationCode)] {
            #expect(BodyTree(bodies, boundaryDay: day).current("10G") == current)
        }
    }

    @Test("a body that was split, or whose successor is not registered, keeps its own; named twice is named once")
    func forks() {
        let tree = BodyTree(
            [
                Self.body("15A", successors: [Self.follows("15B", "2018-04-01"), Self.follows("15C", "2018-04-01")]),
                Self.body("15B", successors: [Self.follows("99X", "2018-04-01")]), Self.body("15C"),
                Self.body("15D", successors: [Self.follows("15C", "2018-04-01"), Self.follows("15C", "2019-04-01")]),
                Self.body("15E", successors: [Self.follows("15C", "2018-04-01"), Self.follows("15B", "2022-04-01")]),
            ], boundaryDay: "2021-01-01")
        #expect(
            (["15A", "15B", "15D", "15E"] as [OrganisationCode]).map(tree.current) == ["15A", "15B", "15C", "15C"])
    }

    @Test("a body on a circle keeps its own, and one that leads into it stops where it enters")
    func circles() {
        let tree = BodyTree(
            [
                Self.body("15A", successors: [Self.follows("15B", "2018-04-01")]),
                Self.body("15B", successors: [Self.follows("15A", "2018-04-01")]),
                Self.body("15C", successors: [Self.follows("15B", "2018-04-01")]),
                Self.body("15D", successors: [Self.follows("15D", "2018-04-01")]),
            ], boundaryDay: "2021-01-01")
        #expect(
            (["15A", "15B", "15C", "15D"] as [OrganisationCode]).map(tree.current) == ["15A", "15B", "15B", "15D"])
    }

    @Test("a body's parents are those of the day, from the first to the day before the last; of two at once neither")
    func parents() {
        let tree = BodyTree(
            [
                Self.body(
                    "15A", parents: [Self.below("QAA", "2022-07-01", "2023-04-01"), Self.below("QBB", "2023-04-01")]),
                Self.body("QAA", parents: [Self.below("Y58", "2022-07-01")]), Self.body("QBB"), Self.body("Y58"),
                Self.body(
                    "15B", parents: [Self.below("QAA", "2022-07-01"), Self.below("QBB", "2022-10-01", "2022-11-01")]),
            ], boundaryDay: "2024-01-01")
        #expect(tree.withParents("15A", on: "2022-06-30") == ["15A"])
        #expect(tree.withParents("15A", on: "2022-07-01") == ["15A", "QAA", "Y58"])
        #expect(tree.withParents("15A", on: "2023-03-31") == ["15A", "QAA", "Y58"])
        #expect(tree.withParents("15A", on: "2023-04-01") == ["15A", "QBB"])
        #expect(tree.withParents("15B", on: "2022-10-31") == ["15B"])
        #expect(tree.withParents("15B", on: "2022-11-01") == ["15B", "QAA", "Y58"])
        #expect(tree.parentChanges(in: "2022-23") == [91, 183, 214])
    }

    @Test("a parent that was itself merged stands at its own place in the chain; two that became one are one")
    func mergedParents() {
        let bodies = [
            Self.body("15A", parents: [Self.below("QAA", "2022-07-01"), Self.below("QBB", "2022-07-01")]),
            Self.body("QAA", successors: [Self.follows("QCC", "2023-04-01")]),
            Self.body("QBB", successors: [Self.follows("QCC", "2024-04-01")]),
            Self.body("QCC", parents: [Self.below("QAA", "2022-07-01")]),
        ]
        func places(_ day: CalendarDate?) -> [OrganisationCode] {
            BodyTree(bodies, boundaryDay: day).withParents("15A", on: "2022-07-01")
        }
        #expect(places(nil) == ["15A"])
        #expect(places("2024-03-31") == ["15A"])
        // And QCC, below QAA that it took over from, is below itself: it has no parent.
        #expect(places("2024-04-01") == ["15A", "QCC"])
    }
}
