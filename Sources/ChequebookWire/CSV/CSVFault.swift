internal import ChequebookModel

/// What is wrong with the form of a row, whatever its fields say.
public struct CSVFault: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        case tooLong, tooManyFields
        case strayQuote, textAfterQuote, strayCarriageReturn, unclosedQuote
    }

    public let kind: Kind
    /// The field in which it was found, from 0; nil if it is the row's.
    public let fieldIndex: Int?
    private let rowBytesMax: Int

    init(_ kind: Kind, fieldIndex: Int? = nil, rowBytesMax: Int = Limits.lineBytesMax) {
        (self.kind, self.fieldIndex, self.rowBytesMax) = (kind, fieldIndex, rowBytesMax)
    }

    /// Stable and kebab-case.
    public var code: String {
        switch kind {
        case .tooLong: "line-too-long"
        case .tooManyFields: "wrong-field-count"
        case .strayQuote, .textAfterQuote, .strayCarriageReturn: "malformed-csv"
        case .unclosedQuote: "unclosed-quote"
        }
    }

    /// One sentence of plain English without a full stop.
    public var detail: String {
        switch kind {
        case .tooLong: "must be at most \(rowBytesMax) bytes"
        case .tooManyFields: "must have at most \(Limits.columnsMax) fields"
        case .strayQuote: "must be in quotes, with each quote in it written twice"
        case .textAfterQuote: "must end with its closing quote; a quote inside is written twice"
        case .strayCarriageReturn: "must be in quotes if it has a carriage return; lines end with CR LF or LF"
        case .unclosedQuote: "has a quote that is never closed, so what follows was not read as rows"
        }
    }
}
