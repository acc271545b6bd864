import ChequebookWire
import Foundation
import Testing

@Suite("JSON scanner and memory")
struct JSONMemoryTests {
    @Test("no byte after a document is read, not even when an unreadable page follows")
    func pageEnd() throws {
        let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        let pages = try #require(mmap(nil, 2 * pageBytes, PROT_READ | PROT_WRITE, flags, -1, 0))
        try #require(pages != MAP_FAILED)
        defer { munmap(pages, 2 * pageBytes) }
        try #require(mprotect(pages + pageBytes, pageBytes, PROT_NONE) == 0)

        let scanner = JSONScanner()
        let event = Array(JSONDocuments.event.utf8)
        let truncated = event.indices.map { Array(event[..<$0]) }
        // A truncated character is where a reader is most tempted to look beyond the end.
        let cut: [[UInt8]] = [[0x22, 0xF0], [0x22, 0xF0, 0x9F], [0x22, 0xF0, 0x9F, 0x98], [0x22, 0xC3], [0xE2]]
        for document in JSONDocuments.valid.map(\.bytes) + JSONDocuments.invalid.map(\.bytes) + truncated + cut {
            let start = pages + pageBytes - document.count
            let copy = UnsafeMutableRawBufferPointer(start: start, count: document.count)
            copy.copyBytes(from: document)
            let atEnd = JSONDocuments.outcome(UnsafeRawBufferPointer(copy), scanner)
            let elsewhere = document.withUnsafeBytes { JSONDocuments.outcome($0, scanner) }
            #expect(atEnd == elsewhere)
        }
    }

    /// SplitMix64, so that a seed repeats a run.
    struct SplitMix64: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let seeds: [String] = [
        JSONDocuments.event,
        #"{"patient":"p:\u00e9\ud83d\ude00\n","from":"2015-04-01","withdrawn":true,"until":null,"x":[1.5e3,-0,{}]}"#,
        #"{"rates":[{"setting":"primary","annualPence":123,"ageTo":17},{"group":"older"}],"weight":"1.05"}"#,
    ]

    static func mutated(_ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(seeds.randomElement(using: &random)!.utf8)
        let edges: [UInt8] = [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xE9, 0xF0, 0xFF]
        let interesting = Array(#"{}[]:,"\u0123456789eE+-.tfn /"#.utf8) + edges
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let index = bytes.indices.randomElement(using: &random)!
            let byte = interesting.randomElement(using: &random)!
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
        return bytes
    }

    /// Foundation allows a comma before the end of an object or array, and refuses a number that no Double holds.
    static func isKnownDifference(_ bytes: UnsafeRawBufferPointer, _ scanner: JSONScanner) -> Bool {
        do {
            let tokens = try scanner.scan(bytes)
            return (0..<tokens.count).contains { index in
                let isNumber = tokens[index].kind == .fraction || tokens[index].kind == .bigInteger
                return isNumber && Double(String(decoding: tokens[index].text, as: UTF8.self))?.isFinite == false
            }
        } catch {
            return error.reason == .trailingComma
        }
    }

    @Test("a damaged document is refused exactly when Foundation refuses it", arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithFoundation(seed: UInt64) {
        var random = SplitMix64(state: seed)
        let scanner = JSONScanner()
        var acceptedCount = 0
        for _ in 0..<5_000 {
            let bytes = Self.mutated(&random)
            let isAccepted = bytes.withUnsafeBytes { (try? scanner.scan($0)) != nil }
            let foundation = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            acceptedCount += isAccepted ? 1 : 0
            if isAccepted != (foundation != nil) {
                #expect(bytes.withUnsafeBytes { Self.isKnownDifference($0, scanner) }, "\(JSONDocuments.show(bytes))")
            }
        }
        #expect((1_000...4_500).contains(acceptedCount))
    }
}
