import Foundation
import Testing

@Suite("The rooms")
struct ImportTests {
    /// Who may import whom: the arrows of the design, and nothing else.
    private static let allowedImports: [String: Set<String>] = [
        "ChequebookModel": [],
        "ChequebookWire": ["ChequebookModel", "CSIMDJSON", "CChecksum"],
        "ChequebookJournal": ["CCachedRead", "CCheckpoint", "CChecksum", "CZstd", "Glibc", "Synchronization"],
        "ChequebookLedger": ["ChequebookModel", "CMemory"],
        "ChequebookReports": ["ChequebookModel", "ChequebookLedger"],
        "ChequebookEngine": [
            "ChequebookModel", "ChequebookWire", "ChequebookJournal", "ChequebookLedger", "Glibc", "Synchronization",
        ],
        "ChequebookHTTP": [
            "ChequebookModel", "ChequebookWire", "ChequebookLedger", "ChequebookReports", "ChequebookEngine",
            "NIOCore", "NIOPosix", "NIOHTTP1", "NIOExtras", "Synchronization", "Glibc",
        ],
        "chequebook": [
            "ChequebookModel", "ChequebookWire", "ChequebookJournal", "ChequebookEngine", "ChequebookHTTP",
            "ArgumentParser", "Configuration", "SystemPackage", "Foundation", "FoundationEssentials", "Glibc",
            "Dispatch",
            "Synchronization",
        ],
    ]

    /// Rooms whose answers depend on committed records alone.
    private static let deterministicRooms: Set<String> = ["ChequebookModel", "ChequebookLedger"]

    @Test("import only what the arrows of the design allow")
    func arrows() throws {
        let strays = try SourceFile.all(in: Self.sources).flatMap { file in
            Self.strayImports(of: file).map { "\(file.path) imports \($0)" }
        }
        #expect(strays == [])
    }

    @Test("leave NIO to ChequebookHTTP alone")
    func onlyHTTPImportsNIO() throws {
        let importers = try SourceFile.all(in: Self.sources).filter { file in
            file.room != "ChequebookHTTP" && file.imports.contains { $0.hasPrefix("NIO") }
        }
        #expect(importers.map(\.path) == [])
    }

    @Test("keep clocks, chance and floating point out of the model and the ledger")
    func deterministic() throws {
        let strays = try SourceFile.all(in: Self.sources).filter { Self.deterministicRooms.contains($0.room) }
            .flatMap { file in Self.chance(in: file).map { "\(file.path): \($0)" } }
        #expect(strays == [])
    }

    @Test("have no file of more than 400 lines, no try! and nothing left to do")
    func tidiness() throws {
        let untidy = try SourceFile.all(in: Self.sources).flatMap { file in
            Self.untidiness(of: file).map { "\(file.path): \($0)" }
        }
        #expect(untidy == [])
    }

    @Test("are there to be read")
    func notVacuous() throws {
        #expect(try SourceFile.all(in: Self.sources).contains { $0.room == "ChequebookModel" })
    }

    @Test("with a stray import are found out, however it is written")
    func findsStrayImports() {
        let importing = [
            "import NIOCore", "@preconcurrency import NIOCore", "public import NIOCore", "  internal import NIOCore ",
            "import struct NIOCore.ByteBuffer", "@_spi(Testing) @testable import NIOCore // why", "import NIOCore;",
            "import NIOCore.Something", "#if os(Linux)\nimport NIOCore\n#endif", "let a = 1; import NIOCore",
        ]
        for text in importing {
            let file = SourceFile(path: "ChequebookEngine/A.swift", text: text)
            #expect(Self.strayImports(of: file) == ["NIOCore"], "\(text)")
        }
        for text in ["// import NIOCore", "let important = \"import NIOCore\"", "import ChequebookModel"] {
            let file = SourceFile(path: "ChequebookEngine/A.swift", text: text)
            #expect(Self.strayImports(of: file) == [], "\(text)")
        }
    }

    @Test("that the design does not know may import nothing")
    func unknownRooms() {
        let file = SourceFile(path: "ChequebookCellar/A.swift", text: "import Glibc")
        #expect(Self.strayImports(of: file) == ["Glibc"])
    }

    @Test("with a clock, chance or floating point in them are found out, and a comment about them is not")
    func findsChance() {
        for text in [
            "Date()", "let x: Double = 1", "Float(1)", "Float16.zero", "Int.random(in: a)",
            "SystemRandomNumberGenerator()",
            "ContinuousClock()", "clock_gettime(0)", "clock()", "let now = clock.now",
        ] {
            #expect(Self.chance(in: SourceFile(path: "ChequebookLedger/A.swift", text: text)) != [], "\(text)")
        }
        for text in [
            "CalendarDate(dayNumber: 1)", "// Never reads a clock.", "case block, unlocked", "let doubled = 2",
        ] {
            #expect(Self.chance(in: SourceFile(path: "ChequebookLedger/A.swift", text: text)) == [], "\(text)")
        }
    }

    @Test("may have a file of 400 lines, and none of 401")
    func linesAtAndOnePast() {
        let longest = String(repeating: "a\n", count: 400)
        #expect(Self.untidiness(of: SourceFile(path: "A/A.swift", text: longest)) == [])
        #expect(Self.untidiness(of: SourceFile(path: "A/A.swift", text: longest + "a")) == ["401 lines"])
        #expect(Self.untidiness(of: SourceFile(path: "A/A.swift", text: "try! a()\n// TODO: b")).count == 2)
    }

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources").resolvingSymlinksInPath()

    private static func strayImports(of file: SourceFile) -> [String] {
        file.imports.filter { !allowedImports[file.room, default: []].contains($0) }
    }

    private static func chance(in file: SourceFile) -> [String] {
        file.code.matches(of: /\bDate\(\)|\b(Double|Float(16|32|64|80)?)\b|\w*[Rr]andom\w*|\w*Clock\w*|\bclock\w*/)
            .map { String($0.output.0) }
    }

    private static func untidiness(of file: SourceFile) -> [String] {
        var found: [String] = []
        if file.lineCount > 400 { found.append("\(file.lineCount) lines") }
        for phrase in ["try!", "TODO"] where file.text.contains(phrase) { found.append(phrase) }
        return found
    }
}
