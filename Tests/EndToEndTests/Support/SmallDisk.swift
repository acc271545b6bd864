import Foundation

/// A file system of a few megabytes in memory, gone with this object. Only root can make one.
final class SmallDisk {
    let path: String
    private let directory: TemporaryDirectory
    private var ballastPath: String { "\(path)/ballast" }

    /// Whether this machine lets us; a container often does not.
    static let isPossible = geteuid() == 0 && (try? SmallDisk(mebibytes: 1)) != nil

    init(mebibytes: Int) throws {
        directory = try TemporaryDirectory()
        path = directory["mount"]
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try Self.run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path], in: directory)
    }

    deinit {
        try? Self.run("/usr/bin/umount", ["--lazy", path], in: directory)
    }

    /// Takes all room but this much.
    func fill(leavingMebibytes: Int) throws {
        let free = try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int ?? 0
        try Self.run("/usr/bin/fallocate", ["-l", "\(free - leavingMebibytes << 20)", ballastPath], in: directory)
    }

    /// Gives the room back.
    func empty() throws {
        try FileManager.default.removeItem(atPath: ballastPath)
    }

    private static func run(_ program: String, _ arguments: [String], in directory: TemporaryDirectory) throws {
        let child = try ChildProcess(program, arguments, in: directory)
        guard try child.waitForExit() == .code(0) else {
            throw ChildProcess.Failure(description: "\(program) \(arguments): \(child.errors)")
        }
    }
}
