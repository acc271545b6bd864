import ChequebookModel

/// The members of one object, read field by field: every key is known, none is there twice, null is the same as absent.
///
/// The keys of an object are numbered by its reader; a set of bits tells which were seen.
struct Fields {
    let tokens: JSONTokens
    private var seen: UInt32 = 0

    init(_ tokens: JSONTokens) {
        self.tokens = tokens
    }

    /// The members of the object at `index`.
    func members(at index: Int) throws(WireProblem) -> JSONMembers {
        guard tokens[index].kind == .objectBegin else {
            throw problem("wrong-type", index, "must be a JSON object")
        }
        return tokens.members(of: index)
    }

    /// Notes that the field with this number is there; false if its value is null.
    @inline(__always)
    mutating func note(_ number: UInt32, _ member: JSONMember) throws(WireProblem) -> Bool {
        let bit: UInt32 = 1 << number
        guard seen & bit == 0 else {
            throw problem("duplicate-field", member.valueIndex, "stands in the object more than once")
        }
        seen |= bit
        return !member.value.isKind(.null)
    }

    func unknown(_ member: JSONMember, known: String) -> WireProblem {
        problem("unknown-field", member.valueIndex, "is no field here; the fields are \(known)")
    }

    func missing(_ name: String, at index: Int = 0) -> WireProblem {
        let parent = index == 0 ? "" : tokens.pointer(at: index)
        return WireProblem(code: "missing-field", pointer: "\(parent)/\(name)", detail: "is required")
    }

    func problem(_ code: String, _ index: Int, _ detail: String) -> WireProblem {
        WireProblem(code: code, pointer: tokens.pointer(at: index), detail: detail)
    }

    @inline(__always)
    func text(_ member: JSONMember) throws(WireProblem) -> UnsafeRawBufferPointer {
        guard member.value.isKind(.string) else { throw problem("wrong-type", member.valueIndex, "must be a string") }
        return member.value.text
    }

    /// An integer of the range; pence, versions, ages.
    @inline(__always)
    func integer(_ member: JSONMember, _ range: ClosedRange<Int64>) throws(WireProblem) -> Int64 {
        if member.value.isKind(.integer) {
            let value = member.value.integer
            guard range.contains(value) else { throw outOfRange(member, range) }
            return value
        }
        throw notInteger(member, range)
    }

    private func notInteger(_ member: JSONMember, _ range: ClosedRange<Int64>) -> WireProblem {
        switch member.value.kind {
        case .bigInteger: outOfRange(member, range)
        case .fraction:
            problem(
                "not-an-integer", member.valueIndex,
                "must be a whole number without fraction or exponent, from \(range.lowerBound) to \(range.upperBound)")
        default: problem("wrong-type", member.valueIndex, "must be a whole number, not in quotes")
        }
    }

    private func outOfRange(_ member: JSONMember, _ range: ClosedRange<Int64>) -> WireProblem {
        problem("out-of-range", member.valueIndex, "must be from \(range.lowerBound) to \(range.upperBound)")
    }

    /// The bytes of an identifier, which stay where they are.
    @inline(__always)
    func identifier(
        _ member: JSONMember, bytesMax: Int = Limits.identifierBytesMax
    ) throws(WireProblem) -> UnsafeRawBufferPointer {
        let text = try text(member)
        guard Identifier.isIdentifier(text, bytesMax: bytesMax), !Identifier.isDots(text) else {
            throw problem(
                "bad-identifier", member.valueIndex, "must be 1 to \(bytesMax) of A-Z a-z 0-9 . _ : - and not . or ..")
        }
        return text
    }

    @inline(__always)
    func code(_ member: JSONMember) throws(WireProblem) -> OrganisationCode { try code(at: member.valueIndex) }

    @inline(__always)
    func code(at index: Int) throws(WireProblem) -> OrganisationCode {
        let token = tokens[index]
        guard token.isKind(.string) else { throw problem("wrong-type", index, "must be a string") }
        guard let code = OrganisationCode(utf8: token.text) else {
            throw problem("bad-organisation-code", index, "must be an ODS code: 2 to 12 of A-Z 0-9")
        }
        return code
    }

    @inline(__always)
    func date(_ member: JSONMember) throws(WireProblem) -> CalendarDate {
        guard let date = CalendarDate(utf8: try text(member)) else {
            throw problem(
                "bad-date", member.valueIndex, "must be a real date like 2015-04-01, from 1900-01-01 to 2199-12-31")
        }
        return date
    }

    /// A date of birth, or `YYYY-MM` read as its first day.
    func birth(_ member: JSONMember) throws(WireProblem) -> CalendarDate {
        let text = try text(member)
        guard text.count == 7 else { return try date(member) }
        let whole = Array(text) + Array("-01".utf8)
        guard let day = whole.withUnsafeBytes({ CalendarDate(utf8: $0) }) else { return try date(member) }
        return day
    }

    @inline(__always)
    func word<Value: WireWord>(_ member: JSONMember, _: Value.Type) throws(WireProblem) -> Value {
        guard let value = Value(utf8: try text(member)) else {
            throw problem(
                "unknown-value", member.valueIndex, "must be one of \(Value.words.joined(separator: ", "))")
        }
        return value
    }

    /// The elements of an array of at most `countMax`.
    func elements(_ member: JSONMember, countMax: Int) throws(WireProblem) -> JSONElements {
        guard member.value.kind == .arrayBegin else {
            throw problem("wrong-type", member.valueIndex, "must be an array")
        }
        guard member.value.childCount <= countMax else {
            throw problem("too-many-items", member.valueIndex, "must have at most \(countMax) items")
        }
        return tokens.elements(of: member.valueIndex)
    }

    /// An age in whole years.
    func age(_ member: JSONMember) throws(WireProblem) -> Int {
        Int(try integer(member, 0...Int64(Limits.ageYearsMax)))
    }

    func boolean(_ member: JSONMember) throws(WireProblem) -> Bool {
        switch member.value.kind {
        case .true: return true
        case .false: return false
        default: throw problem("wrong-type", member.valueIndex, "must be true or false")
        }
    }
}
