import Testing

@testable import ChequebookJournal

@Suite("The memory of frames' headers")
struct FrameHeaderMemoryTests {
    private static func entry(_ number: UInt64) -> FrameHeaderMemory.Entry {
        FrameHeaderMemory.Entry(
            firstSequence: number, recordedAtMicroseconds: -Int64(number), payloadBytes: 1, recordCount: 1,
            byteCount: 72)
    }

    private static func position(_ number: UInt64) -> UInt64 { (number % 3 + 1) << 32 | number * 4_096 }

    @Test("gives each back that was added, and nothing for any other frame")
    func growing() {
        var memory = FrameHeaderMemory()
        for number in 1...5_000 as ClosedRange<UInt64> {
            memory.add(Self.entry(number), at: Self.position(number))
            memory.add(Self.entry(number), at: Self.position(number))
        }
        for number in 1...5_000 as ClosedRange<UInt64> {
            #expect(memory[Self.position(number)]?.firstSequence == number)
            #expect(memory[Self.position(number) + 4 << 32] == nil)
        }
        #expect(memory[Self.position(5_001)] == nil)
    }

    @Test("holds no more than its bound, and always the one that was added last")
    func bounded() {
        var memory = FrameHeaderMemory(countMax: 128)
        for number in 1...1_000 as ClosedRange<UInt64> {
            memory.add(Self.entry(number), at: Self.position(number))
            #expect(memory[Self.position(number)]?.firstSequence == number)
        }
        #expect((1...1_000).count { memory[Self.position($0)] != nil } <= 128)
    }
}
