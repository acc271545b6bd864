/// The places of records in fewer bits: rows that come one after the other have records that lie behind each other, so
/// it is enough to keep one whole place for as many rows as it reaches, and of each row how far behind it is.
struct PositionBases {
    /// In a row whose place does not fit.
    private static var isFar: UInt64 { EventBits.deltaMax }

    /// The first row that is counted from each base, ascending.
    private var firstRows: [UInt32] = []
    private var bases: [UInt64] = []
    /// Places of rows that were replaced long after their neighbours came.
    private var far: [UInt32: UInt64] = [:]

    init() {}

    var isEmpty: Bool { bases.isEmpty }

    /// The delta of a row that is added, the rows before it all there.
    @inline(__always)
    mutating func delta(of position: UInt64, newRow row: UInt32) -> UInt64 {
        if let base = bases.last, position >= base, position - base < Self.isFar { return position - base }
        firstRows.append(row)
        bases.append(position)
        return 0
    }

    /// The delta of a row that is there, at another place.
    mutating func delta(of position: UInt64, row: UInt32) -> UInt64 {
        let base = base(row)
        if position >= base, position - base < Self.isFar { return position - base }
        far[row] = position
        return Self.isFar
    }

    func position(_ row: UInt32, delta: UInt64) -> UInt64 {
        if delta == Self.isFar, let position = far[row] { return position }
        return base(row) + delta
    }

    func put(in image: LedgerImage) {
        image.putCopy(ofList: firstRows)
        image.putCopy(ofList: bases)
        image.putCopy(ofList: far.sorted { $0.key < $1.key }.flatMap { [UInt64($0.key), $0.value] })
    }

    init(from image: ImageReader) throws {
        firstRows = Array(try image.list(of: UInt32.self))
        bases = Array(try image.list(of: UInt64.self))
        try image.expect(
            firstRows.count == bases.count && firstRows.first ?? 0 == 0
                && zip(firstRows, firstRows.dropFirst()).allSatisfy(<), "the places of records")
        let words = try image.list(of: UInt64.self)
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            far[UInt32(truncatingIfNeeded: words[index])] = words[index + 1]
        }
    }

    private func base(_ row: UInt32) -> UInt64 {
        var low = 0
        var high = firstRows.count
        while low < high {
            let middle = (low + high) / 2
            if firstRows[middle] <= row { low = middle + 1 } else { high = middle }
        }
        return bases[low - 1]
    }
}
