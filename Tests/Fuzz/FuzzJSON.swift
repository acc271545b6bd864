import ChequebookWire

/// Feeds any bytes to the scanner, as a document and as a list body, and checks what must hold of the tokens.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    let document = UnsafeRawBufferPointer(start: start, count: count)
    let scanner = JSONScanner(limits: JSONLimits(documentBytesMax: 1 << 20, tokenCountMax: 256, depthMax: 8))
    let isAccepted = checkScan(document, scanner)
    let isOpened = checkOpen(document, scanner)
    // The limits count for less of a document when it is opened, so only this way round.
    precondition(isOpened || !isAccepted, "a document is refused as a list body alone")
    checkLines(document, scanner)
    return 0
}

/// Reads the same bytes as lines, together and each alone.
private func checkLines(_ document: UnsafeRawBufferPointer, _ scanner: JSONScanner) {
    let lines = document.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        .map { UnsafeRawBufferPointer(rebasing: $0) }
    let run = UnsafeRawBufferPointer(rebasing: document.prefix(lines.reduce(0) { $0 + $1.count + 1 }))
    let alone = lines.map { line in summary { () throws(JSONError) in try scanner.scan(line) } }
    scanner.withIndex(ofLines: run) {
        for (line, alone) in zip(lines, alone) {
            let inRun = summary { () throws(JSONError) in try scanner.scan(line: line) }
            precondition(inRun == alone, "a line is read otherwise in a run")
        }
    }
}

/// The kinds and texts of tokens one after the other, or why there are none.
private func summary(_ read: () throws(JSONError) -> JSONTokens) -> Result<[UInt8], JSONError> {
    do {
        let tokens = try read()
        return .success((0..<tokens.count).flatMap { [tokens[$0].kind.rawValue] + Array(tokens[$0].text) })
    } catch {
        return .failure(error)
    }
}

private func checkScan(_ document: UnsafeRawBufferPointer, _ scanner: JSONScanner) -> Bool {
    do {
        check(try scanner.scan(document))
        return true
    } catch {
        check(error, document)
        return false
    }
}

private func checkOpen(_ document: UnsafeRawBufferPointer, _ scanner: JSONScanner) -> Bool {
    let itemCount: Int
    do {
        let outline = try scanner.open(document, list: "l")
        check(outline)
        // Of two lists with the name the second is opened.
        let lists = outline.members().filter { $0.key.isText("l") && $0.value.kind == .arrayBegin }
        itemCount = lists.last?.value.childCount ?? 0
    } catch {
        check(error, document)
        return false
    }
    var itemsSeen = 0
    do {
        while let item = try scanner.nextItem() {
            check(item)
            itemsSeen += 1
        }
    } catch {
        preconditionFailure("an item is refused after the list was accepted")
    }
    precondition(itemsSeen == itemCount, "the outline counts other items than are given")
    return true
}

private func check(_ tokens: JSONTokens) {
    precondition(tokens.index(after: 0) == tokens.count, "the first value is not all there is")
    var openCount = 0
    for index in 0..<tokens.count {
        let token = tokens[index]
        if token.kind == .objectEnd || token.kind == .arrayEnd { openCount -= 1 }
        precondition(token.depth == openCount, "a token is not as deep as it says")
        if token.kind == .objectBegin || token.kind == .arrayBegin { openCount += 1 }
        precondition(String(validating: token.text, as: UTF8.self) != nil, "text is not UTF-8")
    }
    precondition(openCount == 0, "something is not closed")
    precondition(tokens.pointer(at: tokens.count - 1).utf8.count <= tokens.count * JSONError.keyBytesShownMax)
}

private func check(_ error: JSONError, _ document: UnsafeRawBufferPointer) {
    precondition((0...document.count).contains(error.byteOffset), "the place is outside the document")
    precondition((error.pointer + error.detail).utf8.allSatisfy { (0x20...0x7E).contains($0) })
}
