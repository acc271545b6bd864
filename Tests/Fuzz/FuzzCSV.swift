import ChequebookWire

/// Any bytes are rows or are refused, the same in whatever parts they come; what is taken is well-formed JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    let body = UnsafeRawBufferPointer(start: start, count: count)
    // The first byte says where the body is cut in two.
    let cut = body.first.map { Int($0) % count } ?? 0
    let whole = rows(in: [body])
    let parts = rows(in: [
        UnsafeRawBufferPointer(rebasing: body[..<cut]), UnsafeRawBufferPointer(rebasing: body[cut...]),
    ])
    precondition(whole == parts, "a body in two parts has other rows")
    guard let list = try? CSVList(body, name: "events", .events) else { return 0 }
    precondition(list.lines == list.lines.sorted(), "an item comes from a line before that of another one")
    let scanner = JSONScanner(limits: JSONLimits(documentBytesMax: 1 << 24, tokenCountMax: 1 << 20, depthMax: 8))
    let isRead = list.json.withUnsafeBytes { (try? scanner.scan($0)) != nil }
    precondition(isRead, "rows have become what is no JSON")
    return 0
}

private struct Row: Equatable {
    let line: Int
    let fields: [[UInt8]]
    let fault: CSVFault.Kind?
}

private func rows(in parts: [UnsafeRawBufferPointer]) -> [Row] {
    var reader = CSVReader()
    var rows: [Row] = []
    func add() {
        let fields = reader.fault == nil ? (0..<reader.fieldCount).map { reader.withField($0) { Array($0) } } : []
        rows.append(Row(line: reader.line, fields: fields, fault: reader.fault?.kind))
    }
    for part in parts {
        var rest = part
        while reader.readRow(from: &rest) { add() }
    }
    if reader.end() { add() }
    return rows
}
