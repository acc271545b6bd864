import ChequebookModel

/// The organisations that events and registrations name, each with a small number. 0 stands for none.
struct CodeTable {
    private var codes: [OrganisationCode?] = [nil]
    private var numbers = CodeNumbers()

    /// Whether these codes can all be named.
    func hasRoom(for named: [OrganisationCode?]) -> Bool {
        count + named.count <= Limits.organisationsNamedMax || hasRoom(forUnknown: unknown(named).count)
    }

    func hasRoom(forUnknown unknown: Int) -> Bool { count + unknown <= Limits.organisationsNamedMax }

    /// Those of these codes that have no number yet.
    func unknown(_ named: [OrganisationCode?]) -> Set<OrganisationCode> {
        Set(named.compactMap { $0 }.filter { numbers[$0.packed] == nil })
    }

    /// The number of a code, given to it if it has none yet.
    mutating func number(_ code: OrganisationCode?) -> UInt32 {
        guard let code else { return 0 }
        if let number = numbers[code.packed] { return number }
        let number = UInt32(codes.count)
        codes.append(code)
        numbers.add(code.packed, number)
        return number
    }

    /// The number of a packed code that has one; 0 for 0, which stands for none.
    @inline(__always)
    func number(packed: UInt64) -> UInt32? { packed == 0 ? 0 : numbers[packed] }

    func code(_ number: UInt32) -> OrganisationCode? { codes[Int(number)] }

    private var count: Int { codes.count - 1 }

    /// All codes in the order of their numbers.
    var all: [OrganisationCode] { codes.compactMap { $0 } }
}

/// Numbers by packed code: a code is looked up several times for every event.
struct CodeNumbers {
    /// A packed code, or 0 in an empty slot.
    private var keys = [UInt64](repeating: 0, count: 64)
    private var numbers = [UInt32](repeating: 0, count: 64)
    private var count = 0

    @inline(__always)
    subscript(packed: UInt64) -> UInt32? {
        let mask = keys.count - 1
        var place = Self.place(packed) & mask
        while keys[place] != 0 {
            if keys[place] == packed { return numbers[place] }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Adds a code that is not there yet.
    mutating func add(_ packed: UInt64, _ number: UInt32) {
        if (count + 1) * 2 > keys.count { grow() }
        put(packed, number)
        count += 1
    }

    private mutating func put(_ packed: UInt64, _ number: UInt32) {
        let mask = keys.count - 1
        var place = Self.place(packed) & mask
        while keys[place] != 0 { place = (place + 1) & mask }
        keys[place] = packed
        numbers[place] = number
    }

    private mutating func grow() {
        let (oldKeys, oldNumbers) = (keys, numbers)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        numbers = [UInt32](repeating: 0, count: oldKeys.count * 2)
        for (key, number) in zip(oldKeys, oldNumbers) where key != 0 { put(key, number) }
    }

    @inline(__always)
    private static func place(_ packed: UInt64) -> Int { Int(truncatingIfNeeded: Mixing.step(0, packed, 0)) }
}
