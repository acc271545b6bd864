public import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/patients/{patient}`: born, sex and the statements.
public struct PatientAnswer: Answer {
    public let patient: Patient
    public let view: PatientView

    public init(_ patient: Patient, _ view: PatientView) {
        (self.patient, self.view) = (patient, view)
    }

    /// A row for each statement.
    public var layout: SheetLayout {
        SheetLayout(
            lists: ["statements"],
            columns: [
                "patient", "born", "sex", "died", "commissioner", "from", "until", "group", "practice", "council",
            ])
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.plainMember("patient", patient)
            sink.plainMember("born", view.born)
            sink.wordMember("sex", view.sex.word)
            sink.plainMemberIfAny("died", view.died)
            sink.plainMemberIfAny("replacedBy", view.replacedBy)
            sink.key("statements")
            sink.array { sink in
                for standing in view.statements { standing.write(to: &sink) }
            }
        }
    }
}

extension PatientView.Standing {
    fileprivate func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.plainMember("commissioner", commissioner)
            sink.plainMember("from", from)
            sink.plainMemberIfAny("until", until)
            sink.wordMember("group", group.word)
            sink.plainMemberIfAny("practice", practice)
            sink.plainMemberIfAny("council", council)
        }
    }
}
