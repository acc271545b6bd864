import Glibc

/// Moves sealed segments of a journal into an archive, compressed, and leaves links to them.
///
/// It works beside a process that has the journal open, because a sealed segment never changes; such a process goes on with
/// the files that it has open. At every moment the segment is there in one form at least, whole and durable: a crash loses
/// nothing, and running it again goes on. For one thread.
public final class Archiver {
    /// A segment that is to be archived.
    public struct Segment: Hashable, Sendable {
        /// The file's name.
        public var name: String
        /// Its size in bytes.
        public var byteCount: Int
        fileprivate var index: Int
    }

    /// What became of a segment.
    public struct Archived: Hashable, Sendable {
        /// The segment's name.
        public var name: String
        /// The path of the file that has it now.
        public var path: String
        /// The segment's size in bytes.
        public var byteCountBefore: Int
        /// The file's size in bytes.
        public var byteCountAfter: Int
    }

    /// What has been done of one segment, durably, in this order.
    public enum Step: Sendable, CaseIterable {
        /// Every byte of it was checked.
        case checked
        /// Its archived form was written, under a temporary name.
        case written
        /// That was read back and is the same.
        case compared
        /// It got its name.
        case renamed
        /// The journal's directory has a link to it.
        case linked
        /// The segment itself is gone.
        case removed
    }

    /// The segments that are to be archived, the oldest first.
    public let segments: [Segment]

    private let sealed: SealedSegments
    private let archivePath: String
    /// Holds the archive for this object.
    private let archive: FileStorage
    private let archiveDirectory: DescriptorFile
    private let dataDirectory: DescriptorFile
    /// The chain in front of the segment with this index, if it is the next one.
    private var known: (index: Int, chain: Chain)?

    /// Looks for segments to archive, and takes the archive for this process.
    ///
    /// - Parameters:
    ///   - dataPath: the journal's directory.
    ///   - archivePath: another directory; it is made if it is not there, its parent must be.
    ///   - keptCount: how many of the newest sealed segments stay, 0 or more.
    /// - Throws: ``ArchiveError``, ``JournalError`` or ``StorageError``.
    public init(dataPath: String, archivePath: String, keptCount: Int) throws {
        sealed = try SealedSegments(path: dataPath)
        dataDirectory = try DescriptorFile(dataPath, name: dataPath, flags: O_RDONLY | O_DIRECTORY, operation: .open)
        let isNew = access(archivePath, F_OK) != 0
        if let path = try? Self.absolute(archivePath), path == (try Self.absolute(dataPath)) {
            throw ArchiveError.sameDirectory(path: path)
        }
        archive = try FileStorage(path: archivePath)
        // A link has to lead to the same file from wherever the service is started.
        let path = try Self.absolute(archivePath)
        self.archivePath = path
        archiveDirectory = try DescriptorFile(path, name: path, flags: O_RDONLY | O_DIRECTORY, operation: .open)
        if isNew { try Self.give(archiveDirectory, toOwnerOf: dataDirectory) }
        var segments: [Segment] = []
        for index in sealed.firstSequences.indices.dropLast(1 + keptCount) {
            var status = stat()
            let name = sealed.name(index)
            guard stat("\(dataPath)/\(name)", &status) == 0 else { continue }
            segments.append(Segment(name: name, byteCount: Int(status.st_size), index: index))
        }
        self.segments = segments
    }

    /// Archives one of ``segments``. They are checked fastest in their order.
    ///
    /// - Parameters:
    ///   - progress: told how many of the segment's bytes are done; each of three passes counts a third.
    ///   - step: told of each step that is done; what it throws ends the work there, as a crash would.
    /// - Throws: ``ArchiveError`` or ``JournalError``: the segment is damaged, or a file cannot be read or written.
    public func archive(
        _ segment: Segment, progress: (Int) -> Void = { _ in }, step: (Step) throws -> Void = { _ in }
    ) throws -> Archived {
        do {
            return try work(segment, progress, step)
        } catch let error as StorageError {
            throw JournalError(error)
        }
    }

