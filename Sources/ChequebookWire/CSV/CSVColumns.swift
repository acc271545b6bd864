/// The columns that a kind of list may have: the fields of its items' JSON objects.
public struct CSVColumns: Sendable {
    /// What a cell of the column is in JSON.
    enum Kind: Sendable {
        case text, integer, boolean
        /// A JSON object whose members are members of the row's object.
        case members
    }

    struct Column: Sendable {
        let name: String
        let kind: Kind
    }

    let all: [Column]

    private init(text: [String], integers: [String], booleans: [String] = []) {
        all =
            text.map { Column(name: $0, kind: .text) } + integers.map { Column(name: $0, kind: .integer) }
            + booleans.map { Column(name: $0, kind: .boolean) }
    }

    init(_ columns: [Column]) { all = columns }

    /// Those of ``CostEventReader``.
    public static let events = CSVColumns(
        text: [
            "source", "id", "patient", "commissioner", "withoutPatient", "setting", "serviceDate", "kind", "provider",
            "service", "funder", "reverses",
        ],
        integers: ["version", "amountPence"])

    /// Those of ``RegistrationReader``.
    public static let registrations = CSVColumns(
        text: ["patient", "from", "until", "born", "sex", "group", "practice", "council"], integers: [],
        booleans: ["withdrawn"])

    /// Those of the rates of ``RateCardReader``.
    public static let rates = CSVColumns(
        text: ["setting", "sex", "group", "from", "until"], integers: ["annualPence", "ageFrom", "ageTo"])

    /// Those of the bands of ``ListSizesReader``.
    public static let listSizes = CSVColumns(text: ["sex", "group"], integers: ["ageFrom", "ageTo", "people"])

    /// The column that the cell of a header row names; nil if none.
    func column(_ name: UnsafeRawBufferPointer) -> Column? {
        all.first { $0.name.utf8.elementsEqual(name) }
    }

    /// The names, for a message.
    var known: String { all.map(\.name).joined(separator: ", ") }
}
