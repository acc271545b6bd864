/// Which commissioners' answers are out of date.
public struct ChangedCommissioners: Sendable {
    /// Row numbers, each once; 0 stands for unattributed cost.
    public let indices: [UInt16]
    /// Whether those of all are.
    public let all: Bool

    public var isEmpty: Bool { indices.isEmpty && !all }
}

/// Gathers them: asked once for every event.
struct ChangeTracker {
    private var isChanged: [Bool] = []
    private var indices: [CommissionerIndex] = []
    private var all = false

    @inline(__always)
    mutating func insert(_ index: CommissionerIndex) {
        if Int(index) >= isChanged.count { makeRoom(for: index) }
        guard !isChanged[Int(index)] else { return }
        isChanged[Int(index)] = true
        indices.append(index)
    }

    mutating func insertAll() { all = true }

    mutating func take() -> ChangedCommissioners {
        for index in indices { isChanged[Int(index)] = false }
        defer {
            indices = []
            all = false
        }
        return ChangedCommissioners(indices: indices, all: all)
    }

    private mutating func makeRoom(for index: CommissionerIndex) {
        isChanged.append(contentsOf: repeatElement(false, count: max(isChanged.count, Int(index) + 1)))
    }
}
