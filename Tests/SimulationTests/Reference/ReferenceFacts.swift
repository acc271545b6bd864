/// The contract's fixed words, in the order of its section 1.
enum ReferenceWords {
    static let settings = [
        "primary", "secondary", "community", "social", "mental-health", "prescribing", "continuing-care",
        "specialised", "public-health",
    ]
    static let groups = [
        "older", "long-term-conditions", "mental-health", "mothers-and-children", "generally-healthy",
    ]

    static func settingPlace(of setting: String) -> Int {
        guard let place = settings.firstIndex(of: setting) else { preconditionFailure("no such setting: \(setting)") }
        return place
    }

    static func groupPlace(of group: String) -> Int {
        guard let place = groups.firstIndex(of: group) else { preconditionFailure("no such group: \(group)") }
        return place
    }
}

/// From this day the patient is the sending commissioner's.
struct ReferenceStatement: Hashable, Sendable {
    var patient: String
    var from: Day
    var until: Day?
    var born: Day
    var sex: String
    var group = "generally-healthy"
    var practice: String?
    var council: String?
}

/// One item of a registrations body.
enum ReferenceRegistration: Hashable, Sendable {
    case statement(ReferenceStatement)
    case withdrawal(patient: String, from: Day)

    var patient: String {
        switch self {
        case .statement(let statement): statement.patient
        case .withdrawal(let patient, _): patient
        }
    }
}

/// What a request says of something that can also be taken back.
enum ReferenceChange<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Left out: as it was.
    case unsaid
    /// Null.
    case takenBack
    case said(Value)
}

/// What is known of a patient beside the statements; what is nil or unsaid stays as it was.
struct ReferencePatientDetails: Hashable, Sendable {
    var patient: String
    var born: Day?
    var sex: String?
    var died = ReferenceChange<Day>.unsaid
    /// Another number of the same person.
    var replacedBy = ReferenceChange<String>.unsaid
}

/// How many people of one kind a commissioner has, where it knows no names; an absent dimension means all.
struct ReferenceListSize: Hashable, Sendable {
    var ageFrom: Int?
    var ageThrough: Int?
    var sex: String?
    var group: String?
    var people: Int
}

/// What is paid for a year of a person in one setting; an absent dimension means all.
struct ReferenceRate: Hashable, Sendable {
    var setting: String
    var annualPence: Int128
    var ageFrom: Int?
    var ageThrough: Int?
    var sex: String?
    var group: String?
    var from: Day?
    var until: Day?
}

/// A national card (without weights) or a commissioner's own.
struct ReferenceCard: Hashable, Sendable {
    /// Decimal text, as sent.
    var weight: String?
    var weights: [String: String] = [:]
    var funders: [String: String] = [:]
    var rates: [ReferenceRate] = []
}

/// A cost or a credit. Its identity is `source` and `id`; everything but `version` is its content.
struct ReferenceCost: Hashable, Sendable {
    var source: String
    var id: String
    var version = 1
    var patient: String?
    var commissioner: String?
    var withoutPatient: String?
    var setting: String
    var serviceDate: Day
    var amountPence: Int128
    var kind = "cost"
    var provider: String?
    var service: String?
    var funder: String?

    var signedPence: Int128 { kind == "credit" ? -amountPence : amountPence }
}

/// One item of a cost events body.
enum ReferenceEvent: Hashable, Sendable {
    case cost(ReferenceCost)
    case reversal(source: String, id: String, reverses: String)

    var source: String {
        switch self {
        case .cost(let cost): cost.source
        case .reversal(let source, _, _): source
        }
    }

    var id: String {
        switch self {
        case .cost(let cost): cost.id
        case .reversal(_, let id, _): id
        }
    }
}
