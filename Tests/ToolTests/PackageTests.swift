import Foundation
import RegistryTestSupport
import Testing

/// The register as a data package.
@Suite(.tags(.slow), .inFullRuns) struct PackageTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private struct Descriptor: Decodable {
    struct Licence: Decodable { let name: String }
    struct Source: Decodable { let title: String }
    struct Resource: Decodable {
      struct Schema: Decodable {
        struct Field: Decodable { let name: String }
        struct Reference: Decodable {
          struct Target: Decodable {
            let resource: String
            let fields: [String]
          }
          let fields: [String]
          let reference: Target
        }
        let fields: [Field]
        let primaryKey: [String]
        let foreignKeys: [Reference]?
      }
      let name: String
      let path: String
      let bytes: Int
      let hash: String
      let schema: Schema
    }
    let version: String
    let created: String?
    let licenses: [Licence]?
    let sources: [Source]?
    let resources: [Resource]
  }

  private func descriptor(_ folder: String) throws -> Descriptor {
    try JSONDecoder().decode(
      Descriptor.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/datapackage.json")))
  }

  private func files(_ folder: String) throws -> [String: [UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: try names.map { name in
        (name, [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
      })
  }

  @Test(.enabled(if: Engine.python.isExpected, "frictionless is not installed: see '.ci/install engines'"))
  func `The England register is a package without a flaw`() throws {
    var command = try bench.command([])
    command.folder = try EnglandExports.package()
    command.words = [try Engine.python.program(), "-m", "frictionless", "validate", "datapackage.json"]
    let run = try command.run()
    #expect(run.status == 0, "\(run)")
    #expect(!run.stdout.contains("INVALID"), "\(run)")
  }

  @Test func `The descriptor says what is in the folder`() throws {
    let england = try EnglandExports.package()
    let (package, files) = (try descriptor(england), try files(england))
    #expect(Set(files.keys) == Set(package.resources.map(\.path) + ["datapackage.json"]))
    #expect(package.version == "1" && package.created == "2026-11-21T00:00:00Z")
    #expect(package.licenses?.map(\.name) == ["OGL-UK-3.0"])
    #expect(package.sources.map { $0.count > 50 } ?? false)
    for resource in package.resources {
      let contents = try #require(files[resource.path])
      #expect(resource.bytes == contents.count, "\(resource.name)")
      let hash = try bench.bash("sha256sum \(england)/\(resource.path)").stdout.prefix(64)
      #expect(resource.hash == "sha256:\(hash)", "\(resource.name)")
      let header = String(decoding: contents, as: UTF8.self).components(separatedBy: "\r\n")[0]
      #expect(header == resource.schema.fields.map(\.name).joined(separator: ","))
    }
  }

  @Test func `The tables are those of the SQLite file`() throws {
    let england = try EnglandExports.package()
    let file = SQLiteShell(file: try EnglandExports.sqliteFile())
    var tables: [String: [String]] = [:]
    for row in try file.rows(
      """
      SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND t.name NOT LIKE 'name_fts%' AND t.name NOT LIKE 'sqlite_%'
        AND t.name NOT IN ('about', 'crosswalk_pair', 'crosswalk_target') ORDER BY t.name, c.cid
      """)
    {
      if let table = row[0], let column = row[1] { tables[table, default: []].append(column) }
    }
    let package = try descriptor(england)
    #expect(package.resources.reduce(into: [:]) { $0[$1.name] = $1.schema.fields.map(\.name) } == tables)
    for (name, path) in package.resources.map({ ($0.name, $0.path) }) {
      let rows = try bench.bash("tail -n +2 \(england)/\(path) | grep -c $'\\r$'").stdout
      #expect(try file.rows("SELECT count(*) FROM \(name)") == [[rows.trimmingCharacters(in: .newlines)]], "\(name)")
    }
  }

  @Test func `Every reference leads to a key of another table`() throws {
    let tables = Dictionary(
      uniqueKeysWithValues: try descriptor(EnglandExports.package()).resources.map { ($0.name, $0.schema) })
    for (name, schema) in tables {
      for reference in schema.foreignKeys ?? [] {
        let target = try #require(tables[reference.reference.resource], "\(name)")
        #expect(target.primaryKey == reference.reference.fields, "\(name)")
        #expect(Set(reference.fields).isSubset(of: schema.fields.map(\.name)), "\(name)")
      }
    }
  }

  @Test func `Two registers that say the same give the same bytes`() throws {
    for name in ["one", "other"] {
      let bench = try Workbench()
      try bench.makeTinyCountry()
      let run = try bench.orgreg("export", "package", "--output", self.bench.path(name))
      expectDone(run)
      #expect(run.stdout.isEmpty && run.stderr.contains("\(name): 46 tables, "), "\(run)")
    }
    var (one, other) = (try files(bench.path("one")), try files(bench.path("other")))
    // The two may be recorded in different seconds.
    let texts = [one, other].map { String(decoding: $0["datapackage.json"] ?? [], as: UTF8.self).withoutMoments }
    #expect(texts[0].contains("(a moment)") && texts[0] == texts[1])
    (one["datapackage.json"], other["datapackage.json"]) = (nil, nil)
    #expect(!one.isEmpty && one == other)
  }

  @Test func `What is said in a small country stands in the tables`() throws {
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    expectDone(
      try bench.orgreg(
        "rename", "104", "--name", "Dale \"upon\" Sea", "--on", "2030-01-01", "--source", "gazette", "--planned",
        "--yes"
      ))
    expectDone(try bench.orgreg("export", "package", "--output", "tiny"))
    let package = try descriptor(bench.path("tiny"))
    #expect(package.version == "3")
    #expect(package.licenses == nil)
    #expect(package.sources?.map(\.title) == ["The Gazette, a paper of no country"])
    #expect(
      try bench.text("tiny/succession.csv").components(separatedBy: "\r\n").dropFirst() == [
        "union/succession/m-ash/m-dale,union,m-ash,m-dale,succession,stated,gazette,",
        "union/succession/m-birch/m-dale,union,m-birch,m-dale,succession,stated,gazette,", "",
      ])
    #expect(
      try bench.text("tiny/link_share.csv").components(separatedBy: "\r\n").dropFirst() == [
        "union/succession/m-ash/m-dale,1,tracts,whole", "union/succession/m-birch/m-dale,1,tracts,whole", "",
      ])
    #expect(
      try bench.text("tiny/placement.csv").components(separatedBy: "\r\n").dropFirst().dropLast() == [
        "1,m-ash,,0,2000-01-01,2020-01-01", "1,m-dale,,0,2020-01-01,", "2,m-birch,,0,2000-01-01,2020-01-01",
        "2,m-dale,,0,2020-01-01,",
      ])
    #expect(try bench.text("tiny/life.csv").contains("m-ash/life/legal,m-ash,legal,2000-01-01,2020-01-01,"))
    #expect(
      try bench.text("tiny/proposal.csv").components(separatedBy: "\r\n")[1]
        == #"rename-104,2030-01-01,"Dale becomes Dale ""upon"" Sea",open,gazette,"#)
    #expect(try bench.text("tiny/proposal_statement.csv").contains(#"\""upon\"""#))
  }

  @Test func `A folder that cannot be made is refused, and nothing is left`() throws {
    try FileManager.default.createDirectory(atPath: bench.path("full"), withIntermediateDirectories: false)
    try bench.write("mine", to: "full/mine.txt")
    try bench.write("mine", to: "file")
    let before = try bench.listing()
    expectRefused(
      try bench.orgreg("export", "package", "--output", "full"), "cannot create full",
      "name a folder that does not exist")
    expectRefused(try bench.orgreg("export", "package", "--output", "file"), "cannot create file")
    expectRefused(try bench.orgreg("export", "package", "--output", "no/such"), "no/such: No such file or directory")
    expectUsage(try bench.orgreg("export", "package"), "--output")
    #expect(try bench.listing() == before)
    expectDone(try bench.orgreg("init", "--empty", "--registry", "empty.sqlite"))
    expectDone(try bench.orgreg("export", "package", "--output", "void", "--registry", "empty.sqlite"))
  }

  @Test func `When the disk is full in the middle nothing is left`() throws {
    let before = try bench.listing()
    for (words, place) in [("package --output new", "new/"), ("ord-json --output new", "new: ")] {
      let run = try bench.bash("ulimit -f 100; exec \"$orgreg\" export \(words)")
      expectRefused(run, "cannot write \(place)", "File too large")
      #expect(try bench.listing() == before)
    }
  }

  @Test(.enabled(if: Workbench.canDropPrivileges, "needs setpriv"))
  func `A folder that may not be written is left alone`() throws {
    chmod(bench.folder, 0o555)
    expectRefused(
      try bench.unprivileged("export", "package", "--output", "new"), "cannot create new: Permission denied")
  }
}
