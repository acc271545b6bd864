import Glibc

/// State that several threads share and that one of them can wait on.
///
/// `Mutex` has no way to wait, and a thread of the engine must sleep until there is work. The lock is held for a few
/// instructions only; nothing that holds it does I/O.
final class Monitor<State>: @unchecked Sendable {
    // Sendable, because `state` is touched only with the mutex locked.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` on the state. Whoever waits is woken if `body` returns true.
    func change(_ body: (inout State) -> Bool) {
        pthread_mutex_lock(mutex)
        let wake = body(&state)
        pthread_mutex_unlock(mutex)
        if wake { pthread_cond_broadcast(condition) }
    }

    func read<Value>(_ body: (State) -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state)
    }

    /// Sleeps until `take` finds what it wants, and returns that. Never on an event loop.
    func wait<Value>(_ take: (inout State) -> Value?) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let value = take(&state) { return value }
            pthread_cond_wait(condition, mutex)
        }
    }
}
