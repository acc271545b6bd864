/// Runs a reader of the model on bytes.
func reading<Value>(_ bytes: [UInt8], _ read: (UnsafeRawBufferPointer) -> Value?) -> Value? {
    bytes.withUnsafeBytes(read)
}

/// Runs a reader of the model on the UTF-8 of `text`.
func reading<Value>(_ text: String, _ read: (UnsafeRawBufferPointer) -> Value?) -> Value? {
    reading(Array(text.utf8), read)
}

/// Every byte string that differs from `text` in one byte, 255 for each place.
func oneByteMutants(of text: String) -> [[UInt8]] {
    let original = Array(text.utf8)
    return original.indices.flatMap { index in
        (UInt8.min...UInt8.max).filter { $0 != original[index] }.map { byte in
            var mutant = original
            mutant[index] = byte
            return mutant
        }
    }
}
