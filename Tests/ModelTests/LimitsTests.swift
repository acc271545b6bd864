import ChequebookModel
import Testing

@Suite("The limits")
struct LimitsTests {
    @Test("are those of the contract")
    func contract() {
        #expect(Limits.amountPenceMax == 1_000_000_000_000_000)
        #expect(Limits.annualPenceMax == 1_000_000_000_000)
        #expect(Limits.weightMillionthsMax == 100 * 1_000_000)
        #expect(Limits.identifierBytesMax == 64)
        #expect(Limits.serviceBytesMax == 32)
        #expect(Limits.organisationCodeBytesMax == 12)
        #expect(Limits.atomicItemsMax == 10_000)
        #expect(Limits.errorsInReplyMax == 100)
    }

    @Test("hold at the limit and not one past it, where the model enforces them")
    func atAndOnePast() {
        #expect(Identifier(text(Limits.identifierBytesMax)) != nil)
        #expect(Identifier(text(Limits.identifierBytesMax + 1)) == nil)
        #expect(service(Limits.serviceBytesMax) != nil)
        #expect(service(Limits.serviceBytesMax + 1) == nil)
        #expect(OrganisationCode(text(Limits.organisationCodeBytesMax)) != nil)
        #expect(OrganisationCode(text(Limits.organisationCodeBytesMax + 1)) == nil)
    }

    @Test("leave room in 128 bits for the budget of 10^10 people at the highest rate and weight")
    func budgetFits() {
        let people: Int128 = 10_000_000_000
        let factors = [people, 366, Int128(Limits.annualPenceMax), Int128(Limits.weightMillionthsMax)]
        expectProductFits(factors)
    }

    @Test("leave room in 128 bits for the budget of the largest list at the highest rate and weight")
    func listFits() {
        let people = Int128(Limits.bandsInListMax) * Int128(Limits.peopleInBandMax)
        expectProductFits([people, 366, Int128(Limits.annualPenceMax), Int128(Limits.weightMillionthsMax)])
    }

    @Test("leave room in 128 bits for 10^18 events of the highest amount")
    func costFits() {
        expectProductFits([1_000_000_000_000_000_000, Int128(Limits.amountPenceMax)])
    }

    @Test("are those of the fields that hold them")
    func fields() {
        #expect(Limits.eventVersionMax == Int64(Int32.max))
        #expect(Limits.commissionersMax <= Int(UInt16.max))
        #expect(Limits.statementsInPatientMax <= Int(UInt16.max))
        #expect(Limits.bandsInListMax <= Int(UInt16.max))
        #expect(Limits.peopleInBandMax <= Int64(UInt32.max))
        // 255 stands for no age.
        #expect(Limits.ageYearsMax < 255)
        // The numbers of organisations have twenty bits in the ledger's logs.
        #expect(Limits.organisationsNamedMax < 1 << 20)
    }

    private func expectProductFits(_ factors: [Int128], sourceLocation: SourceLocation = #_sourceLocation) {
        var product: Int128 = 1
        for factor in factors {
            let (next, overflows) = product.multipliedReportingOverflow(by: factor)
            #expect(!overflows, sourceLocation: sourceLocation)
            product = next
        }
    }

    private func text(_ count: Int) -> String { String(repeating: "A", count: count) }

    private func service(_ count: Int) -> Identifier? {
        reading(text(count)) { Identifier(utf8: $0, bytesMax: Limits.serviceBytesMax) }
    }
}
