import Testing

@Suite("The reference follows successors and parents as one would by hand")
struct ReferenceStructureTests {
    private func successors(_ register: [String: [(String, Day)]], through day: Day = "2015-04-01") -> [String: String]
    {
        let bodies = register.mapValues { successors in
            ReferenceCommissioner(name: "", successors: successors.map { .init(code: $0.0, from: $0.1) })
        }
        let structure = ReferenceStructure(register: bodies, successionsThrough: day)
        return Dictionary(uniqueKeysWithValues: register.keys.map { ($0, structure.current($0)) })
    }

    @Test("a chain is followed to its end, and not past a fork, a body that nobody registered, or the day")
    func chains() {
        let early: Day = "2013-04-01"
        #expect(
            successors([
                "A": [("B", early)], "B": [("C", early)], "C": [],
                "F": [("A", early), ("C", early)], "G": [("F", early)],
                "H": [("B", early), ("B", "2014-04-01"), ("C", "2015-04-02")],
                "I": [("ZZ", early)], "J": [("ZZ", early), ("A", early)], "K": [("C", "2015-04-02")],
                "L": [("C", "2015-04-01")],
            ]) == [
                "A": "C", "B": "C", "C": "C", "F": "F", "G": "F", "H": "C", "I": "I", "J": "J", "K": "K", "L": "C",
            ])
    }

    @Test("a body on a circle keeps its own, and who leads into it goes to the first it meets")
    func circles() {
        let early: Day = "2013-04-01"
        #expect(
            successors([
                "A": [("B", early)], "B": [("C", early)], "C": [("A", early)], "D": [("E", early)],
                "E": [("B", early)], "S": [("S", early)], "T": [("S", early)],
            ]) == ["A": "A", "B": "B", "C": "C", "D": "B", "E": "B", "S": "S", "T": "S"])
    }

    private typealias Parent = ReferenceCommissioner.Parent

    private func holders(_ register: [String: [Parent]], on day: Day = "2015-04-01") -> [String: [String]] {
        let structure = ReferenceStructure(
            register: register.mapValues { .init(name: "", parents: $0) }, hasChildren: true)
        return Dictionary(uniqueKeysWithValues: register.keys.map { ($0, structure.holders(of: $0, on: day)) })
    }

    @Test("a parent holds from its first day until the day it no longer does, and never beside another")
    func parents() {
        let register: [String: [Parent]] = [
            "A": [.init(code: "P", from: "2015-04-02", until: "2015-04-04"), .init(code: "Q", from: "2015-04-03")],
            "B": [.init(code: "P", from: "2013-04-01"), .init(code: "P", from: "2015-04-02")],
            "C": [.init(code: "ZZ", from: "2013-04-01")],
            "D": [.init(code: "ZZ", from: "2013-04-01"), .init(code: "P", from: "2013-04-01")],
            "P": [.init(code: "Q", from: "2015-04-03")], "Q": [],
        ]
        let days: [Day] = ["2015-04-01", "2015-04-02", "2015-04-03", "2015-04-04"]
        let told = days.map { holders(register, on: $0) }
        #expect(told.map { $0["A"] } == [["A"], ["A", "P"], ["A"], ["A", "Q"]])
        #expect(told.map { $0["B"] } == [["B", "P"], ["B", "P"], ["B", "P", "Q"], ["B", "P", "Q"]])
        #expect(told.map { $0["C"] } == [["C"], ["C"], ["C"], ["C"]])
        #expect(told.map { $0["D"] } == [["D"], ["D"], ["D"], ["D"]])
    }

    @Test("nobody on a circle of parents has one, and who is below it stops there")
    func parentCircles() {
        let parent = { (code: String) in [Parent(code: code, from: "2013-04-01")] }
        #expect(
            holders(["A": parent("B"), "B": parent("A"), "C": parent("B"), "D": parent("C"), "S": parent("S")]) == [
                "A": ["A"], "B": ["B"], "C": ["C", "B"], "D": ["D", "C", "B"], "S": ["S"],
            ])
    }

    @Test("with both, parents are the successor's, and a parent that has a successor is that one")
    func both() {
        let merged = [ReferenceCommissioner.Successor(code: "N", from: "2014-04-01")]
        let structure = ReferenceStructure(
            register: [
                "A": .init(name: "", parents: [Parent(code: "Q", from: "2013-04-01")], successors: merged),
                "N": .init(
                    name: "",
                    parents: [
                        Parent(code: "P", from: "2015-04-02"), Parent(code: "R", from: "2015-04-03"),
                        Parent(code: "Q", from: "2015-04-04"),
                    ]),
                "P": .init(name: "", successors: [.init(code: "R", from: "2014-04-01")]),
                "Q": .init(name: ""), "R": .init(name: ""),
            ], successionsThrough: "2015-04-01", hasChildren: true)
        #expect(structure.holders(of: "A", on: "2015-04-01") == ["N"])
        #expect(structure.holders(of: "A", on: "2015-04-02") == ["N", "R"])
        #expect(structure.holders(of: "P", on: "2015-04-02") == ["R"])
        #expect(structure.holders(of: "A", on: "2015-04-03") == ["N", "R"])
        #expect(structure.holders(of: "A", on: "2015-04-04") == ["N"])
        #expect(
            structure.changes(in: ReferenceYear(start: 2015))
                == ["2015-04-01", "2015-04-02", "2015-04-03", "2015-04-04"])
    }
}
