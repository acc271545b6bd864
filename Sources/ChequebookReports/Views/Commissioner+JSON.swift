public import ChequebookModel

extension Commissioner {
    /// The body as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        writer.endLine()
        return writer.bytes
    }

    /// All bodies as JSON with a line feed.
    public static func json(_ bodies: [Commissioner]) -> [UInt8] {
        var writer = JSONWriter(byteCapacity: 256 * (bodies.count + 1))
        writer.object { writer in
            writer.key("commissioners")
            writer.array { writer in
                for body in bodies { body.write(to: &writer) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", "\(code)")
            writer.member("name", name)
            writer.member("kind", "\(kind.word)")
            writer.memberIfAny("opened", opened.map { "\($0)" })
            writer.memberIfAny("closed", closed.map { "\($0)" })
            if !parents.isEmpty {
                writer.key("parents")
                writer.array { writer in
                    for parent in parents {
                        writer.object { writer in
                            writer.member("code", "\(parent.code)")
                            writer.member("from", "\(parent.from)")
                            writer.memberIfAny("until", parent.until.map { "\($0)" })
                        }
                    }
                }
            }
            if !successors.isEmpty {
                writer.key("successors")
                writer.array { writer in
                    for successor in successors {
                        writer.object { writer in
                            writer.member("code", "\(successor.code)")
                            writer.member("from", "\(successor.from)")
                        }
                    }
                }
            }
        }
    }
}
