import Foundation
import Testing

/// The picture of the targets in the README agrees with Package.swift and with the imports of the sources.
@Suite struct ArrowsTests {
  private struct Target {
    let name: String
    let folder: String
    let dependencies: Set<String>
  }

  /// The targets of Package.swift that have sources of their own, apart from tests and what only tests use.
  private func targets() throws -> [Target] {
    let manifest = try text("Package.swift")
    let list = try #require(manifest.range(of: "  targets: ["))
    let starts = #/\.(?:target|executableTarget|systemLibrary|testTarget|plugin)\(\s*name: "/#
    let parts = manifest[list.upperBound...].split(separator: starts).dropFirst()
    let all = parts.map { part in
      let name = String(part.prefix { $0 != "\"" })
      let path = part.firstMatch(of: #/path: "([^"]+)"/#).map { String($0.1) }
      let products = #/\.product\([^)]*\)/#
      let named = part.replacing(products, with: "").firstMatch(of: #/dependencies: \[([^\]]*)\]/#)?.1 ?? ""
      return Target(
        name: name, folder: path ?? "Sources/\(name)",
        dependencies: Set(named.matches(of: #/"([^"]+)"/#).map { String($0.1) }))
    }
    let names = Set(all.map(\.name))
    #expect(all.allSatisfy { names.isSuperset(of: $0.dependencies) })
    return all.filter { !$0.folder.hasPrefix("Tests/") && !$0.name.hasSuffix("Tests") && $0.name != "EmbedPlugin" }
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(Workbench.package)/\(file)", encoding: .utf8)
  }

  /// The lines of the picture, such as `ODS -> Reconcile, Formats`.
  private func arrows() throws -> [(from: String, to: [String])] {
    let block = try #require(
      text("README.md").firstMatch(of: #/<!-- arrows -->\n```\n(.*?)\n```/#.dotMatchesNewlines()))
    return try block.1.split(separator: "\n").map { line in
      let sides = line.components(separatedBy: " -> ")
      try #require(sides.count == 2, "\(line)")
      return (sides[0], sides[1].components(separatedBy: ", "))
    }
  }

  @Test func `The picture in the readme is that of Package.swift`() throws {
    let drawn = Dictionary(uniqueKeysWithValues: try arrows().map { ($0.from, Set($0.to)) })
    let declared = try targets().filter { !$0.dependencies.isEmpty }
    #expect(declared.count > 10)
    for target in declared {
      #expect(drawn[target.name] == target.dependencies, "\(target.name)")
    }
    #expect(Set(drawn.keys) == Set(declared.map(\.name)))
  }

  @Test func `Arrows point down`() throws {
    let arrows = try arrows()
    for (line, arrow) in arrows.enumerated() {
      let above = Set(arrows[...line].map(\.from))
      #expect(above.isDisjoint(with: arrow.to), "\(arrow.from)")
    }
  }

  @Test func `A target imports what it depends on, and nothing else`() throws {
    let targets = try targets()
    let names = Set(targets.map(\.name))
    for target in targets {
      let folder = "\(Workbench.package)/\(target.folder)"
      let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
      var imported: Set<String> = []
      for file in files where file.hasSuffix(".swift") {
        let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        imported.formUnion(
          source.matches(of: #/^(?:public |package |internal |@testable )?import (\w+)$/#.anchorsMatchLineEndings())
            .map { String($0.1) })
      }
      #expect(imported.intersection(names) == target.dependencies, "\(target.name)")
    }
  }
}
