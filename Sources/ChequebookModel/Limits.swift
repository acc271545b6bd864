/// Every limit of the service in one place, each with its unit in its name and the reason for its value.
public enum Limits {
    /// The contract's bound on one cost. A thousand times the NHS's yearly budget still fits below it.
    public static let amountPenceMax: Int64 = 1_000_000_000_000_000
    /// The contract's bound on one annual rate for one person.
    public static let annualPenceMax: Int64 = 1_000_000_000_000
    /// A weight multiplies a rate card; 100 is far beyond any need-weighting in use.
    public static let weightMillionthsMax: Int64 = 100_000_000
    /// Event identities, sources and pseudonyms are held inline, so their length is bounded.
    public static let identifierBytesMax = 64
    /// Service codes are short by nature (HRG, SNOMED, local tariff codes).
    public static let serviceBytesMax = 32
    /// The longest ODS code that fits one machine word in base 37.
    public static let organisationCodeBytesMax = 12
    /// A body's name; the longest in the ODS register has fewer than 100 bytes.
    public static let nameBytesMax = 200
    /// Parents and successors of one body each; the largest ICB has fewer than 20 of either.
    public static let relationsMax = 100
    /// Rates on one card; each band of age, sex and group for nine settings stays well below it.
    public static let ratesInCardMax = 1_000
    /// People in one band of a list; the contract's bound, far beyond any nation's list.
    public static let peopleInBandMax: Int64 = 1_000_000_000
    /// Bands of one list: every age from 0 to 105 by sex and group stays below it.
    public static let bandsInListMax = 2_000
    /// Providers, funders and councils that events and registrations may name, all together; ODS has some 300,000.
    public static let organisationsNamedMax = 1_000_000
    /// Event identities of one ledger, and patients: rows are numbered in 32 bits, less what one commit may add. England's
    /// care makes as many events in six years.
    public static let rowsMax = 4_290_000_000
    /// The oldest age that a rate may name, beyond every verified life.
    public static let ageYearsMax = 200
    /// Statements for one patient; a person who moves weekly for a long life stays below it.
    public static let statementsInPatientMax = 4_096
    /// `version` of an event is counted in 32 bits of the record.
    public static let eventVersionMax: Int64 = 2_147_483_647
    /// Bodies that may be registered; commissioner numbers are 16-bit in the ledger's rows.
    public static let commissionersMax = 65_000
    /// Items of a list that is all or nothing: they share one commit.
    public static let atomicItemsMax = 10_000
    /// Errors that a list's reply holds unless all are asked for.
    public static let errorsInReplyMax = 100
    /// Errors that a reply holds when all are asked for; the reply is built in memory.
    public static let errorsInReplyAllMax = 100_000
    /// One line of NDJSON or one row of CSV; the longest valid event takes well under 2 KiB, escapes included.
    public static let lineBytesMax = 16_384
    /// One line or row of an export; the longest, a list of sizes with all its bands, takes some 250 KiB.
    public static let exportLineBytesMax = 1_048_576
    /// Columns of a CSV body; the widest table that the contract knows has 14.
    public static let columnsMax = 64
    /// A JSON body that is not streamed.
    public static let bodyBytesMax = 8_388_608
    /// Nesting of a JSON document; the deepest that the contract knows has 4.
    public static let jsonDepthMax = 16
    /// Request line and header fields together.
    public static let headerBytesMax = 16_384
    /// A request's target: path and query.
    public static let targetBytesMax = 4_096
}
