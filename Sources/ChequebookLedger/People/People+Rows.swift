import ChequebookModel

extension People {
    /// One number. What booking a cost asks for stands first, so that it is mostly in one cache line.
    struct Entry: BitwiseCopyable {
        /// How much of it booking a cost looks at.
        static var bookedBytes: Int { 28 }

        private static let noDay = Int32.min
        private static let noSex = UInt8.max

        private let high: UInt64
        private let low: UInt64
        var firstStatement = People.none
        var lastEvent = People.none
        var statementCount: UInt16 = 0
        private var sexByte = noSex
        private var flags: UInt8 = 0
        private var bornDay = noDay
        private var bornSequence: UInt64 = 0
        private var sexSequence: UInt64 = 0

        init(_ key: PatientKey) { (high, low) = (key.high, key.low) }

        @inline(__always)
        func has(_ key: PatientKey) -> Bool { low == key.low && high == key.high }

        /// Whether anything was ever recorded under this number.
        var isKnown: Bool {
            get { flags & 1 != 0 }
            set { flags = newValue ? flags | 1 : flags & ~1 }
        }

        /// Whether the number is joined to others or its death is known: then `details` has more.
        var hasDetails: Bool {
            get { flags & 2 != 0 }
            set { flags = newValue ? flags | 2 : flags & ~2 }
        }

        var born: Received<CalendarDate>? {
            get {
                guard bornDay != Self.noDay else { return nil }
                return Received(value: CalendarDate(uncheckedDayNumber: bornDay), sequence: bornSequence)
            }
            set {
                bornDay = newValue?.value.dayNumber ?? Self.noDay
                bornSequence = newValue?.sequence ?? 0
            }
        }

        var sex: Received<Sex>? {
            get { Sex(rawValue: sexByte).map { Received(value: $0, sequence: sexSequence) } }
            set {
                sexByte = newValue?.value.rawValue ?? Self.noSex
                sexSequence = newValue?.sequence ?? 0
            }
        }
    }

    /// One statement, and the next of the same number. The sequence and the practice, which no cost needs, stand last.
    struct Link: BitwiseCopyable {
        /// How much of it booking a cost looks at.
        static var bookedBytes: Int { 23 }

        private static let noDay = Int32.max

        /// 0 for none.
        let council: UInt64
        /// Day numbers.
        let from: Int32
        let until: Int32
        var next: UInt32
        let commissioner: CommissionerIndex
        let group: PatientGroup
        /// No byte is left to chance: images are compared.
        private let unused: UInt8 = 0
        private let practice: UInt64
        private let sequence: UInt64

        init(_ standing: Standing, sequence: UInt64, next: UInt32) {
            council = standing.council?.packed ?? 0
            from = standing.from.dayNumber
            until = standing.until?.dayNumber ?? Self.noDay
            self.next = next
            commissioner = standing.commissioner
            group = standing.group
            practice = standing.practice?.packed ?? 0
            self.sequence = sequence
        }

        var received: Received<Standing> { Received(value: standing, sequence: sequence) }

        var standing: Standing {
            Standing(
                from: CalendarDate(uncheckedDayNumber: from),
                until: until == Self.noDay ? nil : CalendarDate(uncheckedDayNumber: until),
                commissioner: commissioner, group: group,
                practice: practice == 0 ? nil : OrganisationCode(uncheckedPacked: practice),
                council: council == 0 ? nil : OrganisationCode(uncheckedPacked: council))
        }
    }
}
