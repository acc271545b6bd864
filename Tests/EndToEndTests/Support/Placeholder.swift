import Foundation

/// What may stand in an expected text for something that is different each time: `…` for any run of characters,
/// `<instant>` for an instant as the contract writes it, `<id>` for a request id that the service made up.
enum Placeholder {
    private static let patterns = [
        "…": "[\\s\\S]*",
        "<instant>": "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3,}Z",
        "<id>": "[0-9a-f]{32}",
    ]

    /// Whether the whole of a text is as expected.
    static func matches(_ text: String, _ expected: String) -> Bool {
        var pattern = NSRegularExpression.escapedPattern(for: expected)
        for (placeholder, meaning) in patterns {
            pattern = pattern.replacingOccurrences(
                of: NSRegularExpression.escapedPattern(for: placeholder), with: meaning)
        }
        let range = text.range(of: "\\A(?:\(pattern))\\z", options: .regularExpression)
        return range == text.startIndex..<text.endIndex
    }
}
