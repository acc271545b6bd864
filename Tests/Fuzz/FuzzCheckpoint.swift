import CChecksum
import ChequebookEngine
import ChequebookJournal
import ChequebookLedger
import ChequebookModel

private let identity = [UInt8](repeating: 7, count: 16)
private let headerBytes = 4_096
private let checksumOffset = 104
private let imageBytesOffset = 32
private let blockBytes = 1 << 20
private let checksumBytes = 4

/// A small ledger that has something of everything, with checkpoints.
private let base: MemoryStorage = {
    let storage = MemoryStorage()
    do {
        let core = try LedgerCore.open(
            storage: storage, configuration: JournalConfiguration(segmentBytesMax: 65_536, commitBytesMax: 16_384),
            form: nil, newIdentity: identity, now: Instant(microseconds: 1), checkpointBytesMin: 1)
        for fact in facts { try core.commit([fact], at: Instant(microseconds: 2)) }
        try core.journal.close()
    } catch {
        preconditionFailure("a new ledger cannot be made: \(error)")
    }
    return storage
}()

private var facts: [Fact] {
    guard let body = OrganisationCode("15E"), let council = OrganisationCode("E08"), let source = Identifier("s"),
        let first = Identifier("1"), let second = Identifier("2"), let third = Identifier("3"),
        let one = Patient(nhsNumber: 9_990_000_018), let other = Patient(nhsNumber: 9_990_000_026),
        let born = CalendarDate("1950-07-15"), let day = CalendarDate("2015-06-02"),
        let year = FinancialYear(startYear: 2015)
    else { preconditionFailure("the facts are not well formed") }
    func event(_ id: Identifier, _ patient: Patient) -> Fact {
        .costEvent(
            CostEvent(
                identity: EventIdentity(source: source, id: id), subject: .patient(patient), setting: .secondary,
                serviceDate: day, amountPence: 100, provider: council))
    }
    return [
        .commissioner(Commissioner(code: body, name: "A body", kind: .ccg)),
        .nationalRateCard(RateCard(year: year, rates: [CapitationRate(setting: .secondary, annualPence: 1)])),
        .listSizes(ListSizes(commissioner: body, date: day, bands: [ListSizeBand(people: 3)])),
        .statement(
            Statement(patient: one, commissioner: body, from: day, born: born, sex: .female, council: council)),
        event(first, one), event(second, other),
        .reversal(Reversal(identity: EventIdentity(source: source, id: third), reverses: first)),
        .personDetails(PersonDetails(patient: other, replacedBy: .set(one))),
    ]
}

private final class Image: LedgerImageSource {
    let checkpoint: CheckpointReader

    init(_ checkpoint: CheckpointReader) { self.checkpoint = checkpoint }

    var bytesLeft: UInt64 { checkpoint.bytesLeft }

    func read(into memory: UnsafeMutableRawBufferPointer) throws { try checkpoint.read(into: memory) }
}

private struct NoFacts: RecordReader {
    struct None: Error {}

    func fact(at position: UInt64) throws -> StoredFact { throw None() }
}

/// What is done to the file of a checkpoint, by the first byte of the input.
private enum Way: UInt8 {
    /// The input is the file.
    case whole
    /// The input is the file, its checksums mended.
    case mended
    /// Words of a file that a ledger made are changed, its checksums mended.
    case patched
    /// The same, of another length, which its header knows.
    case resized
}

/// Any bytes of a checkpoint, with its checksums right as often as not, give an image, a ledger and a place in the journal
/// or are refused; they never crash and never take more memory than the file has bytes for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCheckpoint(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0, let way = Way(rawValue: bytes[0] % 4) else { return 0 }
    let input = UnsafeRawBufferPointer(start: bytes + 1, count: count - 1)
    guard let ledgerIdentity = LedgerIdentity(bytes: identity),
        let name = base.names().filter({ $0.hasSuffix(".checkpoint") }).max(), var file = base.contents(of: name)
    else { preconditionFailure("the ledger has no checkpoint") }
    switch way {
    case .whole, .mended: file = Array(input)
    case .patched: patch(&file, input)
    case .resized: resize(&file, input)
    }
    if way != .whole { mend(&file) }
    let storage = base.copy()
    storage.replace(name, with: file)
    let store = CheckpointStore(storage: storage, ledgerIdentity: ledgerIdentity)
    guard let checkpoint = try? store.open(name) else { return 0 }
    precondition(checkpoint.imageBytes < file.count, "an image is larger than its file")
    if let ledger = try? Ledger(reader: NoFacts(), image: Image(checkpoint)) {
        precondition(ledger.image().byteCount > 0, "a ledger without an image")
    }
    _ = try? Journal.open(
        storage: storage, configuration: JournalConfiguration(segmentBytesMax: 65_536, commitBytesMax: 16_384),
        ledgerIdentity: ledgerIdentity, access: .readOnly, from: checkpoint.point, replay: { _ in })
    return 0
}

/// Writes words to places: of each eleven bytes three are the place and eight the word.
private func patch(_ file: inout [UInt8], _ input: UnsafeRawBufferPointer) {
    let stride = 11
    for start in Swift.stride(from: 0, to: input.count - stride + 1, by: stride) {
        let place = number(input, at: start) % (file.count - 8)
        for byte in 0..<8 { file[place + byte] = input[start + 3 + byte] }
    }
}

private func resize(_ file: inout [UInt8], _ input: UnsafeRawBufferPointer) {
    guard input.count >= 3 else { return }
    let imageBytes = number(input, at: 0) % (2 * (file.count - headerBytes))
    let blocks = (imageBytes + blockBytes - 1) / blockBytes
    let byteCount = headerBytes + imageBytes + blocks * checksumBytes
    file = Array(file.prefix(byteCount)) + [UInt8](repeating: 0, count: max(0, byteCount - file.count))
    patch(&file, UnsafeRawBufferPointer(rebasing: input[3...]))
    for byte in 0..<8 { file[imageBytesOffset + byte] = UInt8(truncatingIfNeeded: imageBytes >> (8 * byte)) }
}

private func number(_ input: UnsafeRawBufferPointer, at start: Int) -> Int {
    Int(input[start]) | Int(input[start + 1]) << 8 | Int(input[start + 2]) << 16
}

/// Makes all checksums right.
private func mend(_ file: inout [UInt8]) {
    guard file.count >= headerBytes else { return }
    put(&file, checksum: 0, of: 0..<checksumOffset)
    var number: UInt32 = 0
    for start in stride(from: headerBytes, to: file.count, by: blockBytes + checksumBytes) {
        let end = min(start + blockBytes, file.count - checksumBytes)
        guard end > start else { return }
        put(&file, checksum: number, of: start..<end)
        number += 1
    }
}

/// Puts the checksum of a range, begun from `seed`, behind it.
private func put(_ file: inout [UInt8], checksum seed: UInt32, of range: Range<Int>) {
    let checksum = file.withUnsafeBytes {
        chequebook_crc32c(seed, $0.baseAddress.map { $0 + range.lowerBound }, range.count)
    }
    for byte in 0..<checksumBytes { file[range.upperBound + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * byte)) }
}
