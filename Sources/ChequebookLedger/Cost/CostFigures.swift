public import ChequebookModel

/// Cost through a day by setting, group and month: every other figure of cost is a sum of its cells.
public struct CostFigures: Equatable, Sendable {
    public struct Cell: Equatable, Sendable {
        /// Credits count negative.
        public var pence: Int128 = 0
        /// Events that stand.
        public var events = 0

        public init(pence: Int128 = 0, events: Int = 0) {
            (self.pence, self.events) = (pence, events)
        }

        public static func += (left: inout Cell, right: Cell) {
            left.pence += right.pence
            left.events += right.events
        }
    }

    /// By setting, then group (costs without one last), then month of the year.
    public internal(set) var cells = [Cell](repeating: Cell(), count: CareSetting.count * CostGroup.count * 12)
    /// Zero or negative: what the credits take off.
    public internal(set) var creditsPence: Int128 = 0
    public internal(set) var withoutPatientPence: Int128 = 0

    public init() {}

    /// The cell of a setting, a group (nil: costs that have none) and a month (0 for April to 11 for March).
    public internal(set) subscript(setting: CareSetting, group: PatientGroup?, month: Int) -> Cell {
        get { cells[Self.index(setting, group, month)] }
        set { cells[Self.index(setting, group, month)] = newValue }
    }

    private static func index(_ setting: CareSetting, _ group: PatientGroup?, _ month: Int) -> Int {
        (Int(setting.rawValue) * CostGroup.count + CostGroup.index(group)) * 12 + month
    }

    public static func += (left: inout CostFigures, right: CostFigures) {
        for index in left.cells.indices { left.cells[index] += right.cells[index] }
        left.creditsPence += right.creditsPence
        left.withoutPatientPence += right.withoutPatientPence
    }
}

extension CostFigures {
    /// The cost of one setting.
    public func sum(_ setting: CareSetting) -> Cell {
        var sum = Cell()
        for group in PatientGroup.allCases + [nil] {
            for month in 0..<12 { sum += self[setting, group, month] }
        }
        return sum
    }
}
