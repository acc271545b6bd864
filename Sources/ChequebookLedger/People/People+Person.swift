import ChequebookModel

/// The person behind a number: what is said of all numbers that are joined to it, the latest received first.
struct Person {
    /// Days after death on which a cost still goes to the last commissioner.
    static let daysAfterDeathMax = 60

    let born: CalendarDate?
    let sex: Sex
    let died: CalendarDate?
    /// Oldest first, one for each `from`.
    let statements: [People.Standing]

    /// The statement that decides on a day: the one with the latest `from` on or before it, unless it has ended.
    ///
    /// After death none does, but for a while a cost goes where one on the day of death would.
    func deciding(on day: CalendarDate) -> Deciding? {
        let isAfterDeath = died.map { day > $0 } ?? false
        var day = day
        if let died, isAfterDeath {
            guard day <= died.adding(days: Self.daysAfterDeathMax) else { return nil }
            day = died
        }
        guard let latest = statements.last(where: { $0.from <= day }) else { return nil }
        return latest.isInEffect(on: day) ? Deciding(standing: latest, isAfterDeath: isAfterDeath) : nil
    }
}

/// The statement that decides where a cost belongs.
struct Deciding: Equatable {
    let standing: People.Standing
    let isAfterDeath: Bool
}

/// What booking a cost asks of the statement that decides, as plain integers.
struct PlainDeciding: BitwiseCopyable {
    let commissioner: CommissionerIndex
    let group: PatientGroup
    /// 0 for none.
    let councilPacked: UInt64
}

extension People.Standing {
    func isInEffect(on day: CalendarDate) -> Bool { until.map { day < $0 } ?? true }
}

extension People {
    /// A value and the sequence of the record that said it: of two the latest received wins.
    struct Received<Value: Equatable>: Equatable {
        let value: Value
        let sequence: UInt64

        static func latest(_ left: Received?, _ right: Received?) -> Received? {
            guard let left, let right else { return left ?? right }
            return left.sequence >= right.sequence ? left : right
        }
    }

    /// A statement as the ledger keeps it; the patient is the list it stands in.
    struct Standing: Hashable {
        var from: CalendarDate
        var until: CalendarDate?
        var commissioner: CommissionerIndex
        var group: PatientGroup
        var practice: OrganisationCode?
        var council: OrganisationCode?
    }

    /// What few numbers have.
    struct Details {
        init() {}

        /// Whether details were ever sent under this number.
        var isSpokenOf = false
        /// The day of death, or that it was taken back.
        var died: Received<CalendarDate?>?
        /// The number that counts in place of this one, and how its sender wrote it.
        var replacedBy: Row?
        var successor: Patient?
        /// The numbers that this one counts in place of.
        var replaces: [Row] = []
    }
}

extension People {
    /// All numbers of the person, this one included, in the order of their rows.
    func numbers(of row: Row) -> [Row] {
        guard hasDetails(row) else { return [row] }
        var root = row
        while let next = details(root)?.replacedBy { root = next }
        var all = [root]
        var index = 0
        while index < all.count {
            all += details(all[index])?.replaces ?? []
            index += 1
        }
        return all.sorted()
    }

    /// One number of each person about whom one of these commissioners made a statement.
    func persons(statedBy commissioners: Set<CommissionerIndex>) -> [Row] {
        var joined: Set<Row> = []
        return rows.compactMap { row in
            guard isStated(row, by: commissioners) else { return nil }
            guard hasDetails(row) else { return row }
            let first = numbers(of: row)[0]
            return joined.insert(first).inserted ? first : nil
        }
    }

    /// Whether the ledger has heard of the person behind a number.
    func hasHeard(of row: Row) -> Bool { isKnown(row) || numbers(of: row).count > 1 }

    /// The person behind a number.
    func person(_ row: Row) -> Person {
        let numbers = numbers(of: row)
        var born: Received<CalendarDate>?
        var sex: Received<Sex>?
        var died: Received<CalendarDate?>?
        for number in numbers {
            born = Received.latest(born, self.born(number))
            sex = Received.latest(sex, self.sex(number))
            died = Received.latest(died, details(number)?.died)
        }
        return Person(
            born: born?.value, sex: sex?.value ?? .unknown, died: died?.value ?? nil,
            statements: joinedStatements(numbers))
    }

    /// The person's statement with this `from`, and the number under which it was received.
    func held(_ row: Row, from: CalendarDate) -> (number: Row, statement: Received<Standing>)? {
        var latest: (number: Row, received: Received<Standing>)?
        for number in numbers(of: row) {
            for statement in statements(number) where statement.value.from == from {
                if latest.map({ statement.sequence > $0.received.sequence }) ?? true { latest = (number, statement) }
            }
        }
        return latest.map { ($0.number, $0.received) }
    }

    /// The statement that decides on a day.
    func deciding(_ row: Row, on day: CalendarDate) -> Deciding? {
        guard !hasDetails(row) else { return person(row).deciding(on: day) }
        guard let latest = latestStatement(row, on: day), latest.isInEffect(on: day) else { return nil }
        return Deciding(standing: latest, isAfterDeath: false)
    }

    /// Whether this number may be replaced by the other without going round in a circle.
    func canReplace(_ row: Row, by other: Row) -> Bool {
        var next: Row? = other
        while let number = next {
            if number == row { return false }
            next = details(number)?.replacedBy
        }
        return true
    }

    private func joinedStatements(_ numbers: [Row]) -> [Standing] {
        guard numbers.count > 1 else { return statements(numbers[0]).map(\.value) }
        var byFrom: [CalendarDate: Received<Standing>] = [:]
        for statement in numbers.flatMap({ statements($0) }) {
            let from = statement.value.from
            byFrom[from] = Received.latest(byFrom[from], statement)
        }
        return byFrom.sorted { $0.key < $1.key }.map(\.value.value)
    }
}
