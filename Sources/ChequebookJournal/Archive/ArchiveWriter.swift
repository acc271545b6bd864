import Glibc

/// Writes one segment's archived form, and compares the two.
struct ArchiveWriter {
    /// What is read at once to be compared, whole blocks.
    private static let windowBytes = 16 * ArchiveFormat.blockBytes

    /// Writes the archived form of `segment` to `file`, which is empty; it is durable on return, its name apart.
    ///
    /// - Parameter progress: told how many of the segment's bytes are done.
    static func write(
        _ segment: any StorageFile, to file: DescriptorFile, progress: (Int) -> Void
    ) throws(StorageError) {
        let encoder = try BlockEncoder(name: file.name)
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: ArchiveFormat.blockBytes, alignment: JournalFormat.pageBytes)
        let frame = UnsafeMutableRawBufferPointer.allocate(
            byteCount: BlockEncoder.frameBytesMax, alignment: JournalFormat.pageBytes)
        defer {
            block.deallocate()
            frame.deallocate()
        }
        let byteCount = try segment.byteCount()
        var table = SeekTable()
        while table.contentBytes < byteCount {
            let count = try segment.read(into: block, at: table.contentBytes)
            let content = UnsafeRawBufferPointer(block.slice(0..<count))
            // A segment that ends before its size is no longer what was checked.
            guard count > 0, let frameBytes = encoder.encode(content, to: frame) else {
                throw .failed(operation: .read, name: segment.name, code: EIO)
            }
            let bytes = UnsafeRawBufferPointer(frame.slice(0..<frameBytes))
            try file.write(bytes, at: table.byteOffset)
            // Frame and seek table have the same checksum of a block: zstd's, at the frame's end.
            table.append(
                contentBytes: count, byteCount: frameBytes,
                checksum: bytes.integer(UInt32.self, at: frameBytes - MemoryLayout<UInt32>.size))
            progress(Int(clamping: table.contentBytes))
        }
        try table.bytes.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
            try file.write(bytes, at: table.byteOffset)
        }
        try file.syncWithMetadata()
        // So that it is read back from the disk, as far as the system lets us ask for that.
        _ = posix_fadvise(file.descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED))
    }

    /// Whether an archived segment reads as the segment does, to the last byte.
    static func isSame(
        _ archived: ArchivedFile, as segment: any StorageFile, progress: (Int) -> Void
    ) throws(StorageError) -> Bool {
        let byteCount = try segment.byteCount()
        guard archived.byteCount() == byteCount else { return false }
        let first = UnsafeMutableRawBufferPointer.allocate(
            byteCount: windowBytes, alignment: JournalFormat.pageBytes)
        let second = UnsafeMutableRawBufferPointer.allocate(
            byteCount: windowBytes, alignment: JournalFormat.pageBytes)
        defer {
            first.deallocate()
            second.deallocate()
        }
        var offset: UInt64 = 0
        while offset < byteCount {
            let expected = Int(min(byteCount - offset, UInt64(windowBytes)))
            let counts = (try archived.read(into: first, at: offset), try segment.read(into: second, at: offset))
            guard counts == (expected, expected), let one = first.baseAddress, let other = second.baseAddress,
                memcmp(one, other, expected) == 0
            else { return false }
            offset += UInt64(expected)
            progress(Int(clamping: offset))
        }
        return true
    }
}
