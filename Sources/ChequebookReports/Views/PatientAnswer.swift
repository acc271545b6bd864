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

    public func write(to sink: inout some AnswerSink) {
        sink.object { sink in
            sink.member("patient", patient.wireForm)
            sink.member("born", view.born.map { "\($0)" })
            sink.member("sex", "\(view.sex.word)")
            sink.memberIfAny("died", view.died.map { "\($0)" })
            sink.memberIfAny("replacedBy", view.replacedBy?.wireForm)
            sink.key("statements")
            sink.array { sink in
                for standing in view.statements { standing.write(to: &sink) }
            }
        }
    }
}

extension PatientView.Standing {
    fileprivate func write(to sink: inout some AnswerSink) {
        sink.object { sink in
            sink.member("commissioner", "\(commissioner)")
            sink.member("from", "\(from)")
            sink.memberIfAny("until", until.map { "\($0)" })
            sink.member("group", "\(group.word)")
            sink.memberIfAny("practice", practice.map { "\($0)" })
            sink.memberIfAny("council", council.map { "\($0)" })
        }
    }
}
