import ChequebookModel

/// What the object of a cost event or a reversal says, ready to be written as a record.
///
/// Its texts still lie where the document's tokens have them, and are valid for as long: between the bytes of an event
/// and its record nothing but numbers is copied. A text without bytes and a code of 0 are not there.
struct CostEventFields {
    var source = Text.none
    var id = Text.none
    /// There for a reversal alone, which has nothing else but its identity.
    var reverses = Text.none
    var service = Text.none
    var pseudonym = Text.none
    var patient: PatientKey?
    var without: WithoutPatient?
    var commissioner: UInt64 = 0
    var provider: UInt64 = 0
    var funder: UInt64 = 0
    var amountPence: Int64 = 0
    var version: Int32 = 1
    var serviceDay: Int32 = 0
    var setting = CareSetting.primary
    var kind = EventKind.cost

    typealias Text = UnsafeRawBufferPointer

    var isReversal: Bool { !reverses.isEmpty }

    /// The fact that a record of these fields says.
    var fact: Fact {
        let identity = EventIdentity(source: Identifier(uncheckedUTF8: source), id: Identifier(uncheckedUTF8: id))
        if isReversal {
            return .reversal(Reversal(identity: identity, reverses: Identifier(uncheckedUTF8: reverses)))
        }
        return .costEvent(
            CostEvent(
                identity: identity, version: version, subject: subject, commissioner: Self.code(commissioner),
                setting: setting, serviceDate: CalendarDate(uncheckedDayNumber: serviceDay), amountPence: amountPence,
                kind: kind, provider: Self.code(provider), service: Self.identifier(service),
                funder: Self.code(funder)))
    }

    private var subject: CostSubject {
        guard let patient else { return .without(without ?? .unknown) }
        return .patient(Patient(uncheckedKey: patient, pseudonym: Self.identifier(pseudonym)))
    }

    private static func code(_ packed: UInt64) -> OrganisationCode? {
        packed == 0 ? nil : OrganisationCode(uncheckedPacked: packed)
    }

    private static func identifier(_ text: Text) -> Identifier? {
        text.isEmpty ? nil : Identifier(uncheckedUTF8: text)
    }
}

extension CostEventFields {
    /// Runs `body` on the fields of an event, whose texts are valid until it returns.
    static func with(_ event: CostEvent, _ body: (CostEventFields) -> Void) {
        var fields = CostEventFields()
        fields.version = event.version
        fields.commissioner = event.commissioner?.packed ?? 0
        fields.provider = event.provider?.packed ?? 0
        fields.funder = event.funder?.packed ?? 0
        fields.amountPence = event.amountPence
        fields.serviceDay = event.serviceDate.dayNumber
        fields.setting = event.setting
        fields.kind = event.kind
        var pseudonym: Identifier?
        switch event.subject {
        case .patient(let patient): (fields.patient, pseudonym) = (patient.key, patient.pseudonym)
        case .without(let reason): fields.without = reason
        }
        event.identity.source.withBytes { source in
            event.identity.id.withBytes { id in
                withBytes(event.service) { service in
                    withBytes(pseudonym) { pseudonym in
                        (fields.source, fields.id, fields.service) = (source, id, service)
                        fields.pseudonym = pseudonym
                        body(fields)
                    }
                }
            }
        }
    }

    private static func withBytes(_ text: Identifier?, _ body: (Text) -> Void) {
        guard let text else { return body(.none) }
        text.withBytes(body)
    }
}

extension UnsafeRawBufferPointer {
    /// A text that is not there.
    static var none: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}
