import Foundation

/// What a command found, for `--json`: one object in one line, the same bytes for the same result.
protocol ResultDocument: Encodable {}

extension ResultDocument {
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
