public import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/patients/{patient}/costs`: a year's sums, and a page of the events, newest first.
public struct PatientCostsAnswer: Answer {
    public let patient: Patient
    public let costs: PatientCosts

    public init(_ patient: Patient, _ costs: PatientCosts) {
        (self.patient, self.costs) = (patient, costs)
    }

    /// A row for each event of the page.
    public var layout: SheetLayout { SheetLayout(lists: ["events"], columns: SheetLayout.eventColumns) }

    public var jsonByteCapacity: Int { 1_024 + costs.events.count * 448 }

    public func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void) {
        write(as: form, hasByteOrderMark: hasByteOrderMark, body)
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.plainMember("patient", patient)
            sink.plainMember("year", costs.year)
            sink.key("cost")
            sink.object { sink in
                sink.member("totalPence", costs.totalPence)
                sink.member("creditsPence", costs.creditsPence)
                sink.member("events", costs.eventCount)
                sink.key("bySetting")
                sink.object { sink in
                    for setting in CareSetting.allCases {
                        sink.member(setting.word, costs.bySettingPence[Int(setting.rawValue)])
                    }
                }
            }
            sink.key("byMonth")
            sink.array { sink in
                for month in costs.year.months where costs.byMonth[month.index] != CostFigures.Cell() {
                    sink.object { sink in
                        sink.plainMember("month", month)
                        sink.member("costPence", costs.byMonth[month.index].pence)
                        sink.member("events", costs.byMonth[month.index].events)
                    }
                }
            }
            sink.key("events")
            sink.array { sink in
                for event in costs.events { EventAnswer(event).write(to: &sink) }
            }
            sink.member("nextCursor", costs.next?.text)
        }
    }
}

extension PatientCosts.Cursor {
    /// The cursor as a client keeps it: opaque to it, and silent about the patient.
    public var text: String {
        "\(String(serviceDate.dayNumber - CalendarDate.min.dayNumber, radix: 36)).\(String(sequence, radix: 36))"
    }

    /// Reads what `text` wrote; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let days = Int(parts[0], radix: 36), let sequence = UInt64(parts[1], radix: 36),
            (0...Int(CalendarDate.max.dayNumber - CalendarDate.min.dayNumber)).contains(days)
        else { return nil }
        self.init(serviceDate: CalendarDate.min.adding(days: days), sequence: sequence)
        // A number can be written in several ways, a cursor only in one.
        guard self.text == text else { return nil }
    }
}
