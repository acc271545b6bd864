import Foundation
import Testing

@Suite("chequebook export and import")
struct ExportTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private typealias Result = (exit: ChildProcess.Exit, output: String, errors: String)

    private func run(_ arguments: String...) throws -> Result {
        let logs = try TemporaryDirectory()
        let child = try ChildProcess(ChequebookBinary.path(), arguments, in: logs, workingPath: directory.path)
        return (try child.waitForExit(seconds: 60), child.output, child.errors)
    }

    private func shell(_ command: String) throws -> Result {
        let logs = try TemporaryDirectory()
        let program = try ChequebookBinary.path()
        let child = try ChildProcess(
            "/bin/bash", ["-c", command], environment: ["CHEQUEBOOK": program], in: logs, workingPath: directory.path)
        return (try child.waitForExit(seconds: 60), child.output, child.errors)
    }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: directory[name])) }

    private func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: directory[name]) }

    /// `SEQUENCE:HASH` behind `Head: `.
    private func head(_ text: String) throws -> String {
        String(try #require(text.firstMatch(of: /Head: (\d+:[0-9a-f]{64})\n/)).1)
    }

    /// The export of a small ledger in lines, written down in a file.
    private func smallExport() throws -> [String] {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        for id in 0..<3 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 7).post).status == 201) }
        #expect(try service.terminate() == .code(0))
        let result = try run("export", "--data", "data", "--output", "ledger.ndjson")
        #expect(result.exit == .code(0), "\(result)")
        return String(decoding: try bytes("ledger.ndjson"), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func write(_ lines: [String], _ name: String) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: directory[name]))
    }

    @Test(
        "give a ledger with the same head, and so the same bytes in every answer, of the past too",
        arguments: HistoryLedger.Patients.allCases)
    func roundTrip(patients: HistoryLedger.Patients) throws {
        let ledger = HistoryLedger(patients: patients, dataPath: directory["data"])
        try ledger.build()
        let verified = try run("verify", "--data", "data")
        let noted = try head(verified.output)
        for form in ["ndjson", "csv"] {
            let exported = try run("export", "--data", "data", "--format", form, "--output", "ledger.\(form)")
            #expect(exported.exit == .code(0) && exported.output == "", "\(exported)")
            #expect(try head(exported.errors) == noted)
            #expect(!isThere("ledger.\(form).new"))
            let imported = try run("import", "--data", "copy-\(form)", "ledger.\(form)")
            #expect(imported.exit == .code(0), "\(imported)")
            #expect(try head(imported.output) == noted)
            #expect(!isThere("copy-\(form).importing"))
            #expect(try run("verify", "--data", "copy-\(form)").output == verified.output)
            let again = try shell(
                #""$CHEQUEBOOK" export --data copy-\#(form) --format \#(form) | cmp - ledger.\#(form)"#)
            #expect(again.exit == .code(0) && again.output == "", "\(again)")
        }
        let original = try ServiceProcess(dataPath: directory["data"])
        let answers = try ledger.answers(original)
        #expect(answers.count { $0.contains(" 200 ") } > 20)
        // Each cost is in a total: 990 + 0 − 77 + 5 + 20 + 8, and all numbers below 300.
        let total = try original.totalPence(year: "2015-16", "")
        #expect(total == 990 - 77 + 5 + 20 + 8 + 44_850)
        if HistoryLedger.hasPast {
            #expect(try original.totalPence(year: "2015-16", "&asOf=2016-01-09") == 0)
            #expect(
                try original.totalPence(year: "2015-16", "&asOf=2016-01-10") == 12_345 + 1_000_000_000_000_000 - 77 + 5)
            #expect(try original.totalPence(year: "2015-16", "&asOf=2016-02-10") == 990 - 77 + 5 + 20)
        }
        #expect(try original.terminate() == .code(0))
        for form in ["ndjson", "csv"] {
            let copy = try ServiceProcess(dataPath: directory["copy-\(form)"])
            for (answer, expected) in zip(try ledger.answers(copy), answers) { #expect(answer == expected) }
            // It goes on from there.
            #expect(try copy.get("/_status").status == 200)
            #expect(
                try copy.send(
                    RawRequest("PUT", "/v1/commissioners/99M", json: #"{"name":"New","kind":"other"}"#)
                ).status == 201)
            #expect(try copy.terminate() == .code(0))
            #expect(try run("verify", "--data", "copy-\(form)", "--from-head", noted).exit == .code(0))
        }
    }

    @Test("say in which facts lists were all or nothing, and which facts were committed together")
    func lists() throws {
        let ledger = HistoryLedger(patients: .nhsNumber, dataPath: directory["data"])
        try ledger.build()
        let result = try run("export", "--data", "data")
        #expect(result.exit == .code(0))
        let lines = result.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix(#"{"fact":"export-begins","format":1,"identity":""#) == true)
        #expect(try lines.last == #"{"fact":"export-ends","head":"\#(head(result.errors))"}"#)
        let counts = lines.compactMap { $0.firstMatch(of: /"fact":"atomic-list","count":(\d+)/)?.1 }
        // A list that was refused is history too.
        #expect(counts == ["3", "2"])
        func instant(_ line: Substring) -> Substring? { line.firstMatch(of: /"recordedAt":"([^"]+)"/)?.1 }
        let bracket = try #require(lines.first { $0.contains(#""count":3"#) }.flatMap(instant))
        #expect(lines.count { instant($0) == bracket } == 4)
        // The 300 events came in one body, which is a few commits at most.
        let bulk = Set(lines.filter { $0.contains(#""source":"bulk""#) }.compactMap(instant))
        #expect(bulk.count < 300)
        #expect(result.errors.hasPrefix("\(lines.count - 2) facts in "))
    }

    @Test("take a ledger of version 1 over with its head")
    func versionOne() throws {
        let fixture = ChequebookBinary.packageRoot.appending(path: "Tests/Fixtures/ledger-version-1").path
        try FileManager.default.copyItem(atPath: fixture, toPath: directory["data"])
        // Reckoned from the file with Python's hashlib.
        let noted = "7:5edddb761612599d5b6eeb5636da76ed6d7e6bb39a40e2e958aefcb0759839a2"
        for form in ["ndjson", "csv"] {
            let exported = try run("export", "--data", "data", "--format", form, "--output", "x.\(form)")
            #expect(try head(exported.errors) == noted)
            #expect(try head(run("import", "--data", form, "x.\(form)").output) == noted)
            #expect(try head(run("verify", "--data", form).output) == noted)
        }
    }

    @Test("of a ledger that is served are refused, and so is one that is not there")
    func refusals() throws {
        let missing = try run("export", "--data", "data")
        #expect(missing.exit == .code(1) && missing.errors.contains("data cannot be opened"), "\(missing)")
        try FileManager.default.createDirectory(atPath: directory["empty"], withIntermediateDirectories: false)
        let empty = try run("export", "--data", "empty", "--output", "x")
        #expect(empty.exit == .code(1) && empty.errors.contains("there is no ledger"), "\(empty)")
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let served = try run("export", "--data", "data", "--output", "x")
        #expect(served.exit == .code(1) && served.errors.contains("\(service.processID)"), "\(served)")
        #expect(!isThere("x") && !isThere("x.new"))
    }

    @Test("never write over a file, a ledger or anything else")
    func nothingWrittenOver() throws {
        _ = try smallExport()
        let before = try bytes("ledger.ndjson")
        let again = try run("export", "--data", "data", "--output", "ledger.ndjson")
        #expect(again.exit == .code(1) && again.errors.contains("is there already"), "\(again)")
        #expect(try bytes("ledger.ndjson") == before)
        let onto = try run("import", "--data", "data", "ledger.ndjson")
        #expect(onto.exit == .code(1) && onto.errors.contains("not empty"), "\(onto)")
        #expect(try run("verify", "--data", "data").exit == .code(0))
        try FileManager.default.createDirectory(atPath: directory["copy"], withIntermediateDirectories: false)
        try FileManager.default.createDirectory(atPath: directory["copy.importing"], withIntermediateDirectories: false)
        let underWay = try run("import", "--data", "copy", "ledger.ndjson")
        #expect(underWay.exit == .code(1) && underWay.errors.contains("copy.importing"), "\(underWay)")
        #expect(isThere("copy.importing"))
        try FileManager.default.removeItem(atPath: directory["copy.importing"])
        // An empty directory is as good as none, and a slash behind its name says nothing.
        #expect(try run("import", "--data", "copy/", "ledger.ndjson").exit == .code(0))
        #expect(try run("verify", "--data", "copy").exit == .code(0))
    }

    @Test("read standard input, and find out the form of a file by its name or are told")
    func forms() throws {
        _ = try smallExport()
        let piped = try shell(
            #"set -o pipefail; "$CHEQUEBOOK" export --data data --format csv | "$CHEQUEBOOK" import --data a --format csv -"#
        )
        #expect(piped.exit == .code(0), "\(piped)")
        #expect(try run("import", "--data", "b", "--format", "csv", "ledger.ndjson").errors.contains("line 1"))
        #expect(try run("import", "--data", "b", "missing").errors.contains("missing cannot be read"))
        #expect(!isThere("b") && !isThere("b.importing"))
    }

    @Test("end quietly when the pipe is closed")
    func closedPipe() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        let lines = (0..<2_000).map { EventLine(id: "\($0)", amountPence: 7).json }
        #expect(try service.send(RawRequest(post: "/v1/cost-events", lines: lines)).status == 200)
        #expect(try service.terminate() == .code(0))
        let result = try shell(#""$CHEQUEBOOK" export --data data | head -c 10; exit ${PIPESTATUS[0]}"#)
        #expect(result.exit == .code(1), "\(result)")
        #expect(result.output == #"{"fact":"e"#)
        #expect(result.errors == "")
    }

    @Test("show on a terminal how far they are")
    func progress() throws {
        _ = try smallExport()
        let program = try ChequebookBinary.path()
        for command in ["export --data data --output x", "import --data copy x"] {
            let logs = try TemporaryDirectory()
            let child = try ChildProcess(
                "/usr/bin/script", ["-qec", "\(program) \(command)", "/dev/null"], in: logs, workingPath: directory.path
            )
            #expect(try child.waitForExit() == .code(0))
            #expect(child.output.contains(/100 %, \d+ MB\/s, 0 s left/), "\(child.output)")
            #expect(child.output.contains("Head: "))
        }
    }

    @Test("refuse a damaged line by its number, and leave nothing behind")
    func damage() throws {
        let lines = try smallExport()
        // The beginning, six facts and the end.
        #expect(lines.count == 8)
        func refusal(_ damaged: [String]) throws -> String {
            try write(damaged, "damaged")
            let result = try run("import", "--data", "copy", "damaged")
            #expect(result.exit == .code(1) && result.output == "", "\(result)")
            #expect(!isThere("copy") && !isThere("copy.importing"))
            #expect(result.errors.contains("No ledger was made"))
            #expect(!result.errors.contains("9990000"), "\(result.errors)")
            return result.errors
        }
        for index in lines.indices {
            var damaged = lines
            damaged.remove(at: index)
            // Without its end it ends on the line that is not there; else the line that follows is in the wrong place.
            #expect(try refusal(damaged).contains("line \(index + 1)"), "without line \(index + 1)")
            damaged = lines
            damaged.insert(lines[index], at: index)
            #expect(try refusal(damaged).contains("line \(index + 2)"), "line \(index + 1) twice")
            damaged = lines
            damaged[index].removeLast()
            #expect(try refusal(damaged).contains("line \(index + 1)"), "line \(index + 1) cut")
            damaged = lines
            damaged[index] = damaged[index].replacing(":", with: "=", maxReplacements: 1)
            #expect(try refusal(damaged).contains("line \(index + 1)"), "line \(index + 1) changed")
        }
        // A change that makes sense is found by the head alone.
        var changed = lines
        changed[5] = changed[5].replacing(#""amountPence":7"#, with: #""amountPence":8"#)
        #expect(changed != lines)
        #expect(try refusal(changed).contains("line 8, at /head"))
        changed = lines
        changed[5] = changed[5].replacing(#""amountPence":7"#, with: #""amountPence":7.5"#)
        #expect(try refusal(changed).contains("line 6, at /amountPence: must be a whole number"))
        changed = lines
        changed[4] = changed[4].replacing(EventLine.registeredPatient, with: "9990000019")
        #expect(try refusal(changed).contains("line 5, at /patient"))
    }

    @Test("refuse an export with any bytes changed")
    func fuzzedBytes() throws {
        _ = try smallExport()
        let right = try bytes("ledger.ndjson")
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            var damaged = right
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: damaged.indices, using: &generator)
                // Letters and digits: a blank for a blank would change nothing.
                damaged[index] = damaged[index] == 0x31 ? 0x32 : 0x31
            }
            guard damaged != right else { continue }
            try damaged.write(to: URL(filePath: directory["damaged"]))
            let result = try run("import", "--data", "copy", "damaged")
            #expect(result.exit == .code(1), "\(String(decoding: damaged, as: UTF8.self))")
            #expect(result.errors.contains(/line \d/), "\(result)")
            #expect(!isThere("copy") && !isThere("copy.importing"))
        }
    }

    @Test("that are stopped leave nothing behind", arguments: [SIGINT, SIGTERM])
    func interrupted(number: Int32) throws {
        let lines = try smallExport()
        #expect(mkfifo(directory["pipe"], 0o600) == 0)
        let child = try ChildProcess(
            ChequebookBinary.path(), ["import", "--data", "copy", "pipe"], in: directory, workingPath: directory.path)
        // Opened when the import has opened it too.
        let pipe = try FileHandle(forWritingTo: URL(filePath: directory["pipe"]))
        try pipe.write(contentsOf: Data(lines.prefix(4).map { $0 + "\n" }.joined().utf8))
        let isMade = waitUntil(seconds: 10) { isThere("copy.importing/identity") ? true : nil }
        #expect(isMade == true)
        child.signal(number)
        #expect(try child.waitForExit() == .code(1))
        #expect(child.errors.contains("interrupted"), "\(child.errors)")
        #expect(!isThere("copy") && !isThere("copy.importing"))
    }
}

extension ServiceProcess {
    fileprivate func totalPence(year: String, _ past: String) throws -> Int {
        try FlatJSON(get("/v1/totals?year=\(year)\(past)").text).integer("/total/cost/totalPence")
    }
}
