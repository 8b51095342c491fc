// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OrgRegistry",
  products: [
    .executable(name: "orgreg", targets: ["orgreg"]),
    .library(name: "OrgRegistry", targets: ["RegistryStorage", "Succession", "DataEntry"]),
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
    .target(name: "RegistryStorage", dependencies: ["CSQLite", "MigrationFiles"], path: "Sources/Storage"),
    .target(name: "Succession", dependencies: ["RegistryStorage", "Formats"]),
    .target(name: "DataEntry", dependencies: ["RegistryStorage"]),
    .target(name: "Importing", dependencies: ["RegistryStorage", "Formats"]),
    .target(name: "Reporting", dependencies: ["RegistryStorage", "Succession", "Formats"]),
    .target(name: "Exporting", dependencies: ["RegistryStorage", "Succession", "Formats"]),
    .executableTarget(
      name: "orgreg",
      dependencies: [
        "RegistryStorage", "Succession", "DataEntry", "Importing", "Reporting", "Exporting", "Formats", "SeedFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool"),

    // Ratios, beside the named peers: swift run -c release --static-swift-stdlib orgreg-benchmark
    .executableTarget(
      name: "orgreg-benchmark", dependencies: ["Importing", "Formats", "CExpat"], path: "Sources/Benchmark"),

    .testTarget(name: "FormatsTests", dependencies: ["Formats", "TestSupport"]),
    .target(
      name: "TestSupport", dependencies: ["RegistryStorage", "Importing", "SeedFiles", "Formats"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "StorageTests", dependencies: ["RegistryStorage", "Importing", "Formats", "TestSupport"],
      exclude: ["Golden"]),
    .testTarget(name: "SuccessionTests", dependencies: ["Succession", "RegistryStorage", "TestSupport"]),
    .testTarget(
      name: "ImportingTests", dependencies: ["Importing", "RegistryStorage", "Formats", "SeedFiles", "TestSupport"]),
    .testTarget(
      name: "ExportingTests", dependencies: ["Exporting", "Importing", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "EnglandTests",
      dependencies: [
        "RegistryStorage", "Importing", "Exporting", "Reporting", "Succession", "SeedFiles", "Formats", "TestSupport",
      ]),
    .testTarget(name: "ToolTests", dependencies: ["orgreg", "Formats"], exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
