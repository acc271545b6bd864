/// An answer in rows and columns.
struct Sheet {
    enum Cell: Equatable {
        case empty
        case text(String)
        /// A number as it is written.
        case number(String)

        var isText: Bool {
            if case .text = self { true } else { false }
        }

        /// What the cell says, bare.
        var content: String {
            switch self {
            case .empty: ""
            case .text(let text), .number(let text): text
            }
        }
    }

    let columns: [SheetLayout.Column]
    /// As many cells in each as there are columns.
    let rows: [[Cell]]

    init(_ answer: AnswerTree, _ layout: SheetLayout) {
        columns = layout.columns
        let listed = Self.scopes(answer, layout.lists[...]).map { scopes in
            layout.columns.map { column in Cell(scopes.lazy.compactMap { $0[column.path] }.first) }
        }
        let closing = layout.closingRows.map { name in
            let row = answer[name]
            return [.text(String(name))]
                + layout.columns.dropFirst().map { Cell(row?[$0.closingPath ?? $0.path]) }
        }
        rows = listed + closing
    }

    /// For each row, where its values are looked for: the row itself, then what it stands in, outwards.
    private static func scopes(
        _ answer: AnswerTree, _ lists: ArraySlice<Substring>, within outer: [AnswerTree] = []
    ) -> [[AnswerTree]] {
        let scopes = [answer] + outer
        guard let list = lists.first else { return [scopes] }
        return (answer[list]?.elements ?? []).flatMap { Self.scopes($0, lists.dropFirst(), within: scopes) }
    }
}

extension Sheet.Cell {
    /// A list in a cell has its elements with semicolons between: `QHL from 2022-07-01; QUA from 2023-04-01`.
    fileprivate init(_ value: AnswerTree?) {
        switch value {
        case nil, .null: self = .empty
        case .text(let text): self = .text(text)
        case .number(let text): self = .number(text)
        case .array(let elements):
            self = elements.isEmpty ? .empty : .text(elements.map(Self.phrase).joined(separator: "; "))
        case .object: self = .empty
        }
    }

    /// The first value of an element alone, the others behind their names.
    private static func phrase(_ element: AnswerTree) -> String {
        guard case .object(let members) = element else { return Self(element).content }
        return members.enumerated().map { index, member in
            let content = Self(member.value).content
            return index == 0 ? content : "\(member.name) \(content)"
        }.joined(separator: " ")
    }
}
