import Foundation

/// A directory of its own for a test, gone with the object.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/journal-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// The kind of file system that it is on, as the system names it.
    var fileSystem: Substring? {
        get throws {
            let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8).split(separator: "\n")
            return mounts.map { $0.split(separator: " ") }
                .filter { $0.count > 2 && path.hasPrefix($0[1]) }
                .max { $0[1].count < $1[1].count }?[2]
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
