public import ChequebookModel

/// Cuts CSV (RFC 4180) into rows, whatever the parts in which its bytes come.
///
/// Lines end with CR LF or LF alone; a byte order mark at the very start is skipped, and so are blank lines. It keeps
/// one row: the one that ``readRow(from:)`` or ``end()`` has just completed, until the next call. What a row says is not
/// changed in any way: no space is trimmed and no apostrophe removed.
public struct CSVReader: Sendable {
    private enum State: Sendable {
        /// At the start of the body, after so many bytes of a byte order mark.
        case start(Int)
        case fieldStart, plain, quoted
        /// After a quote in a quoted field: its end, or the first of two.
        case quoteSeen
        /// After a carriage return that must be part of a line's end.
        case carriageReturn
    }

    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private var state = State.start(0)
    /// The fields' bytes without quotes, one after the other, and where each ends.
    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var rowBytes = 0
    private var hasQuotes = false
    private var isComplete = false
    private var lineNow = 1

    /// The line on which the row begins, from 1.
    public private(set) var line = 1
    /// What is wrong with the row's form; nil if nothing is. Then its fields are not to be used.
    public private(set) var fault: CSVFault?

    private let rowBytesMax: Int

    /// - Parameter rowBytesMax: the longest row that is kept, in bytes.
    public init(rowBytesMax: Int = Limits.lineBytesMax) { self.rowBytesMax = rowBytesMax }

    public var fieldCount: Int { ends.count }

    /// Hands out the bytes of a field, without its quotes.
    public func withField<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        text.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[fieldRange(index)])) }
    }

    func fieldRange(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// All bytes of the row's fields, for ``fieldRange(_:)``.
    func withText<Result>(
        _ body: (UnsafeRawBufferPointer) throws(WireProblem) -> Result
    ) throws(WireProblem) -> Result {
        try text.withUnsafeBufferPointer { (bytes) throws(WireProblem) in try body(UnsafeRawBufferPointer(bytes)) }
    }

    /// Takes bytes off the front of `bytes` until a row is complete; false when there are no more of them.
    public mutating func readRow(from bytes: inout UnsafeRawBufferPointer) -> Bool {
        if isComplete { beginRow() }
        for index in bytes.indices {
            guard take(bytes[index]) else { continue }
            guard !isBlank else {
                beginRow()
                continue
            }
            bytes = UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...])
            isComplete = true
            return true
        }
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        return false
    }

    /// Says that there are no more bytes; true if that completes a last row, whose line has no end.
    public mutating func end() -> Bool {
        if isComplete { beginRow() }
        guard rowBytes > 0 else { return false }
        switch state {
        case .quoted: fault = CSVFault(.unclosedQuote, fieldIndex: ends.count)
        case .start(let count):
            append(contentsOf: Self.byteOrderMark.prefix(count))
            endField()
        default: endField()
        }
        isComplete = true
        return !isBlank
    }

    private mutating func beginRow() {
        text.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        (rowBytes, hasQuotes, isComplete, fault) = (0, false, false, nil)
        line = lineNow
    }

    private var isBlank: Bool {
        ends.count <= 1 && fault == nil && !hasQuotes && text.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Takes one byte; true if it ends a row.
    private mutating func take(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: "\n") {
            lineNow += 1
            if case .quoted = state {} else { return endRow() }
        }
        rowBytes += 1
        if rowBytes > rowBytesMax, fault?.kind != .tooLong {
            fault = CSVFault(.tooLong, rowBytesMax: rowBytesMax)
            text = []
        }
        switch state {
        case .start(let count): takeAtStart(byte, count)
        case .fieldStart where byte == UInt8(ascii: "\""): openQuote()
        case .fieldStart, .plain: takePlain(byte)
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .quoteSeen } else { append(byte) }
        case .quoteSeen:
            switch byte {
            case UInt8(ascii: "\""):
                append(byte)
                state = .quoted
            case UInt8(ascii: ","), UInt8(ascii: "\r"): takePlain(byte)
            default:
                note(.textAfterQuote)
                takePlain(byte)
            }
        case .carriageReturn:
            note(.strayCarriageReturn)
            takePlain(byte)
        }
        return false
    }

    private mutating func takeAtStart(_ byte: UInt8, _ count: Int) {
        if byte == Self.byteOrderMark[count] {
            state = count == 2 ? .fieldStart : .start(count + 1)
        } else if count == 0, byte == UInt8(ascii: "\"") {
            openQuote()
        } else {
            append(contentsOf: Self.byteOrderMark.prefix(count))
            takePlain(byte)
        }
    }

    private mutating func openQuote() {
        hasQuotes = true
        state = .quoted
    }

    private mutating func takePlain(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ","):
            endField()
            state = .fieldStart
        case UInt8(ascii: "\r"): state = .carriageReturn
        default:
            if byte == UInt8(ascii: "\"") { note(.strayQuote) }
            append(byte)
            state = .plain
        }
    }

    private mutating func endRow() -> Bool {
        if case .start(let count) = state { append(contentsOf: Self.byteOrderMark.prefix(count)) }
        endField()
        state = .fieldStart
        return true
    }

    private mutating func endField() {
        if ends.count < Limits.columnsMax { ends.append(text.count) } else { note(.tooManyFields) }
    }

    /// The first fault of a row is the one that is told.
    private mutating func note(_ kind: CSVFault.Kind) {
        if fault == nil { fault = CSVFault(kind, fieldIndex: kind == .tooManyFields ? nil : ends.count) }
    }

    private mutating func append(_ byte: UInt8) {
        if fault == nil { text.append(byte) }
    }

    private mutating func append(contentsOf bytes: ArraySlice<UInt8>) {
        for byte in bytes { append(byte) }
    }
}
