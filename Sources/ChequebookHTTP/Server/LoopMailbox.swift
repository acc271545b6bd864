public import NIOCore
import Synchronization

/// Work to be done on an event loop. A struct of up to three words travels without an allocation.
public protocol LoopTask: Sendable {
    /// Called once, on the event loop.
    func run()
}

/// Brings work from other threads to one event loop, many pieces for one wake-up.
///
/// Waking a loop costs a system call. So whatever is posted before the loop has come round is done in the same round.
public final class LoopMailbox: Sendable {
    private struct Contents {
        var tasks: [any LoopTask] = []
        var isWakeUpPending = false
    }

    private struct Call: LoopTask {
        let body: @Sendable () -> Void

        func run() {
            body()
        }
    }

    private let eventLoop: any EventLoop
    private let contents = Mutex(Contents())

    /// A mailbox of this loop. ``Exchange/mailbox`` is the one that its loop's connections share.
    public init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Has the task done on the loop, after everything posted before it. From any thread.
    public func post(_ task: any LoopTask) {
        let needsWakeUp = contents.withLock { contents in
            contents.tasks.append(task)
            defer { contents.isWakeUpPending = true }
            return !contents.isWakeUpPending
        }
        if needsWakeUp {
            eventLoop.execute { self.drain() }
        }
    }

    /// Has the closure called on the loop, after everything posted before it. From any thread.
    public func post(_ body: @escaping @Sendable () -> Void) {
        post(Call(body: body))
    }

    private func drain() {
        let tasks = contents.withLock { contents in
            contents.isWakeUpPending = false
            var tasks: [any LoopTask] = []
            swap(&tasks, &contents.tasks)
            return tasks
        }
        for task in tasks {
            task.run()
        }
    }
}
