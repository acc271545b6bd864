import ChequebookModel
import ChequebookWire
import Glibc
import NIOCore

/// Cuts a body of newline-delimited JSON into its lines, whatever the parts in which it comes.
///
/// It keeps at most one line. Blank lines are skipped but counted. The whole lines of a part are indexed together, which
/// changes nothing but the time it takes.
final class LineReader: BodyConsumer {
    private let scanner: JSONScanner
    private let intake: any ItemIntake
    /// The beginning of a line whose end has not come yet.
    private var partial: [UInt8] = []
    private var isTooLong = false
    private var line = 0

    init(_ scanner: JSONScanner, _ intake: any ItemIntake) {
        (self.scanner, self.intake) = (scanner, intake)
    }

    func received(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes
            if hasPartial {
                guard let end = Self.cutLine(from: &rest) else { return keep(rest) }
                endPartial(end)
            }
            let lineBytes = rest.lastIndex(of: Self.lineFeed).map { $0 + 1 } ?? 0
            scanner.withIndex(ofLines: UnsafeRawBufferPointer(rebasing: rest[..<lineBytes])) {
                while let line = Self.cutLine(from: &rest) { take(line) }
            }
            if !rest.isEmpty { keep(rest) }
        }
    }

    func ended() {
        if hasPartial { endPartial(UnsafeRawBufferPointer(start: nil, count: 0)) }
        intake.end()
    }

    func aborted() { intake.abandon() }

    private static let lineFeed: UInt8 = 0x0a

    private var hasPartial: Bool { !partial.isEmpty || isTooLong }

    /// Takes the first line off `rest`; nil if its end is not there.
    private static func cutLine(from rest: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard let base = rest.baseAddress, let found = memchr(base, Int32(lineFeed), rest.count) else { return nil }
        let count = base.distance(to: found)
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[(count + 1)...]) }
        return UnsafeRawBufferPointer(rebasing: rest[..<count])
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        if isTooLong || partial.count + bytes.count > Limits.lineBytesMax {
            isTooLong = true
            partial = []
        } else {
            partial.append(contentsOf: bytes)
        }
    }

    private func endPartial(_ end: UnsafeRawBufferPointer) {
        keep(end)
        if isTooLong {
            line += 1
            rejectLength()
        } else {
            partial.withUnsafeBytes { take($0) }
        }
        partial.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private func rejectLength() {
        intake.reject(
            WireProblem(code: "line-too-long", pointer: "", detail: "must be at most \(Limits.lineBytesMax) bytes"),
            line: line)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        line += 1
        guard bytes.count <= Limits.lineBytesMax else { return rejectLength() }
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { return }
        do throws(WireProblem) {
            try intake.take(WireProblem.reading { () throws(JSONError) in try scanner.scan(line: bytes) }, line: line)
        } catch {
            intake.reject(error, line: line)
        }
    }
}
