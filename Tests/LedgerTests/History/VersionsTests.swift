import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A value by recorded day")
struct VersionsTests {
    private static func day(_ number: Int) -> CalendarDate { Books.year.firstDay.adding(days: number) }

    @Test("is what it was last set to by the end of the day, and nothing before the first")
    func values() {
        var versions = Versions<String>()
        #expect(versions.current == nil)
        #expect(versions.value(at: .asOf(.max)) == nil)
        versions.set("first", recordedOn: Self.day(3))
        versions.set("second", recordedOn: Self.day(5))
        versions.set("third", recordedOn: Self.day(5))
        versions.set("fourth", recordedOn: Self.day(6))
        let values = (2...8).map { versions.value(at: .asOf(Self.day($0))) }
        #expect(values == [nil, "first", "first", "third", "fourth", "fourth", "fourth"])
        #expect(versions.current == "fourth")
        #expect(versions.value(at: .now) == "fourth")
    }

    @Test("is found among any number of days", arguments: [1, 2, 3, 10, 366])
    func many(_ count: Int) {
        var versions = Versions<Int>()
        for number in 0..<count { versions.set(number, recordedOn: Self.day(number * 2)) }
        for asked in -1...count * 2 {
            let expected = asked < 0 ? nil : min(asked / 2, count - 1)
            #expect(versions.value(at: .asOf(Self.day(asked))) == expected, "day \(asked)")
        }
    }

    @Test("may go back to what it was, and both are remembered")
    func back() {
        var versions = Versions<String>()
        for (number, value) in ["here", "there", "here"].enumerated() {
            versions.set(value, recordedOn: Self.day(number))
        }
        #expect((0...2).map { versions.value(at: .asOf(Self.day($0))) } == ["here", "there", "here"])
    }

    @Test("as the last change is the last record of the day")
    func lastChange() {
        var versions = Versions<LastChange>()
        for sequence in 1...4 as ClosedRange<UInt64> {
            let recordedAt = Instant(microseconds: Int64(sequence))
            versions.note(
                RecordStamp(
                    sequence: sequence, recordedAt: recordedAt, recordedOn: Self.day(Int(sequence) / 3), position: 0))
        }
        #expect(versions.value(at: .asOf(Self.day(0)))?.sequence == 2)
        #expect(versions.value(at: .asOf(Self.day(1)))?.sequence == 4)
        #expect(versions.current?.recordedAt == Instant(microseconds: 4))
    }
}
