import ChequebookJournal
import Foundation
import Testing

@Suite("docs/JOURNAL_FORMAT.md tells the truth")
struct FormatDocumentTests {
    private static let records = [Array("cost 1250".utf8), Array("credit 250".utf8)]
    private static let recordedAtMicroseconds: Int64 = 1_433_237_400_000_000
    private static let identity = LedgerIdentity(bytes: Array("ledger of sample".utf8))!

    private let document: [String]
    private let dump: [UInt8]

    init() throws {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let text = try String(contentsOfFile: path + "/../../docs/JOURNAL_FORMAT.md", encoding: .utf8)
        document = text.components(separatedBy: "\n")
        dump = try #require(Self.bytes(ofDump: document.drop { $0 != "```" }.dropFirst().prefix { $0 != "```" }))
    }

    @Test("the dump opens as a journal with the records it is said to hold")
    func opens() throws {
        let memory = MemoryStorage()
        memory.replace(Fixture.firstSegment, with: dump)
        let opened = try OpenedJournal(memory, identity: Self.identity)
        #expect(
            opened.commits == [
                .init(firstSequence: 1, recordedAtMicroseconds: Self.recordedAtMicroseconds, records: Self.records)
            ])
        #expect(opened.positions.map(\.rawValue) == [0x0000_0001_0000_1048, 0x0000_0001_0000_1059])
        #expect(document.contains { $0.contains("0x0000000100001048 and 0x0000000100001059") })
        #expect(opened.report.tornTail == nil)
    }

    @Test("a journal that is given these records writes the dump, byte for byte")
    func writes() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory, identity: Self.identity)
        _ = try opened.journal.append(
            [Fixture.batch(Self.records)], recordedAtMicroseconds: Self.recordedAtMicroseconds)
        #expect(memory.contents(of: Fixture.firstSegment) == dump)
    }

    @Test(
        "each table's fields follow each other without a gap, and stand in the dump where the table says",
        arguments: [
            ("## Header page", 3, 0, 52), ("## Frame", 3, 4096, 72), ("## Record", 3, 4096 + 72, 8 + 9),
            ("## Record", 4, 4096 + 89, 8 + 10),
        ])
    func tables(section: String, column: Int, start: Int, byteCount: Int) throws {
        var end = 0
        for cells in rows(of: section) {
            guard let offset = Int(cells[0]) else { continue }
            #expect(offset == end)
            let quoted = cells[column].split(separator: "`", omittingEmptySubsequences: false).dropFirst().first
            let bytes = (quoted ?? "").split(separator: " ").compactMap { UInt8($0, radix: 16) }
            if let size = Int(cells[1]), end < byteCount { #expect(bytes.count == size, "\(cells[2])") }
            guard end < byteCount else { continue }
            #expect(Array(dump[start + offset..<start + offset + bytes.count]) == bytes, "\(cells[2])")
            end += bytes.count
        }
        #expect(end == byteCount)
    }

    @Test("the checksums are over the bytes that the tables name, and the padding is where they say")
    func checksums() {
        func integer(at offset: Int) -> UInt32 {
            dump[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        #expect(crc32c(dump[0..<48]) == integer(at: 48))
        #expect(crc32c(dump[4096 + 8..<4096 + 72]) == integer(at: 4096 + 4))
        #expect(crc32c(dump[4096 + 72..<4096 + 72 + 35]) == integer(at: 4096 + 28))
        #expect(dump[52..<4096].allSatisfy { $0 == 0xA5 })
        #expect(dump[4096 + 107..<8192].allSatisfy { $0 == 0xA5 })
        #expect(dump[8192...].allSatisfy { $0 == 0 })
        #expect(dump.count == 16_384)
    }

    @Test("the hash is over the bytes that its table names, which begin with the hash of the identity")
    func hash() {
        let named = rows(of: "## The chain of hashes").compactMap { cells -> [[UInt8]]? in
            let quoted = cells[2].split(separator: "`").filter { $0 != " " }
            return cells[0].first?.isNumber == true
                ? quoted.map { $0.split(separator: " ").compactMap { UInt8($0, radix: 16) } } : nil
        }
        #expect(named.map { $0.map(\.count) } == [[32], [8], [8], [4], [2 + 9, 2 + 10]])
        #expect(named.first?.first == sha256(Self.identity.bytes))
        #expect(sha256(named.flatMap { $0 }.flatMap { $0 }) == Array(dump[4096 + 40..<4096 + 72]))
    }

    /// The rows of the first table below a heading, as cells.
    private func rows(of section: String) -> [[String]] {
        document.drop { $0 != section }.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }

    /// The bytes that a dump in the form of `hexdump -C` shows; nil if it is not one.
    private static func bytes(ofDump lines: some Sequence<String>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var repeats = false
        for line in lines {
            if line == "*" {
                repeats = true
                continue
            }
            let words = line.prefix { $0 != "|" }.split(separator: " ")
            guard let offset = words.first.flatMap({ Int($0, radix: 16) }) else { return nil }
            if repeats {
                let last = bytes.suffix(16)
                while bytes.count < offset { bytes += last }
                repeats = false
            }
            guard offset == bytes.count else { return nil }
            for word in words.dropFirst() {
                guard let byte = UInt8(word, radix: 16) else { return nil }
                bytes.append(byte)
            }
        }
        return bytes
    }
}
