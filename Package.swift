// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OrgRegistry",
  products: [
    .executable(name: "orgreg", targets: ["orgreg"]),
    .library(name: "OrgRegistry", targets: ["RegistryStorage", "Succession", "DataEntry", "England"]),
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

    // Migrations/, Seeds/ and the guides as string literals.
    .executableTarget(name: "EmbedTool", dependencies: ["Formats"]),
    .plugin(name: "EmbedPlugin", capability: .buildTool(), dependencies: ["EmbedTool"], path: "Sources/EmbedPlugin"),
    .target(name: "MigrationFiles", plugins: ["EmbedPlugin"]),
    .target(name: "SeedFiles", exclude: ["Seeds/README.md"], plugins: ["EmbedPlugin"]),
    .target(name: "GuideFiles", plugins: ["EmbedPlugin"]),

    // The registry. Arrows point down only; the README draws them.
    .target(
      name: "RegistryStorage", dependencies: ["CSQLite", "MigrationFiles"], path: "Sources/Storage",
      exclude: ["Keeping.md"]),
    .target(name: "Succession", dependencies: ["RegistryStorage", "Formats"], exclude: ["MovingData.md"]),
    .target(name: "DataEntry", dependencies: ["RegistryStorage"], exclude: ["Entering.md", "GoverningBodies.md"]),
    .target(
      name: "ChangeFiles", dependencies: ["RegistryStorage", "Formats"], path: "Sources/ChangeFile",
      exclude: ["ChangeFile.md"]),
    .target(name: "England", dependencies: ["ChangeFiles", "RegistryStorage", "Formats", "SeedFiles"]),
    .target(name: "Reconcile", dependencies: ["RegistryStorage", "Formats"]),
    .target(name: "ODS", dependencies: ["Reconcile", "RegistryStorage", "Formats"]),
    .target(name: "ONS", dependencies: ["Reconcile", "RegistryStorage", "Formats"]),
    .target(
      name: "Importing", dependencies: ["ODS", "ONS", "Reconcile", "RegistryStorage", "Formats"],
      exclude: ["Importing.md"]),
    .target(
      name: "Reporting", dependencies: ["Succession", "RegistryStorage", "Formats"],
      exclude: ["Asking.md", "Reports.md"]),
    .target(
      name: "Exporting", dependencies: ["Succession", "RegistryStorage", "Formats"], exclude: ["Exports.md"]),
    .executableTarget(
      name: "orgreg",
      dependencies: [
        "DataEntry", "Importing", "ODS", "Reconcile", "ChangeFiles", "Reporting", "Exporting", "Succession",
        "England", "GuideFiles", "RegistryStorage", "Formats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool", exclude: ["Shell.md"]),

    // Ratios, beside the named peers: swift run -c release --static-swift-stdlib orgreg-benchmark
    .executableTarget(
      name: "orgreg-benchmark", dependencies: ["ODS", "Formats", "CExpat"], path: "Sources/Benchmark"),

    // Tests: a target for each module that has some.
    .target(
      name: "TestSupport",
      dependencies: ["Importing", "Reconcile", "ChangeFiles", "RegistryStorage", "SeedFiles", "Formats"],
      path: "Tests/TestSupport"),
    .testTarget(name: "FormatsTests", dependencies: ["Formats", "TestSupport"]),
    .testTarget(
      name: "StorageTests", dependencies: ["RegistryStorage", "Formats", "TestSupport"], exclude: ["Golden"]),
    .testTarget(name: "SuccessionTests", dependencies: ["Succession", "RegistryStorage", "TestSupport"]),
    .testTarget(name: "ChangeFilesTests", dependencies: ["ChangeFiles", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "ReconcileTests", dependencies: ["Reconcile", "ODS", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "ODSTests", dependencies: ["ODS", "Importing", "Reconcile", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "ONSTests", dependencies: ["ONS", "Importing", "Reconcile", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "ExportingTests", dependencies: ["Exporting", "ChangeFiles", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(
      name: "EnglandTests",
      dependencies: [
        "Importing", "Reconcile", "ChangeFiles", "Exporting", "Reporting", "Succession", "RegistryStorage", "SeedFiles",
        "Formats", "TestSupport",
      ]),
    .testTarget(
      name: "DataEntryTests", dependencies: ["DataEntry", "ChangeFiles", "RegistryStorage", "TestSupport"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Succession", "RegistryStorage", "Formats", "TestSupport"]),
    .testTarget(name: "ToolTests", dependencies: ["orgreg", "Formats", "TestSupport"], exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)

/// Imports stay inside a module unless it says otherwise, and every file names the modules whose members it uses.
let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = swiftSettings
}
