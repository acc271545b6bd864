extension JSONTokens {
    /// The RFC 6901 pointer of the value or key at `index`, such as `/rates/3/annualPence`; empty for the root.
    ///
    /// Keys come from outside, so only printable ASCII and at most ``JSONError/keyBytesShownMax`` bytes of one are
    /// repeated, and nothing of one that may be a patient. Where a key cannot be shown in full the pointer ends with as
    /// much of it as can.
    public func pointer(at index: Int) -> String {
        precondition(index >= 0 && index < count, "no such token")
        return pointer(to: index, orLastValue: false)
    }

    /// The pointer of the place where a document was refused, after its last token: of the value that was expected
    /// there or, if `orLastValue`, of the value that ends there.
    func pointerAtEnd(orLastValue: Bool) -> String {
        pointer(to: count, orLastValue: orLastValue)
    }

    private func pointer(to target: Int, orLastValue: Bool) -> String {
        var pointer = ""
        var container = 0
        while isInside(container, target) {
            let start = container + 1
            if self[container].kind == .arrayBegin {
                // The elements of a list in which an error was found are not among the tokens, but counted.
                var position = self[container].indexAfterEnd == nil ? self[container].childCount : 0
                var element = start
                while element < target, !ends(at: element, target, orLastValue) {
                    element = index(after: element)
                    position += 1
                }
                pointer += "/\(position)"
                container = element
            } else {
                var key = start
                while key + 1 < target, !ends(at: key + 1, target, orLastValue) {
                    key = index(after: key + 1)
                }
                guard key < count, self[key].kind == .key, Self.append(self[key].text, to: &pointer) else { break }
                container = key + 1
            }
        }
        return pointer
    }

    /// Whether the way to `target` ends at or leads into the value at `index`, which is before it.
    private func ends(at index: Int, _ target: Int, _ orLastValue: Bool) -> Bool {
        let end = self.index(after: index)
        return target < end || isInside(index, target) || (orLastValue && target == end)
    }

    /// Whether `target` is among the members or elements of a container that begins at `index`.
    private func isInside(_ index: Int, _ target: Int) -> Bool {
        guard index < target, self[index].isContainerBegin else { return false }
        guard let end = self[index].indexAfterEnd else { return true }
        return target < end - 1
    }

    /// Appends a key as a reference token; false if not all of it could be shown.
    private static func append(_ key: UnsafeRawBufferPointer, to pointer: inout String) -> Bool {
        let shown = key.prefix(JSONError.keyBytesShownMax)
        guard shown.allSatisfy({ (0x20...0x7E).contains($0) }), !mayBePatient(key) else { return false }
        pointer += "/"
        for byte in shown {
            switch byte {
            case UInt8(ascii: "~"): pointer += "~0"
            case UInt8(ascii: "/"): pointer += "~1"
            default: pointer.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return shown.count == key.count
    }

    /// Whether a key has as many digits as an NHS number, however they are spaced, or looks like a pseudonym: a sender
    /// that puts a patient where a name belongs must not see them in a message.
    private static func mayBePatient(_ key: UnsafeRawBufferPointer) -> Bool {
        let digitCount = key.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digitCount >= 10 || key.starts(with: "p:".utf8)
    }
}
