import ChequebookModel

extension People.Details {
    private static let isSpokenOfFlag = 1
    private static let diedFlag = 2
    private static let hasDeathDayFlag = 4
    private static let replacedFlag = 8
    private static let successorFlag = 16
    private static let pseudonymFlag = 32

    func put(in image: LedgerImage) {
        var flags = isSpokenOf ? Self.isSpokenOfFlag : 0
        if let died { flags |= Self.diedFlag | (died.value == nil ? 0 : Self.hasDeathDayFlag) }
        if replacedBy != nil { flags |= Self.replacedFlag }
        if let successor { flags |= Self.successorFlag | (successor.pseudonym == nil ? 0 : Self.pseudonymFlag) }
        image.put(flags)
        image.put(Int(died?.value?.dayNumber ?? 0))
        image.put(died?.sequence ?? 0)
        image.put(Int(replacedBy ?? 0))
        image.put(successor?.key.high ?? 0)
        image.put(successor?.key.low ?? 0)
        successor?.pseudonym?.withBytes { image.putCopy(ofList: Array($0)) }
        image.putCopy(ofList: replaces)
    }

    init(from image: ImageReader) throws {
        let flags = try image.int()
        func has(_ flag: Int) -> Bool { flags & flag != 0 }
        isSpokenOf = has(Self.isSpokenOfFlag)
        let day = Int32(truncatingIfNeeded: try image.int())
        let sequence = try image.word()
        if has(Self.diedFlag) {
            let deathDay = has(Self.hasDeathDayFlag) ? CalendarDate(uncheckedDayNumber: day) : nil
            died = People.Received(value: deathDay, sequence: sequence)
        }
        let other = People.Row(truncatingIfNeeded: try image.int())
        replacedBy = has(Self.replacedFlag) ? other : nil
        let key = PatientKey(high: try image.word(), low: try image.word())
        if has(Self.successorFlag) {
            let text = has(Self.pseudonymFlag) ? try image.list(of: UInt8.self) : []
            successor = Patient(uncheckedKey: key, pseudonym: text.withUnsafeBytes { Identifier(utf8: $0) })
        }
        replaces = Array(try image.list(of: People.Row.self))
    }
}
