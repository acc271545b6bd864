/// The fields of a cost event and of a reversal; the number of each is its bit in a set.
enum EventField: UInt32 {
    case source, id, reverses
    case patient, setting, serviceDate, amountPence, provider, service, kind, version, commissioner, withoutPatient
    case funder

    var bit: UInt32 { 1 << rawValue }

    /// Whether a reversal may have it beside nothing else.
    var isOfReversal: Bool { rawValue <= Self.reverses.rawValue }

    /// The field that a key names; nil if it names none.
    ///
    /// Its length and a letter leave one name that the key can be, so that each key is compared once.
    @inline(__always)
    static func named(_ key: JSONToken) -> EventField? {
        func only(_ field: EventField, _ name: StaticString) -> EventField? { key.isText(name) ? field : nil }
        let text = key.text
        switch text.count {
        case 2: return only(.id, "id")
        case 4: return only(.kind, "kind")
        case 6: return text[0] == UInt8(ascii: "s") ? only(.source, "source") : only(.funder, "funder")
        case 7:
            switch text[2] {
            case UInt8(ascii: "t"):
                return text[0] == UInt8(ascii: "p") ? only(.patient, "patient") : only(.setting, "setting")
            default: return text[0] == UInt8(ascii: "v") ? only(.version, "version") : only(.service, "service")
            }
        case 8: return text[0] == UInt8(ascii: "p") ? only(.provider, "provider") : only(.reverses, "reverses")
        case 11:
            return text[0] == UInt8(ascii: "a") ? only(.amountPence, "amountPence") : only(.serviceDate, "serviceDate")
        case 12: return only(.commissioner, "commissioner")
        case 14: return only(.withoutPatient, "withoutPatient")
        default: return nil
        }
    }
}
