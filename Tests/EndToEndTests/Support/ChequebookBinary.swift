import Foundation

/// Where the program under test is.
enum ChequebookBinary {
    /// Nothing has been built that could be tested.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// The package's own directory, which holds `Package.swift`.
    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What `CHEQUEBOOK_BINARY` names, else the newer of the package's release and debug builds.
    ///
    /// - Throws: ``Missing``, which says how to build one.
    static func path() throws -> String {
        if let path = ProcessInfo.processInfo.environment["CHEQUEBOOK_BINARY"] {
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw Missing(description: "CHEQUEBOOK_BINARY names \(path), which is no program")
            }
            return path
        }
        let built = ["release", "debug"].map { packageRoot.appending(path: ".build/\($0)/chequebook").path }
            .filter { FileManager.default.isExecutableFile(atPath: $0) }
        guard let newest = try built.max(by: { try modified($0) < modified($1) }) else {
            throw Missing(
                description: "there is no chequebook to test: run swift build -c release --product chequebook")
        }
        return newest
    }

    private static func modified(_ path: String) throws -> Date {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.modificationDate] as? Date ?? .distantPast
    }
}
