public import NIOCore
import Synchronization

/// Work to be done on an event loop. An object, or a struct of up to three words, travels without an allocation.
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
        /// Room that the last round left.
        var spare: [any LoopTask] = []
        var isWakeUpPending = false

        /// True for whoever has to wake the loop up.
        mutating func takeWakeUp() -> Bool {
            guard !isWakeUpPending, !tasks.isEmpty else { return false }
            isWakeUpPending = true
            return true
        }
    }

    private struct Call: LoopTask {
        let body: @Sendable () -> Void

        func run() {
            body()
        }
    }

    private static let spareTasksMax = 1_024

    private let eventLoop: any EventLoop
    private let contents = Mutex(Contents())

    /// A mailbox of this loop. ``Exchange/mailbox`` is the one that its loop's connections share.
    public init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Has the task done on the loop, after everything posted before it. From any thread.
    ///
    /// - Parameter wakes: false if ``wake()`` follows; until then the loop may not come to it.
    public func post(_ task: any LoopTask, wakes: Bool = true) {
        let needsWakeUp = contents.withLock { contents in
            contents.tasks.append(task)
            return wakes && contents.takeWakeUp()
        }
        if needsWakeUp { wakeUp() }
    }

    /// Has the loop do what was posted, if it does not know of it yet. From any thread.
    public func wake() {
        if contents.withLock({ $0.takeWakeUp() }) { wakeUp() }
    }

    /// Has the closure called on the loop, after everything posted before it. From any thread.
    public func post(_ body: @escaping @Sendable () -> Void) {
        post(Call(body: body))
    }

    private func wakeUp() {
        eventLoop.execute { self.drain() }
    }

    private func drain() {
        var tasks = contents.withLock { contents in
            contents.isWakeUpPending = false
            var tasks: [any LoopTask] = []
            swap(&tasks, &contents.spare)
            swap(&tasks, &contents.tasks)
            return tasks
        }
        for task in tasks {
            task.run()
        }
        guard tasks.count <= Self.spareTasksMax else { return }
        tasks.removeAll(keepingCapacity: true)
        contents.withLock { swap(&$0.spare, &tasks) }
    }
}
