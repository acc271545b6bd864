import Foundation

/// A door that threads of the engine must pass, for a test that holds them up.
final class Gate: @unchecked Sendable {
    // Sendable, because everything is touched only with the condition locked.
    private let condition = NSCondition()
    private var isOpen = true
    private var waiting = 0

    func close() { change { isOpen = false } }

    func open() { change { isOpen = true } }

    /// Waits while the gate is closed.
    func pass() {
        condition.lock()
        defer { condition.unlock() }
        waiting += 1
        condition.broadcast()
        while !isOpen { condition.wait() }
        waiting -= 1
    }

    /// Waits, for ten seconds at most, until a thread stands before the closed gate; false if none came.
    func isReached() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date(timeIntervalSinceNow: 10)
        while isOpen || waiting == 0 {
            guard condition.wait(until: deadline) else { return false }
        }
        return true
    }

    private func change(_ body: () -> Void) {
        condition.lock()
        body()
        condition.broadcast()
        condition.unlock()
    }
}

/// A value that one thread sets and another waits for.
final class Promise<Value: Sendable>: @unchecked Sendable {
    // Sendable, because the values are touched only with the condition locked.
    private let condition = NSCondition()
    private var values: [Value] = []

    func set(_ value: Value) {
        condition.lock()
        values.append(value)
        condition.broadcast()
        condition.unlock()
    }

    /// How often it was set.
    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return values.count
    }

    /// The first value, waited for at most ten seconds.
    func wait() -> Value? {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date(timeIntervalSinceNow: 10)
        while values.isEmpty {
            guard condition.wait(until: deadline) else { return nil }
        }
        return values[0]
    }
}
