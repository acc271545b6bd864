public import ChequebookModel

/// What may be looked up in a ledger by several threads at once, as long as nothing is applied to it meanwhile.
///
/// It changes nothing, not even what the ledger remembers of figures that it reckoned. Records are read back through a
/// reader that may be another than the ledger's own: one that rather throws than waits, for a thread that must not.
public struct LedgerLookup {
    let ledger: Ledger
    let reader: any RecordReader
    /// Of one patient, in all years.
    let eventsMax: Int

    /// A patient has more events than one may look through.
    public struct TooManyEvents: Error {}

    /// - Parameter eventsMax: the most events of one patient that it looks through, in all years, before it throws
    ///   ``TooManyEvents``.
    public init(_ ledger: Ledger, reader: any RecordReader, eventsMax: Int = .max) {
        (self.ledger, self.reader, self.eventsMax) = (ledger, reader, eventsMax)
    }
}

extension Ledger {
    /// Looks things up with the ledger's own reader.
    public var lookup: LedgerLookup { LedgerLookup(self, reader: reader) }

    /// As the lookup's.
    ///
    /// - Throws: what the reader throws.
    public func event(_ identity: EventIdentity) throws -> EventView? { try lookup.event(identity) }

    /// As the lookup's.
    public func patient(_ key: PatientKey) -> PatientView? { lookup.patient(key) }

    /// As the lookup's.
    ///
    /// - Throws: what the reader throws.
    public func patientCosts(
        _ key: PatientKey, _ year: FinancialYear, after: PatientCosts.Cursor?, limit: Int
    ) throws -> PatientCosts? {
        try lookup.patientCosts(key, year, after: after, limit: limit)
    }
}