    private func work(
        _ segment: Segment, _ progress: (Int) -> Void, _ step: (Step) throws -> Void
    ) throws -> Archived {
        let third = segment.byteCount / 3
        let next = known.flatMap { $0.index == segment.index ? $0.chain : nil }
        let chain = try next ?? sealed.chain(before: segment.index)
        known = (segment.index + 1, try sealed.check(segment.index, after: chain) { progress($0 / 3) })
        try step(.checked)
        let path = "\(archivePath)/\(ArchiveFormat.name(of: segment.name))"
        // Of a segment that is there in both forms this is the one that counts.
        let file = try sealed.open(segment.index)
        if access(path, F_OK) == 0, try !isSame(path, as: file, segment, { _ in }) {
            throw ArchiveError.otherContent(path: path, name: segment.name)
        }
        // Also if it is there: nobody knows whether what an earlier run left is durable.
        let temporary = path + StorageNames.temporarySuffix
        do {
            try write(file, to: temporary) { progress(third + $0 / 3) }
            try step(.written)
            guard try isSame(temporary, as: file, segment, { progress(2 * third + $0 / 3) }) else {
                throw ArchiveError.notReadBack(path: path, name: segment.name)
            }
        } catch let error as StorageError {
            // What is half written takes room that whoever makes room wants back.
            unlink(temporary)
            throw error
        }
        try step(.compared)
        guard rename(temporary, path) == 0 else {
            throw StorageError.failed(operation: .create, name: path, code: errno)
        }
        try archiveDirectory.syncWithMetadata()
        try step(.renamed)
        let archived = try replace(segment, by: path, step)
        progress(segment.byteCount)
        return archived
    }

    private func write(_ segment: any StorageFile, to path: String, _ progress: (Int) -> Void) throws(StorageError) {
        let file = try DescriptorFile(path, name: path, flags: O_RDWR | O_CREAT | O_TRUNC, operation: .create)
        try Self.give(file, toOwnerOf: dataDirectory)
        try ArchiveWriter.write(segment, to: file, progress: progress)
    }

    private func isSame(
        _ path: String, as file: any StorageFile, _ segment: Segment, _ progress: (Int) -> Void
    ) throws(StorageError) -> Bool {
        do throws(StorageError) {
            let archived = try sealed.openArchived(path, of: segment.index)
            return try ArchiveWriter.isSame(archived, as: file, progress: progress)
        } catch {
            if case .damaged = error { return false }
            throw error
        }
    }

    /// Links to the archived form, which is whole and durable, and then removes the segment.
    private func replace(_ segment: Segment, by path: String, _ step: (Step) throws -> Void) throws -> Archived {
        let plain = "\(sealed.path)/\(segment.name)"
        let link = "\(sealed.path)/\(ArchiveFormat.name(of: segment.name))"
        if symlink(path, link) != 0, errno != EEXIST {
            throw StorageError.failed(operation: .create, name: link, code: errno)
        }
        // The only proof that matters before a segment goes: what a start will open is the file that was compared.
        var (archived, linked) = (stat(), stat())
        guard stat(path, &archived) == 0, stat(link, &linked) == 0, archived.st_dev == linked.st_dev,
            archived.st_ino == linked.st_ino
        else { throw ArchiveError.otherLink(path: link, archived: path) }
        try dataDirectory.syncWithMetadata()
        try step(.linked)
        guard unlink(plain) == 0 else { throw StorageError.failed(operation: .remove, name: plain, code: errno) }
        try dataDirectory.syncWithMetadata()
        try step(.removed)
        return Archived(
            name: segment.name, path: path, byteCountBefore: segment.byteCount,
            byteCountAfter: Int(archived.st_size))
    }

    private static func absolute(_ path: String) throws(StorageError) -> String {
        guard let resolved = realpath(path, nil) else { throw .failed(operation: .open, name: path, code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whoever archives may be an administrator; the service has to be able to read what he makes.
    private static func give(_ file: DescriptorFile, toOwnerOf directory: DescriptorFile) throws(StorageError) {
        var (present, wanted) = (stat(), stat())
        guard fstat(file.descriptor, &present) == 0, fstat(directory.descriptor, &wanted) == 0 else {
            throw .failed(operation: .size, name: file.name, code: errno)
        }
        guard present.st_uid != wanted.st_uid || present.st_gid != wanted.st_gid else { return }
        guard fchown(file.descriptor, wanted.st_uid, wanted.st_gid) == 0 else {
            throw .failed(operation: .create, name: file.name, code: errno)
        }
    }
}
