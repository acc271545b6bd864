import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A ledger made from an image")
struct LedgerImageTests {
    private static func books() -> Books {
        let books = Books(today: "2015-12-01", commissioners: [])
        for code in Happenings.bodies { books.add(code) }
        return books
    }

    @Test("goes on as if it had never ended, whatever happens, with the same image", arguments: 0..<20 as Range<UInt64>)
    func alike(_ seed: UInt64) throws {
        let whole = Self.books()
        var restored = Self.books()
        var (one, other) = (Happenings(seed: seed), Happenings(seed: seed))
        for number in 0..<600 {
            let day = ("2015-12-01" as CalendarDate).adding(days: number / 50)
            whole.clock(day)
            restored.clock(day)
            one.happen(whole)
            other.happen(restored)
            if number % 90 == 89 { restored = try Books(restored: restored) }
        }
        #expect(ImageBytes(restored.ledger.image()).bytes == ImageBytes(whole.ledger.image()).bytes)
        #expect(restored.answers() == whole.answers())
        for day in ["2015-12-03", "2015-12-08"] as [CalendarDate] {
            #expect(restored.answers(at: .asOf(day)) == whole.answers(at: .asOf(day)))
        }
        #expect(try restored.ledger.reconciliation(Books.year) == whole.ledger.reconciliation(Books.year))
        #expect(restored.ledger.lastSequence == whole.ledger.lastSequence)
    }

    @Test("is empty for an empty ledger")
    func empty() throws {
        let image = ImageBytes(Ledger(reader: MemoryRecords()).image())
        let ledger = try Ledger(reader: MemoryRecords(), image: image)
        try ledger.recall()
        #expect(image.isAtEnd)
        #expect(ledger.lastSequence == 0 && ledger.patientForm == nil && ledger.identityCount == 0)
    }

    @Test("knows pseudonyms that were joined by their texts")
    func pseudonyms() throws {
        let old = try #require(Patient(pseudonym: "a234567890123456", digest: (1, 2)))
        let new = try #require(Patient(pseudonym: "b234567890123456", digest: (3, 4)))
        let books = Books(today: "2015-12-01", patients: .pseudonym)
        books.say(of: old, replacedBy: .set(new))
        let restored = try Books(restored: books)
        #expect(restored.ledger.patient(old.key)?.replacedBy == new)
        #expect(restored.ledger.patient(old.key)?.replacedBy?.wireForm == "p:b234567890123456")
    }

    @Test("has all rows and slots when they fill more than a chunk, and finds each event")
    func large() throws {
        let count = 160_000
        var index = EventIndex(in: ChunkPool())
        var generator = SeededGenerator(seed: 3)
        let fingerprints = (0..<count).map { _ in generator.next() }
        for (row, fingerprint) in fingerprints.enumerated() {
            _ = index.add(fingerprint, position: UInt64(row) * 100 + 1 << 32, nil)
        }
        let image = LedgerImage()
        index.put(in: image)
        let bytes = ImageBytes(image)
        var restored = EventIndex(in: ChunkPool())
        try restored.read(from: ImageReader(source: bytes))
        #expect(bytes.isAtEnd)
        let lost = fingerprints.enumerated().filter { row, fingerprint in
            restored.find(fingerprint) { $0 == row } != UInt32(row)
                || restored.position(UInt32(row)) != UInt64(row) * 100 + 1 << 32
        }
        #expect(lost.isEmpty)
    }

    @Test("is refused when the image ends early, wherever")
    func cut() throws {
        let books = Self.books()
        var happenings = Happenings(seed: 1)
        for _ in 0..<50 { happenings.happen(books) }
        let whole = ImageBytes(books.ledger.image()).bytes.count
        for count in stride(from: 0, to: whole, by: 997) {
            let image = ImageBytes(books.ledger.image())
            image.cut(to: count)
            #expect(throws: (any Error).self) { try Ledger(reader: books.records, image: image) }
        }
    }

    @Test("is refused when the image goes on behind its end")
    func longer() {
        let books = Self.books()
        let image = ImageBytes(ImageBytes(books.ledger.image()).bytes + [0])
        #expect(throws: ImageFault(part: "its length")) { try Ledger(reader: books.records, image: image) }
    }

    @Test("is made or refused, and never ends the process, whatever one word of the image is")
    func wrongWords() {
        let books = Self.books()
        var happenings = Happenings(seed: 2)
        for _ in 0..<50 { happenings.happen(books) }
        let whole = ImageBytes(books.ledger.image()).bytes
        let wrong: [UInt64] = [.max, 1 << 63, 1 << 62, 1 << 40, 1 << 32, 0xffff_ffff, 1_000]
        var refused = 0
        // Nearly all of an image are words of zero, one as good as another; what stands between them is tried throughout.
        let places = stride(from: 0, to: whole.count - 8, by: 8)
            .filter { place in whole[place..<place + 8].contains { $0 != 0 } || place % 1_021 < 8 }
        for (number, index) in stride(from: 0, to: places.count, by: max(1, places.count / 600)).enumerated() {
            let place = places[index]
            var bytes = whole
            withUnsafeBytes(of: wrong[number % wrong.count].littleEndian) {
                bytes.replaceSubrange(place..<place + 8, with: $0)
            }
            do {
                _ = try Ledger(reader: books.records, image: ImageBytes(bytes))
            } catch {
                refused += 1
            }
        }
        #expect(refused > 50)
    }
}
