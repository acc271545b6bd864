public import ChequebookModel

extension ListSizes: Answer {
    /// The bands alone, in the fields in which they are sent; the path says whose they are and from when.
    public var layout: SheetLayout {
        SheetLayout(lists: ["listSizes"], columns: ["ageFrom", "ageTo", "sex", "group", "people"])
    }

    public var jsonByteCapacity: Int { 96 * (bands.count + 2) }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("commissioner", "\(commissioner)")
            sink.member("date", "\(date)")
            sink.key("listSizes")
            sink.array { sink in
                for band in bands { band.write(to: &sink) }
            }
        }
    }
}

extension ListSizeBand {
    fileprivate func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            if let ageFrom { sink.member("ageFrom", ageFrom) }
            if let ageTo { sink.member("ageTo", ageTo) }
            sink.memberIfAny("sex", sex.map { "\($0.word)" })
            sink.memberIfAny("group", group.map { "\($0.word)" })
            sink.member("people", people)
        }
    }
}
