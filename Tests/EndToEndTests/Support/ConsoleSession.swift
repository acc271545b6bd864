/// The commands of a page in Markdown, each with the output that the page shows under it.
///
/// They stand in fenced blocks called `console`. A command begins with `$ ` and goes on in lines that begin with `> `,
/// or after a backslash at the end of a line; what follows up to the next command or the end of the block is its output.
struct ConsoleSession {
    struct Step: Equatable {
        var command: String
        var output: String
    }

    private(set) var steps: [Step] = []

    init(markdown: String) {
        var isInside = false
        var isCommand = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                isInside = !isInside && line == "```console"
                isCommand = false
            } else if !isInside {
                continue
            } else if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), output: ""))
                isCommand = true
            } else if isCommand, line.hasPrefix("> ") || steps[steps.count - 1].command.hasSuffix("\\") {
                steps[steps.count - 1].command += "\n" + (line.hasPrefix("> ") ? String(line.dropFirst(2)) : line)
            } else if !steps.isEmpty {
                steps[steps.count - 1].output += line + "\n"
                isCommand = false
            }
        }
    }
}
