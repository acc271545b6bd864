import ChequebookJournal
import Glibc
import Testing

@Suite("The disk and the power gone at every single storage call of a workload")
struct EveryCallTests {
    private static let operations = 16

    @Test(
        "of a new ledger leave a service that agrees with the model on every figure",
        arguments: [(StorageOperation.list, 0, 2), (.create, 0, 2), (.sync, 0, 10), (.write, 0, 10)])
    func new(kind: StorageOperation, bytesWritten: Int, atLeast: Int) {
        let calls = Self.callsSurvived(kind, bytesWritten: bytesWritten, afterRestart: false)
        #expect(calls >= atLeast)
    }

    @Test(
        "of a ledger that starts again do so too",
        arguments: [
            (StorageOperation.list, 0, 2), (.open, 0, 2), (.size, 0, 1), (.read, 0, 3), (.sync, 0, 3), (.write, 0, 3),
            (.write, 512, 3),
        ])
    func again(kind: StorageOperation, bytesWritten: Int, atLeast: Int) {
        let calls = Self.callsSurvived(kind, bytesWritten: bytesWritten, afterRestart: true)
        #expect(calls >= atLeast)
    }

    /// Takes the first call, then the second, and so on until none is left, and tells how many there were.
    private static func callsSurvived(_ kind: StorageOperation, bytesWritten: Int, afterRestart: Bool) -> Int {
        for occurrence in 1... {
            let fault = FaultyStorage.Fault(
                kind, occurrence: occurrence, code: EIO, bytesWritten: bytesWritten, thereafter: true)
            var simulation = Simulation(
                seed: 4, stepCount: operations, fault: fault, afterRestart: afterRestart)
            do {
                try simulation.run()
            } catch {
                Issue.record("\(kind) \(occurrence), \(bytesWritten) bytes of it written: \(error)")
            }
            if simulation.failures == 0 { return occurrence - 1 }
        }
        return 0
    }
}
