import Testing

@Suite("The reference books a list whole or not at all")
struct ReferenceAtomicListTests {
    @Test("a list is booked item upon item, or leaves no trace and tells every item that could not be")
    func atomic() {
        var example = ReferenceExample()
        let cost = ReferenceEvent.cost(
            .init(source: "pas", id: "a", setting: "primary", serviceDate: "2015-04-01", amountPence: 1))
        let reversal = ReferenceEvent.reversal(source: "pas", id: "r", reverses: "a")
        let form = BodyForm(shape: .array, spelledOut: false)
        let unknown = ReferenceEvent.reversal(source: "pas", id: "r", reverses: "b")
        let wrong = Operation.postAtomically(items: [reversal, cost, cost, unknown], form: form)
        #expect(wrong.request.path == "/v1/cost-events?atomic=true")
        #expect(
            example.ledger.perform(wrong, today: example.today)
                == .notBooked([1: "unknown-original", 4: "unknown-original"]))
        #expect(example.ledger.events.isEmpty)
        let right = Operation.postAtomically(items: [cost, reversal, cost], form: form)
        #expect(example.ledger.perform(right, today: example.today) == .outcomes(["posted", "posted", "duplicate"]))
    }
}
