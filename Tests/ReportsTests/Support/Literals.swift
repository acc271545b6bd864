import ChequebookModel

// Dates, years, codes and patients stand in these tests as they would in a transcript. A misspelt one ends the run.

private func parsed<Value>(_ text: String, _ value: Value?) -> Value {
    guard let value else { preconditionFailure("\(text) is no \(Value.self)") }
    return value
}

extension CalendarDate: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = parsed(text, CalendarDate(text)) }
}

extension FinancialYear: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = parsed(text, FinancialYear(text)) }
}

extension OrganisationCode: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = parsed(text, OrganisationCode(text)) }
}

extension Identifier: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = parsed(text, Identifier(text)) }
}

extension Patient: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self = parsed(text, UInt64(text).flatMap { Patient(nhsNumber: $0) }) }
}
