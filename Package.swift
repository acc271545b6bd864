// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

// One thread owns a ledger and one event loop a request, and tests for debugging run with the checks: in a release they
// would take an eighth of booking's time and a tenth of reading's.
let unchecked: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + unchecked)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "chequebook",
    products: [.executable(name: "chequebook", targets: ["chequebook"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        .target(name: "CChecksum", linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "CCheckpoint", dependencies: ["CChecksum"]),
        .target(name: "CMemory"),
        .target(name: "CCachedRead"),
        .target(name: "CZstd", linkerSettings: [.linkedLibrary("zstd")]),
        .target(name: "CSIMDJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        room("ChequebookModel"),
        room("ChequebookWire", ["ChequebookModel", "CSIMDJSON", "CChecksum"]),
        room("ChequebookJournal", ["CCachedRead", "CCheckpoint", "CChecksum", "CZstd"]),
        room("ChequebookLedger", ["ChequebookModel", "CMemory"]),
        room("ChequebookReports", ["ChequebookModel", "ChequebookLedger"]),
        room("ChequebookEngine", ["ChequebookModel", "ChequebookWire", "ChequebookJournal", "ChequebookLedger"]),
        room(
            "ChequebookHTTP",
            ["ChequebookModel", "ChequebookWire", "ChequebookEngine", "ChequebookReports", "ChequebookLedger"]
                + nio),
        .executableTarget(
            name: "chequebook",
            dependencies: [
                "ChequebookModel", "ChequebookWire", "ChequebookJournal", "ChequebookEngine", "ChequebookHTTP",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "constant-peer", dependencies: nio, path: "scripts/peers/constant", swiftSettings: strict),
        tests("ModelTests", ["ChequebookModel"]),
        tests("WireTests", ["ChequebookWire", "ChequebookModel"]),
        tests("JournalTests", ["ChequebookJournal", "CChecksum"]),
        tests("LedgerTests", ["ChequebookLedger", "ChequebookModel"]),
        tests(
            "EngineTests",
            [
                "ChequebookEngine", "ChequebookJournal", "ChequebookLedger", "ChequebookWire", "ChequebookModel",
            ]),
        tests("ReportsTests", ["ChequebookReports", "ChequebookLedger", "ChequebookModel"]),
        tests(
            "HTTPTests",
            [
                "ChequebookHTTP", "ChequebookWire", "ChequebookModel",
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + nio),
        tests(
            "SimulationTests",
            [
                "ChequebookHTTP", "ChequebookEngine", "ChequebookJournal", "ChequebookLedger", "ChequebookModel",
            ]),
        tests("EndToEndTests", []),
        tests("ArchitectureTests", []),
    ],
    cxxLanguageStandard: .cxx17
)

// Static libraries that scripts/fuzz links with libFuzzer's main; they are no part of an ordinary build.
if Context.environment["CHEQUEBOOK_FUZZ"] == "1" {
    let names = ["FuzzCSV", "FuzzCheckpoint", "FuzzFrame", "FuzzJSON", "FuzzRecord"]
    for name in names {
        let others = names.filter { $0 != name }.map { "\($0).swift" } + ["corpus"]
        package.products.append(.library(name: name, type: .static, targets: [name]))
        package.targets.append(
            .target(
                name: name,
                dependencies: [
                    "ChequebookModel", "ChequebookWire", "ChequebookJournal", "ChequebookLedger", "ChequebookEngine",
                    "CChecksum",
                ],
                path: "Tests/Fuzz", exclude: others, swiftSettings: strict))
    }
}
