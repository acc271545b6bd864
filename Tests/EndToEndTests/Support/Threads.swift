import Foundation
import Synchronization

/// Some threads that run the same body with different numbers, from 0.
///
/// Threads and not tasks: clients block, and all of them must be able to do so at once.
final class Threads<Value: Sendable>: Sendable {
    private let results: Mutex<[Result<Value, any Error>?]>

    /// Starts them.
    init(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Value) {
        results = Mutex(Array(repeating: nil, count: count))
        for index in 0..<count {
            Thread.detachNewThread { [self] in
                let result = Result { try body(index) }
                results.withLock { $0[index] = result }
            }
        }
    }

    /// What they returned, in the order of their numbers.
    ///
    /// - Throws: the first error of any.
    func wait(seconds: Double = 60) throws -> [Value] {
        let all = waitUntil(seconds: seconds) {
            let ended = results.withLock { $0.compactMap { $0 } }
            return ended.count == results.withLock(\.count) ? ended : nil
        }
        guard let all else { throw ChildProcess.Failure(description: "a client did not end in \(seconds) s") }
        return try all.map { try $0.get() }
    }
}

/// Numbers that a seed decides (SplitMix64), so that a run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
