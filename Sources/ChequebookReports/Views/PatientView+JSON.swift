public import ChequebookLedger
public import ChequebookModel

extension PatientView {
    /// Born, sex and the statements, as JSON with a line feed.
    public func json(_ patient: Patient) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("patient", patient.wireForm)
            writer.member("born", "\(born)")
            writer.member("sex", "\(sex.word)")
            writer.key("statements")
            writer.array { writer in
                for standing in statements {
                    writer.object { writer in
                        writer.member("commissioner", "\(standing.commissioner)")
                        writer.member("from", "\(standing.from)")
                        writer.memberIfAny("until", standing.until.map { "\($0)" })
                        writer.member("group", "\(standing.group.word)")
                        writer.memberIfAny("practice", standing.practice.map { "\($0)" })
                        writer.memberIfAny("council", standing.council.map { "\($0)" })
                    }
                }
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
