public import ChequebookModel

extension Commissioner: Answer {
    public var layout: SheetLayout { SheetLayout(columns: SheetLayout.commissionerColumns) }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("code", "\(code)")
            sink.member("name", name)
            sink.member("kind", "\(kind.word)")
            sink.memberIfAny("opened", opened.map { "\($0)" })
            sink.memberIfAny("closed", closed.map { "\($0)" })
            if !parents.isEmpty {
                sink.key("parents")
                sink.array { sink in
                    for parent in parents {
                        sink.object { sink in
                            sink.member("code", "\(parent.code)")
                            sink.member("from", "\(parent.from)")
                            sink.memberIfAny("until", parent.until.map { "\($0)" })
                        }
                    }
                }
            }
            if !successors.isEmpty {
                sink.key("successors")
                sink.array { sink in
                    for successor in successors {
                        sink.object { sink in
                            sink.member("code", "\(successor.code)")
                            sink.member("from", "\(successor.from)")
                        }
                    }
                }
            }
        }
    }
}

/// The answer to `GET /v1/commissioners`: all registered bodies.
public struct CommissionersAnswer: Answer {
    public let commissioners: [Commissioner]

    public init(_ commissioners: [Commissioner]) {
        self.commissioners = commissioners
    }

    public var layout: SheetLayout {
        SheetLayout(lists: ["commissioners"], columns: SheetLayout.commissionerColumns)
    }

    public var jsonByteCapacity: Int { 256 * (commissioners.count + 1) }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.key("commissioners")
            sink.array { sink in
                for commissioner in commissioners { commissioner.write(to: &sink) }
            }
        }
    }
}

extension SheetLayout {
    fileprivate static let commissionerColumns: [Column] = [
        "code", "name", "kind", "opened", "closed", "parents", "successors",
    ]
}
