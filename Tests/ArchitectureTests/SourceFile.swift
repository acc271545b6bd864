import Foundation
import Testing

/// A Swift or C file under `Sources`.
struct SourceFile {
    /// From `Sources` on, with the room as its first part.
    let path: String
    let text: String

    var room: String { path.split(separator: "/").first.map(String.init) ?? "" }

    /// Without line comments and the insides of one-line string literals.
    var code: String {
        text.replacing(/"(\\.|[^"\\\n])*"/, with: "\"\"").replacing(/\/\/[^\n]*/, with: "")
    }

    var lineCount: Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return text.hasSuffix("\n") ? lines.count - 1 : lines.count
    }

    /// The modules that a Swift file imports, as often as it does.
    var imports: [String] {
        guard path.hasSuffix(".swift") else { return [] }
        let statement = /\bimport\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func|actor)\s+)?(\w+)/
        return code.matches(of: statement).map { String($0.output.1) }
    }

    /// All of them below `folder`, sorted by path.
    static func all(in folder: URL) throws -> [SourceFile] {
        let paths = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try paths.filter { ["swift", "c", "cpp", "h", "hpp"].contains(($0 as NSString).pathExtension) }.sorted()
            .map { SourceFile(path: $0, text: try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
}
