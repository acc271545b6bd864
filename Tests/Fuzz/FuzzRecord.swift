import ChequebookModel
import ChequebookWire

/// Any bytes are a record or are refused; a record that is read is written again as the same bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecord(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let record = UnsafeRawBufferPointer(start: bytes, count: count)
    guard let fact = try? RecordDecoder.fact(record) else { return 0 }
    var builder = RecordBatchBuilder()
    builder.append(fact)
    let written = builder.take().dropFirst(2)
    guard let again = try? written.withUnsafeBytes({ try RecordDecoder.fact($0) }) else {
        preconditionFailure("a record that was written cannot be read")
    }
    precondition(again == fact, "a record that was written says something else")
    return 0
}
