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
    .target(name: "RegistryFormats", dependencies: ["CExpat", "CZlib"], path: "Sources/Formats"),

    // Migrations/, Seeds/ and the guides as string literals.
    .executableTarget(name: "EmbedTool", dependencies: ["RegistryFormats"]),
    .plugin(name: "EmbedPlugin", capability: .buildTool(), dependencies: ["EmbedTool"], path: "Sources/EmbedPlugin"),
    .target(name: "MigrationFiles", plugins: ["EmbedPlugin"]),
    .target(name: "SeedFiles", exclude: ["Seeds/README.md"], plugins: ["EmbedPlugin"]),
    .target(name: "GuideFiles", plugins: ["EmbedPlugin"]),

    // The registry. Arrows point down only; the README draws them.
    .target(
      name: "RegistryStorage", dependencies: ["CSQLite", "MigrationFiles"], path: "Sources/Storage",
      exclude: ["Keeping.md"]),
    .target(name: "Succession", dependencies: ["RegistryStorage", "RegistryFormats"], exclude: ["MovingData.md"]),
    .target(name: "DataEntry", dependencies: ["RegistryStorage"], exclude: ["Entering.md", "GoverningBodies.md"]),
    .target(
      name: "ChangeFiles", dependencies: ["RegistryStorage", "RegistryFormats"], path: "Sources/ChangeFile",
      exclude: ["ChangeFile.md"]),
    .target(name: "England", dependencies: ["ChangeFiles", "RegistryStorage", "RegistryFormats", "SeedFiles"]),
    .target(name: "Reconcile", dependencies: ["RegistryStorage", "RegistryFormats"]),
    .target(name: "ODS", dependencies: ["Reconcile", "RegistryStorage", "RegistryFormats"]),
    .target(name: "ONS", dependencies: ["Reconcile", "RegistryStorage", "RegistryFormats"]),
    .target(
      name: "RegistryImporting", dependencies: ["ODS", "ONS", "Reconcile", "RegistryStorage", "RegistryFormats"],
      path: "Sources/Importing", exclude: ["Importing.md"]),
    .target(
      name: "RegistryReporting", dependencies: ["Succession", "RegistryStorage", "RegistryFormats"],
      path: "Sources/Reporting", exclude: ["Asking.md", "Reports.md"]),
    .target(
      name: "RegistryExporting", dependencies: ["Succession", "RegistryStorage", "RegistryFormats"],
      path: "Sources/Exporting", exclude: ["Exports.md"]),
    .executableTarget(
      name: "orgreg",
      dependencies: [
        "DataEntry", "RegistryImporting", "ODS", "Reconcile", "ChangeFiles", "RegistryReporting", "RegistryExporting",
        "Succession",
        "England", "GuideFiles", "RegistryStorage", "RegistryFormats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool", exclude: ["Shell.md"]),

    // Ratios, beside the named peers: swift run -c release --static-swift-stdlib orgreg-benchmark
    .executableTarget(
      name: "orgreg-benchmark", dependencies: ["ODS", "RegistryFormats", "CExpat"], path: "Sources/Benchmark"),

    // Tests: a target for each module that has some.
    .target(
      name: "RegistryTestSupport",
      dependencies: [
        "RegistryImporting", "Reconcile", "ChangeFiles", "RegistryStorage", "SeedFiles", "RegistryFormats",
      ],
      path: "Tests/TestSupport"),
    .testTarget(name: "FormatsTests", dependencies: ["RegistryFormats", "RegistryTestSupport"]),
    .testTarget(
      name: "StorageTests", dependencies: ["RegistryStorage", "RegistryFormats", "RegistryTestSupport"],
      exclude: ["Golden"]),
    .testTarget(name: "SuccessionTests", dependencies: ["Succession", "RegistryStorage", "RegistryTestSupport"]),
    .testTarget(
      name: "ChangeFilesTests",
      dependencies: ["ChangeFiles", "RegistryStorage", "RegistryFormats", "RegistryTestSupport"]),
    .testTarget(
      name: "ReconcileTests",
      dependencies: ["Reconcile", "ODS", "RegistryStorage", "RegistryFormats", "RegistryTestSupport"]),
    .testTarget(
      name: "ODSTests",
      dependencies: [
        "ODS", "RegistryImporting", "Reconcile", "RegistryStorage", "RegistryFormats", "RegistryTestSupport",
      ]),
    .testTarget(
      name: "ONSTests",
      dependencies: [
        "ONS", "RegistryImporting", "Reconcile", "RegistryStorage", "RegistryFormats", "RegistryTestSupport",
      ]),
    .testTarget(
      name: "ExportingTests",
      dependencies: [
        "RegistryExporting", "Succession", "ChangeFiles", "RegistryStorage", "RegistryFormats", "RegistryTestSupport",
      ]),
    .testTarget(
      name: "EnglandTests",
      dependencies: [
        "RegistryImporting", "Reconcile", "ChangeFiles", "RegistryExporting", "RegistryReporting", "Succession",
        "RegistryStorage", "SeedFiles",
        "RegistryFormats", "RegistryTestSupport",
      ]),
    .testTarget(
      name: "DataEntryTests", dependencies: ["DataEntry", "ChangeFiles", "RegistryStorage", "RegistryTestSupport"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["RegistryReporting", "Succession", "RegistryStorage", "RegistryFormats", "RegistryTestSupport"]),
    .testTarget(
      name: "ToolTests",
      dependencies: ["orgreg", "Succession", "RegistryStorage", "RegistryFormats", "RegistryTestSupport"],
      exclude: ["Golden"]),
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
