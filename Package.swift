// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OrgRegistry",
  products: [
    .executable(name: "orgreg", targets: ["orgreg"]),
    .library(name: "Storage", targets: ["Storage"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The file formats, SQLite, and what reads XML and compressed files.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Formats", dependencies: ["CExpat", "CZlib"]),

    // Migrations/ and Seeds/ as string literals.
    .executableTarget(name: "EmbedTool", dependencies: ["Formats"]),
    .plugin(name: "EmbedPlugin", capability: .buildTool(), dependencies: ["EmbedTool"], path: "Sources/EmbedPlugin"),
    .target(name: "MigrationFiles", plugins: ["EmbedPlugin"]),
    .target(name: "SeedFiles", exclude: ["Seeds/README.md"], plugins: ["EmbedPlugin"]),

    // The registry. Arrows point down only.
    .target(name: "Storage", dependencies: ["CSQLite", "MigrationFiles"]),
    .target(name: "Succession", dependencies: ["Storage"]),
    .target(name: "DataEntry", dependencies: ["Storage"]),
    .target(name: "Importing", dependencies: ["Storage", "Formats"]),
    .target(name: "Reporting", dependencies: ["Storage", "Succession", "Formats"]),
    .target(name: "Exporting", dependencies: ["Storage", "Succession", "Formats"]),
    .executableTarget(
      name: "orgreg",
      dependencies: [
        "Storage", "Succession", "DataEntry", "Importing", "Reporting", "Exporting", "Formats", "SeedFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool"),

    // Ratios, beside the named peers: swift run -c release --static-swift-stdlib orgreg-benchmark
    .executableTarget(
      name: "orgreg-benchmark", dependencies: ["Importing", "Formats", "CExpat"], path: "Sources/Benchmark"),

    .testTarget(name: "FormatsTests", dependencies: ["Formats", "TestSupport"]),
    .target(
      name: "TestSupport", dependencies: ["Storage", "Importing", "SeedFiles", "Formats"], path: "Tests/TestSupport"),
    .testTarget(
      name: "StorageTests", dependencies: ["Storage", "Importing", "Formats", "TestSupport"], exclude: ["Golden"]),
    .testTarget(name: "SuccessionTests", dependencies: ["Succession", "Storage", "TestSupport"]),
    .testTarget(name: "ImportingTests", dependencies: ["Importing", "Storage", "Formats", "SeedFiles", "TestSupport"]),
    .testTarget(name: "ExportingTests", dependencies: ["Exporting", "Importing", "Storage", "Formats", "TestSupport"]),
    .testTarget(
      name: "EnglandTests",
      dependencies: [
        "Storage", "Importing", "Exporting", "Reporting", "Succession", "SeedFiles", "Formats", "TestSupport",
      ]),
    .testTarget(name: "ToolTests", dependencies: ["orgreg", "Formats"], exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
