import Glibc

/// A segment that was compressed: it reads as the segment did, and cannot be written.
///
/// Reading takes apart the blocks that are asked for and no others. A block that is asked for in part is kept for the next
/// one who asks, because records that are read together were often written together.
final class ArchivedFile: StorageFile {
    let name: String
    private let file: DescriptorFile
    private let table: SeekTable
    private let cache: BlockCache
    private let number: Int

    /// Opens the archived form of a segment.
    ///
    /// - Parameters:
    ///   - path: of the file, or of a link to it.
    ///   - name: what errors call it.
    /// - Throws: ``StorageError/damaged(_:)`` if it is not an archived segment, whole.
    init(_ path: String, name: String, cache: BlockCache) throws(StorageError) {
        self.name = name
        self.cache = cache
        number = cache.fileNumber()
        do throws(StorageError) {
            file = try DescriptorFile(path, name: name, flags: O_RDONLY, operation: .open)
        } catch {
            guard case .failed(let operation, _, let code) = error else { throw error }
            // What cannot be opened is where the link leads: a disk that is not there.
            throw .failed(operation: operation, name: Self.target(ofLink: path) ?? path, code: code)
        }
        guard let table = try Self.table(of: file) else {
            throw .damaged(JournalDamage(name: name, byteOffset: 0, expected: .seekTable))
        }
        self.table = table
    }

    /// Opens the archived form of a segment of the directory at `path`; nil if there is none.
    ///
    /// - Throws: as ``init(_:name:cache:)``.
    static func open(segment: String, in path: String, cache: BlockCache) throws(StorageError) -> ArchivedFile? {
        let name = ArchiveFormat.name(of: segment)
        var status = stat()
        guard ArchiveFormat.segment(ofFileNamed: name) != nil, lstat("\(path)/\(name)", &status) == 0
        else { return nil }
        return try ArchivedFile("\(path)/\(name)", name: name, cache: cache)
    }

    /// Where a link leads; nil if the path is no link.
    static func target(ofLink path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = bytes.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
        }
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private static func table(of file: DescriptorFile) throws(StorageError) -> SeekTable? {
        let fileBytes = try file.byteCount()
        guard let footer = try read(SeekTable.footerBytes, atEndOf: file, fileBytes),
            let byteCount = footer.withUnsafeBytes({ SeekTable.byteCount(footer: $0) }),
            let bytes = try read(byteCount, atEndOf: file, fileBytes)
        else { return nil }
        return bytes.withUnsafeBytes { SeekTable($0, fileBytes: fileBytes) }
    }

    /// The last bytes of a file; nil if it is shorter.
    private static func read(
        _ byteCount: Int, atEndOf file: DescriptorFile, _ fileBytes: UInt64
    ) throws(StorageError) -> [UInt8]? {
        guard fileBytes >= UInt64(byteCount) else { return nil }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var span = bytes.mutableSpan
        var memory = span.mutableBytes
        let count = try memory.withUnsafeMutableBytes { (memory) throws(StorageError) in
            try file.read(into: memory, at: fileBytes - UInt64(byteCount))
        }
        return count == byteCount ? bytes : nil
    }

    func byteCount() -> UInt64 { table.contentBytes }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        let count = available(buffer.count, at: byteOffset)
        var done = 0
        while done < count {
            let part = part(at: byteOffset + UInt64(done), count - done)
            let target = buffer.slice(done..<done + part.byteCount)
            if part.byteCount == table.contentBytes(ofBlock: part.key.block) {
                try decode(part.key.block, into: target)
            } else if !cache.copy(part.key, from: part.offset, into: target) {
                let block = try decoded(part.key.block)
                block.withUnsafeBytes {
                    target.copyMemory(from: $0.slice(part.offset..<part.offset + part.byteCount))
                }
                cache.keep(block, for: part.key)
            }
            done += part.byteCount
        }
        return count
    }

    /// Only what was taken apart before: an event loop must not do that, and nobody can say whether the file's own bytes
    /// are in memory without asking for all of them.
    func readCached(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) -> Int? {
        let count = available(buffer.count, at: byteOffset)
        var done = 0
        while done < count {
            let part = part(at: byteOffset + UInt64(done), count - done)
            let target = buffer.slice(done..<done + part.byteCount)
            guard cache.copyAtOnce(part.key, from: part.offset, into: target) == true else { return nil }
            done += part.byteCount
        }
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        throw .failed(operation: .write, name: name, code: EROFS)
    }

    /// It was durable before it got its name.
    func sync() {}

    /// How many of `count` bytes from an offset on there are.
    private func available(_ count: Int, at byteOffset: UInt64) -> Int {
        byteOffset >= table.contentBytes ? 0 : Int(min(UInt64(count), table.contentBytes - byteOffset))
    }

    /// What one block has of `count` bytes that are all inside the segment.
    private func part(
        at byteOffset: UInt64, _ count: Int
    ) -> (key: BlockCache.Key, offset: Int, byteCount: Int) {
        let block = Int(byteOffset / UInt64(ArchiveFormat.blockBytes))
        let offset = Int(byteOffset % UInt64(ArchiveFormat.blockBytes))
        return (
            BlockCache.Key(file: number, block: block), offset, min(count, ArchiveFormat.blockBytes - offset)
        )
    }

    private func decoded(_ block: Int) throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: table.contentBytes(ofBlock: block))
        var span = bytes.mutableSpan
        var memory = span.mutableBytes
        try memory.withUnsafeMutableBytes { (memory) throws(StorageError) in try decode(block, into: memory) }
        return bytes
    }

    private func decode(_ block: Int, into target: UnsafeMutableRawBufferPointer) throws(StorageError) {
        let isRight = try cache.withDecoder { (decoder) throws(StorageError) in
            try decoder.decode(table.blocks[block], of: file, into: target)
        }
        guard let isRight else { throw .failed(operation: .read, name: name, code: ENOMEM) }
        guard isRight else {
            let byteOffset = UInt64(block * ArchiveFormat.blockBytes)
            throw .damaged(JournalDamage(name: name, byteOffset: byteOffset, expected: .archivedBlock))
        }
    }
}
