import ChequebookModel

extension Ledger {
    /// The ledger as it is after the last record applied. Good until the next one is.
    public func image() -> LedgerImage {
        let image = LedgerImage()
        image.put(form.map { Int($0.rawValue) + 1 } ?? 0)
        image.put(lastSequence)
        image.putList(recalled)
        codes.put(in: image)
        image.put(bodyChanges.count)
        for changes in bodyChanges { changes.put(in: image) }
        registerChange.put(in: image)
        for population in populations { population.put(in: image) }
        people.put(in: image)
        events.put(in: image)
        costs.put(in: image)
        return image
    }

    /// Where the image of another ledger begins to differ, in bytes from the beginning; nil if it is the same.
    public func firstDifference(from other: Ledger) -> Int? { image().firstDifference(from: other.image()) }

    /// A ledger as an image has it. ``recall()`` must follow as soon as the reader can read.
    ///
    /// - Throws: what the source throws.
    public convenience init(reader: any RecordReader, image source: any LedgerImageSource) throws {
        self.init(reader: reader)
        let image = ImageReader(source: source)
        form = PatientForm(rawValue: UInt8(truncatingIfNeeded: try image.int() &- 1))
        lastSequence = try image.word()
        recalled = try image.list(of: UInt64.self)
        codes = try CodeTable(from: image)
        let bodyCount = try image.count(bytesEach: MemoryLayout<UInt64>.size, "the number of bodies")
        try image.expect((1...Int(CommissionerIndex.max)).contains(bodyCount), "the number of bodies")
        bodyChanges = try (0..<bodyCount).map { _ in try Versions(from: image) }
        registerChange = try Versions(from: image)
        populations = try (0..<bodyCount).map { _ in try Population(from: image) }
        try people.read(from: image)
        try events.read(from: image)
        try costs.read(from: image, bodyCount: bodyCount)
        try image.expect(source.bytesLeft == 0, "its length")
    }

    /// Reads bodies, cards and lists back from their records.
    ///
    /// - Throws: what the reader throws.
    public func recall() throws {
        for position in recalled {
            let stored = try reader.fact(at: position)
            let stamp = RecordStamp(
                sequence: stored.sequence, recordedAt: stored.recordedAt, recordedOn: stored.recordedAt.londonDay,
                position: position)
            switch stored.fact {
            case .commissioner(let body):
                if register.put(body, recordedOn: stamp.recordedOn).outcome == .created {
                    listSizes.append(ListSizeBook())
                }
            case .nationalRateCard(let card): _ = cards.put(card, of: nil, stamp: stamp)
            case .ownRateCard(let code, let card): _ = cards.put(card, of: register.index(of: code), stamp: stamp)
            case .listSizes(let list):
                guard let index = register.index(of: list.commissioner) else { continue }
                _ = listSizes[Int(index)].put(list, recordedOn: stamp.recordedOn)
            default: continue
            }
        }
    }
}

extension Versions<LastChange> {
    func put(in image: LedgerImage) {
        image.putCopy(
            ofList: all.flatMap { recordedOn, change in
                [
                    Int64(recordedOn.dayNumber), Int64(bitPattern: change.sequence),
                    change.recordedAt?.microseconds ?? .min,
                ]
            })
    }

    init(from image: ImageReader) throws {
        self.init()
        let words = try image.list(of: Int64.self)
        for index in stride(from: 0, to: words.count - 2, by: 3) {
            let instant = words[index + 2] == .min ? nil : Instant(microseconds: words[index + 2])
            set(
                LastChange(sequence: UInt64(bitPattern: words[index + 1]), recordedAt: instant),
                recordedOn: CalendarDate(uncheckedDayNumber: Int32(truncatingIfNeeded: words[index])))
        }
    }
}

extension CodeTable {
    func put(in image: LedgerImage) { image.putCopy(ofList: all.map(\.packed)) }

    init(from image: ImageReader) throws {
        self.init()
        for packed in try image.list(of: UInt64.self) {
            try image.expect(packed != 0 && number(packed: packed) == nil, "a code")
            _ = number(OrganisationCode(uncheckedPacked: packed))
        }
    }
}
