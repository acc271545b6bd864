import ChequebookModel

extension ExportText {
    /// The header row of an export.
    mutating func headerRow() {
        for column in ExportColumn.allCases {
            if column.rawValue > 0 { raw(UInt8(ascii: ",")) }
            for byte in "\(column)".utf8 { raw(byte) }
        }
        endLine("\r\n")
    }

    /// The row of a fact that has columns of its own; false, and nothing written, for any other.
    ///
    /// No cell of it needs quotes: codes, words, days, numbers and identifiers have no commas, quotes or line ends.
    mutating func row(of fact: Fact, sequence: UInt64, recordedAt: Instant) -> Bool {
        switch fact {
        case .costEvent(let event):
            row(.costEvent, sequence, recordedAt) { $0.cells(of: event, &$1) }
        case .reversal(let reversal):
            row(.reversal, sequence, recordedAt) { text, column in
                text.cell(.source, reversal.identity.source, &column)
                text.cell(.id, reversal.identity.id, &column)
                text.cell(.reverses, reversal.reverses, &column)
            }
        case .statement(let statement):
            row(.registration, sequence, recordedAt) { $0.cells(of: statement, &$1) }
        case .withdrawal(let withdrawal):
            row(.withdrawal, sequence, recordedAt) { text, column in
                text.cell(.commissioner, withdrawal.commissioner, &column)
                text.cell(.patient, withdrawal.patient, &column)
                text.cell(.from, withdrawal.from, &column)
                text.cell(.withdrawn, word: "true", &column)
            }
        default: return false
        }
        return true
    }

    /// A row of which nothing but the name of its fact and `details` is there, and where it is a fact of the ledger its
    /// place.
    mutating func row(
        _ word: ExportWord, _ place: (sequence: UInt64, recordedAt: Instant)?, details: UnsafeRawBufferPointer
    ) {
        func write(_ text: inout ExportText, _ column: inout ExportColumn) {
            text.skip(to: .details, &column)
            text.quotedCell(details)
        }
        if let place { return row(word, place.sequence, place.recordedAt, write) }
        var column = ExportColumn.sequence
        cell(.fact, word: word.word, &column)
        write(&self, &column)
        endLine("\r\n")
    }

    private mutating func row(
        _ word: ExportWord, _ sequence: UInt64, _ recordedAt: Instant,
        _ cells: (inout ExportText, inout ExportColumn) -> Void
    ) {
        var column = ExportColumn.sequence
        raw(sequence)
        cell(.recordedAt, recordedAt, &column)
        cell(.fact, word: word.word, &column)
        cells(&self, &column)
        skip(to: .details, &column)
        endLine("\r\n")
    }

    private mutating func cells(of event: CostEvent, _ column: inout ExportColumn) {
        cell(.commissioner, event.commissioner, &column)
        cell(.source, event.identity.source, &column)
        cell(.id, event.identity.id, &column)
        skip(to: .version, &column)
        raw(UInt64(event.version))
        switch event.subject {
        case .patient(let patient): cell(.patient, patient, &column)
        case .without(let why): cell(.withoutPatient, word: why.word, &column)
        }
        cell(.setting, word: event.setting.word, &column)
        cell(.serviceDate, event.serviceDate, &column)
        skip(to: .amountPence, &column)
        raw(UInt64(event.amountPence))
        cell(.kind, word: event.kind.word, &column)
        cell(.provider, event.provider, &column)
        cell(.service, event.service, &column)
        cell(.funder, event.funder, &column)
    }

    private mutating func cells(of statement: Statement, _ column: inout ExportColumn) {
        cell(.commissioner, statement.commissioner, &column)
        cell(.patient, statement.patient, &column)
        cell(.from, statement.from, &column)
        cell(.until, statement.until, &column)
        cell(.born, statement.born, &column)
        cell(.sex, word: statement.sex.word, &column)
        cell(.group, word: statement.group.word, &column)
        cell(.practice, statement.practice, &column)
        cell(.council, statement.council, &column)
    }

    @inline(__always)
    private mutating func cell(_ next: ExportColumn, _ value: (some PlainText)?, _ column: inout ExportColumn) {
        guard let value else { return }
        skip(to: next, &column)
        raw(value)
    }

    private mutating func cell(_ next: ExportColumn, word: StaticString, _ column: inout ExportColumn) {
        skip(to: next, &column)
        raw(word)
    }

    /// Goes to a column that comes later.
    private mutating func skip(to next: ExportColumn, _ column: inout ExportColumn) {
        for _ in column.rawValue..<next.rawValue { raw(UInt8(ascii: ",")) }
        column = next
    }
}
