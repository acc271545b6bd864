import ChequebookModel
import ChequebookWire
import Glibc
import NIOCore

/// Cuts a body of newline-delimited JSON into its lines, whatever the parts in which it comes.
///
/// It keeps at most one line. Blank lines are skipped but counted.
final class LineReader: BodyConsumer {
    private let scanner: JSONScanner
    private let intake: any ItemIntake
    private let read: ItemReader
    /// The beginning of a line whose end has not come yet.
    private var partial: [UInt8] = []
    private var isTooLong = false
    private var line = 0

    init(_ scanner: JSONScanner, _ intake: any ItemIntake, _ read: @escaping ItemReader) {
        (self.scanner, self.intake, self.read) = (scanner, intake, read)
    }

    func received(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes
            while let base = rest.baseAddress, let found = memchr(base, 0x0a, rest.count) {
                let count = base.distance(to: found)
                endLine(UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count + 1))
            }
            if !rest.isEmpty { keep(rest) }
        }
    }

    func ended() {
        if !partial.isEmpty || isTooLong { endLine(UnsafeRawBufferPointer(start: nil, count: 0)) }
        intake.end()
    }

    func aborted() { intake.abandon() }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        if isTooLong || partial.count + bytes.count > Limits.lineBytesMax {
            isTooLong = true
            partial = []
        } else {
            partial.append(contentsOf: bytes)
        }
    }

    private func endLine(_ bytes: UnsafeRawBufferPointer) {
        line += 1
        if partial.isEmpty && !isTooLong {
            if bytes.count <= Limits.lineBytesMax { take(bytes) } else { rejectLength() }
            return
        }
        keep(bytes)
        if isTooLong { rejectLength() } else { partial.withUnsafeBytes { take($0) } }
        partial.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    private func rejectLength() {
        intake.reject(
            WireProblem(code: "line-too-long", pointer: "", detail: "must be at most \(Limits.lineBytesMax) bytes"),
            line: line)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { return }
        do throws(WireProblem) {
            intake.add(try fact(bytes), line: line)
        } catch {
            intake.reject(error, line: line)
        }
    }

    private func fact(_ bytes: UnsafeRawBufferPointer) throws(WireProblem) -> Fact {
        try read(WireProblem.reading { () throws(JSONError) in try scanner.scan(bytes) })
    }
}
