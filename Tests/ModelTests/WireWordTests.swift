import ChequebookModel
import Testing

@Suite("The words of the wire")
struct WireWordTests {
    @Test("name the care settings in the contract's order")
    func settings() {
        expectWords(
            CareSetting.self,
            [
                "primary", "secondary", "community", "social", "mental-health", "prescribing", "continuing-care",
                "specialised", "public-health",
            ])
        #expect(CareSetting.count == 9)
        #expect(CareSetting.allCases.sorted() == CareSetting.allCases)
    }

    @Test("name the patient groups in the contract's order")
    func groups() {
        expectWords(
            PatientGroup.self,
            ["older", "long-term-conditions", "mental-health", "mothers-and-children", "generally-healthy"])
        #expect(PatientGroup.count == 5)
        #expect(PatientGroup.allCases.sorted() == PatientGroup.allCases)
    }

    @Test("name the sexes in the contract's order")
    func sexes() {
        expectWords(Sex.self, ["female", "male", "unknown"])
        #expect(Sex.count == 3)
    }

    @Test("name the kinds of commissioner in the contract's order")
    func commissionerKinds() {
        expectWords(
            CommissionerKind.self, ["ccg", "sub-icb", "icb", "local-authority", "nhs-england", "other"])
    }

    @Test("name the kinds of event, cost first")
    func eventKinds() {
        expectWords(EventKind.self, ["cost", "credit"])
    }

    @Test("name the reasons for a cost without a patient in the contract's order")
    func withoutPatient() {
        expectWords(WithoutPatient.self, ["block", "practice", "withheld", "newborn", "unknown"])
    }

    @Test("name the two forms of patient")
    func patientForms() {
        #expect(PatientForm.allCases.map(\.name) == ["nhs-number", "pseudonym"])
    }

    /// The words in this order, numbered from 0 as records hold them, each read back, and nothing like it read.
    private func expectWords<Word: WireWord & RawRepresentable & Equatable>(
        _ type: Word.Type, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) where Word.RawValue == UInt8 {
        #expect(Word.words == words, sourceLocation: sourceLocation)
        #expect(Word.allCases.map(\.rawValue) == (0..<words.count).map(UInt8.init), sourceLocation: sourceLocation)
        for (value, word) in zip(Word.allCases, words) {
            #expect(reading(word) { Word(utf8: $0) } == value, sourceLocation: sourceLocation)
            let strangers = [
                "", word.uppercased(), word.prefix(1).uppercased() + word.dropFirst(), " \(word)", "\(word) ",
                "\(word)\0", "\(word)s",
                String(word.dropLast()), String(word.dropFirst()), word.replacing("-", with: "_"),
                word.replacing("-", with: ""),
            ].filter { !words.contains($0) }
            for stranger in strangers {
                #expect(reading(stranger) { Word(utf8: $0) } == nil, "\(stranger)", sourceLocation: sourceLocation)
            }
        }
    }
}
