import ChequebookModel

/// Which bodies' figures are put together in a totals answer.
struct ConsolidatedBodies: Sendable {
    let consolidation: Consolidation
    /// The body at which this one's figures count under today's boundaries; nil for one that keeps them.
    let countedUnder: OrganisationCode?
    /// By code.
    let bodies: [OrganisationCode]

    func write(to sink: inout some AnswerSink & ~Copyable) {
        if consolidation.boundaries == .current { sink.member("boundaries", "current") }
        if consolidation.includesChildren { sink.member("include", "children") }
        sink.memberIfAny("countedUnder", countedUnder.map { "\($0)" })
        sink.key("bodies")
        sink.array { sink in
            for code in bodies { sink.string("\(code)") }
        }
    }
}
