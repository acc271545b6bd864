import Foundation
import Testing

@Suite("The service and a plain model of the contract agree on every figure")
struct SimulationTests {
    /// From 1 to 200, or to what `CHEQUEBOOK_SEEDS` says: more to look longer, fewer where each takes much longer.
    private static let seeds: ClosedRange<UInt64> =
        1...max(1, ProcessInfo.processInfo.environment["CHEQUEBOOK_SEEDS"].flatMap { UInt64($0) } ?? 200)

    @Test("after any operations, restarts and failing disks", arguments: seeds)
    func agrees(seed: UInt64) throws {
        var simulation = Simulation(seed: seed)
        do {
            try simulation.run()
        } catch {
            Issue.record("seed \(seed): \(error)")
        }
    }

    @Test("the seeds reach restarts, failures of the disk and checkpoints")
    func reachesFailures() throws {
        var restarts = 0
        var failures = 0
        var checkpointsUsed = 0
        for seed: UInt64 in [4, 8, 12, 16, 20] {
            var simulation = Simulation(seed: seed)
            try simulation.run()
            restarts += simulation.restarts
            failures += simulation.failures
            checkpointsUsed += simulation.checkpointsUsed
        }
        #expect(restarts > 10)
        #expect(failures > 3)
        #expect(checkpointsUsed > 2)
    }
}
