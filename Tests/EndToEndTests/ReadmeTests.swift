import Foundation
import Testing

/// The README shows what really happens.
@Suite("The README")
struct ReadmeTests {
    /// Where its commands find the service.
    private static let address = "127.0.0.1:8080"

    @Test("shows for each curl command what the service answers, from an empty ledger on")
    func commands() throws {
        let readme = ChequebookBinary.packageRoot.appending(path: "README.md")
        let text = try String(contentsOf: readme, encoding: .utf8)
        let steps = ConsoleSession(markdown: text).steps.filter { $0.command.contains("curl ") }
        #expect(steps.count >= 3, "the README has no commands in blocks called console")
        let service = try ServiceProcess()
        for step in steps {
            #expect(step.command.contains(Self.address), "\(step.command)")
            let command = step.command.replacing(Self.address, with: "127.0.0.1:\(service.port)")
            let directory = try TemporaryDirectory()
            let shell = try ChildProcess(
                "/bin/bash", ["-c", command], in: directory, workingPath: ChequebookBinary.packageRoot.path)
            let exit = try shell.waitForExit()
            #expect(exit == .code(0), "\(step.command)\n\(shell.errors)")
            if let difference = Self.difference(from: step.output, shell.output) {
                Issue.record(
                    "$ \(step.command)\nis shown with\n\(step.output)\nbut gives\n\(shell.output)\n\(difference)")
            }
        }
    }

    /// Shown output is the same if it is the same text, or the same JSON however its lines are broken.
    private static func difference(from shown: String, _ actual: String) -> String? {
        let (shown, actual) = (shown.trimmingCharacters(in: .newlines), actual.trimmingCharacters(in: .newlines))
        if Placeholder.matches(actual, shown) { return nil }
        guard let expected = try? FlatJSON(shown), let found = try? FlatJSON(actual) else {
            return "which is another text"
        }
        let differences = expected.differences(from: found)
        return differences.isEmpty ? nil : differences.joined(separator: "\n")
    }

    @Test("is read as a shell's session: commands over several lines, and output up to the next one")
    func session() {
        let markdown = """
            $ not in a block
            ```console
            $ curl -s http://a
            {"a":1}

            $ curl -s http://b \\
                -d '{}'
            two
            lines
            ```
            ```sh
            $ another kind of block
            ```
            ```console
            $ curl -d @- http://c <<END
            > {}
            > END
            is output
            ```
            """
        #expect(
            ConsoleSession(markdown: markdown).steps == [
                .init(command: "curl -s http://a", output: "{\"a\":1}\n\n"),
                .init(command: "curl -s http://b \\\n    -d '{}'", output: "two\nlines\n"),
                .init(command: "curl -d @- http://c <<END\n{}\nEND", output: "is output\n"),
            ])
    }

    @Test("may leave open what differs each time, and nothing else")
    func placeholders() {
        #expect(Placeholder.matches("{\"a\":17}", "{\"a\":…}"))
        #expect(Placeholder.matches("at 2026-01-05T10:00:00.000Z", "at <instant>"))
        #expect(!Placeholder.matches("at 2026-01-05", "at <instant>"))
        #expect(!Placeholder.matches("{\"a\":17}", "{\"b\":…}"))
        #expect(!Placeholder.matches("a.c", "abc"))
        #expect(!Placeholder.matches("abc", "a.c"))
        #expect(Self.difference(from: "{\"a\":1,\n \"b\":…}", "{\"b\":2,\"a\":1}\n") == nil)
        #expect(Self.difference(from: "{\"a\":1,…}", "{\"b\":2,\"a\":1}") == nil)
        #expect(Self.difference(from: "{\"a\":1}", "{\"b\":2,\"a\":1}") == "/b: 2 not expected")
        #expect(
            Self.difference(from: "{\"a\":1,\"c\":…}", "{\"a\":2}") == "/a: 1 expected, not 2\n/c: … expected, missing")
    }
}
