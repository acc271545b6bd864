extension ReferenceLedger {
    /// Returns `posted`, `duplicate`, `replaced`, `superseded`, or the code of the refusal.
    @discardableResult
    mutating func post(_ event: ReferenceEvent, recordedOn today: Day) -> String {
        let outcome =
            switch event {
            case .cost(let cost): outcome(of: cost, recordedOn: today)
            case .reversal(let source, let id, let reverses):
                outcome(ofReversal: event, of: latestEvent(source: source, id: reverses), source: source, id: id)
            }
        if outcome == "posted" || outcome == "replaced" { events.append(.init(event, on: today)) }
        return outcome
    }

    /// Books all of them, each upon the ones before it, or nothing at all.
    mutating func postAtomically(_ items: [ReferenceEvent], recordedOn today: Day) -> ReferenceReply {
        let before = events
        let outcomes = items.map { post($0, recordedOn: today) }
        let booked = ["posted", "duplicate", "replaced", "superseded"]
        let refused = outcomes.enumerated().filter { !booked.contains($0.element) }
        guard !refused.isEmpty else { return .outcomes(outcomes) }
        events = before
        return .notBooked(Dictionary(uniqueKeysWithValues: refused.map { ($0.offset + 1, $0.element) }))
    }

    /// The status of the reply to an event sent alone.
    static func eventStatus(_ outcome: String) -> Int {
        switch outcome {
        case "posted": 201
        case "duplicate", "replaced", "superseded": 200
        case "unknown-original": 404
        case "conflicting-duplicate", "already-reversed", "reverses-a-reversal": 409
        default: 422
        }
    }

    /// The costs that stand: the latest version of each that has not been reversed, in the order of their recording.
    func standingCosts() -> [ReferenceCost] {
        var order: [String] = []
        var latest: [String: ReferenceCost] = [:]
        var reversed: Set<String> = []
        for event in events {
            switch event.fact {
            case .cost(let cost):
                let identity = "\(cost.source)/\(cost.id)"
                if latest.updateValue(cost, forKey: identity) != nil { order.removeAll { $0 == identity } }
                order.append(identity)
            case .reversal(let source, _, let reverses):
                reversed.insert("\(source)/\(reverses)")
            }
        }
        return order.filter { !reversed.contains($0) }.compactMap { latest[$0] }
    }

    private func outcome(of cost: ReferenceCost, recordedOn today: Day) -> String {
        var accepted = "posted"
        switch latestEvent(source: cost.source, id: cost.id) {
        case nil:
            break
        case .reversal:
            return "conflicting-duplicate"
        case .cost(let stored) where cost.version < stored.version:
            return "superseded"
        case .cost(let stored) where cost.version == stored.version:
            return cost == stored ? "duplicate" : "conflicting-duplicate"
        case .cost:
            if isReversed(source: cost.source, id: cost.id) { return "already-reversed" }
            accepted = "replaced"
        }
        if cost.serviceDate > today { return "future-service-date" }
        if let stated = cost.commissioner, register[stated] == nil { return "unknown-commissioner" }
        return accepted
    }

    private func outcome(
        ofReversal reversal: ReferenceEvent, of original: ReferenceEvent?, source: String, id: String
    ) -> String {
        if let stored = latestEvent(source: source, id: id) {
            return stored == reversal ? "duplicate" : "conflicting-duplicate"
        }
        switch original {
        case nil: return "unknown-original"
        case .reversal: return "reverses-a-reversal"
        case .cost(let cost): return isReversed(source: source, id: cost.id) ? "already-reversed" : "posted"
        }
    }

    private func latestEvent(source: String, id: String) -> ReferenceEvent? {
        events.last { $0.fact.id == id && $0.fact.source == source }?.fact
    }

    private func isReversed(source: String, id: String) -> Bool {
        events.contains { event in
            if case .reversal(source: source, id: _, reverses: id) = event.fact { true } else { false }
        }
    }
}
