import RegistryExporting
import RegistryFormats
import Foundation
import RegistryStorage
import RegistryTestSupport
import Testing

/// The tables of a data package, compared with what its descriptor says about them.
@Suite(.tags(.slow), .inFullRuns) struct DataPackageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  struct Descriptor: Decodable {
    struct Resource: Decodable {
      let name: String
      let schema: Schema
    }
    struct Schema: Decodable {
      let fields: [Field]
      let primaryKey: [String]
      let foreignKeys: [Reference]?
    }
    struct Field: Decodable {
      struct Constraints: Decodable {
        let required: Bool?
        let `enum`: [String]?
      }
      let name: String
      let type: String
      let constraints: Constraints?
    }
    struct Reference: Decodable {
      struct Target: Decodable {
        let resource: String
        let fields: [String]
      }
      let fields: [String]
      let reference: Target
    }
    let resources: [Resource]
  }

  /// A table as it was read back.
  private struct Table {
    let schema: Descriptor.Schema
    let rows: [[String: String]]

    func values(_ fields: [String]) -> [[String]] { rows.map { row in fields.map { row[$0] ?? "" } } }
  }

  private func tables(of registry: Registry) throws -> [String: Table] {
    let path = folder.file("package")
    let files = try AtomicFolder(path)
    let counts = try DataPackage(registry).write(to: files)
    try files.commit()
    let descriptor = try JSONDecoder().decode(
      Descriptor.self, from: Data(try Files.read("\(path)/datapackage.json")))
    var tables: [String: Table] = [:]
    for resource in descriptor.resources {
      var reader = try CSVReader(path: "\(path)/\(resource.name).csv")
      #expect(try reader.next())
      let header = reader.texts()
      #expect(header == resource.schema.fields.map(\.name), "\(resource.name)")
      var rows: [[String: String]] = []
      while try reader.next() {
        #expect(reader.fieldCount == header.count, "\(resource.name):\(reader.line)")
        rows.append(Dictionary(uniqueKeysWithValues: zip(header, reader.texts())))
      }
      tables[resource.name] = Table(schema: resource.schema, rows: rows)
    }
    #expect(counts.tables == tables.count)
    #expect(counts.rows == tables.values.map(\.rows.count).reduce(0, +))
    return tables
  }

  /// What is wrong with a value of a column. Nil if nothing is.
  private func flaw(_ value: String, _ field: Descriptor.Field) -> String? {
    if value.isEmpty { return field.constraints?.required == true ? "missing" : nil }
    if let words = field.constraints?.enum, !words.contains(value) { return "not among the words" }
    let isSound =
      switch field.type {
      case "date": Day(value) != nil
      case "integer": Int(value) != nil
      case "number": Double(value) != nil
      default: field.type == "string"
      }
    return isSound ? nil : "no \(field.type)"
  }

  private func flaws(of tables: [String: Table]) throws -> [String] {
    var flaws: [String] = []
    for (name, table) in tables {
      for field in table.schema.fields {
        for row in table.rows {
          if let flaw = flaw(row[field.name] ?? "", field) { flaws.append("\(name).\(field.name): \(flaw): \(row)") }
        }
      }
      let keys = table.values(table.schema.primaryKey)
      if Set(keys).count != keys.count { flaws.append("\(name): a key occurs twice") }
      for reference in table.schema.foreignKeys ?? [] {
        let target = try #require(tables[reference.reference.resource])
        let known = Set(target.values(reference.reference.fields))
        for value in table.values(reference.fields) where value != [""] && !known.contains(value) {
          flaws.append("\(name): \(reference.fields) leads nowhere: \(value)")
        }
      }
    }
    return flaws
  }

  @Test func `Whatever a register may say, the tables are sound`() throws {
    let registry = try register(everyRecord)
    let tables = try tables(of: registry)
    #expect(try flaws(of: tables) == [])
    for name in [
      "life", "code", "name", "role", "relationship", "measure", "event", "succession", "flow", "observation", "claim",
      "anchor", "movement", "unit", "unit_amount", "proposal", "proposal_base",
      "proposal_statement",
    ] {
      let recorded = ["event", "proposal"].contains(name) ? "\(name)_detail" : name
      let rows = try registry.rows("SELECT count(*) FROM \(recorded) WHERE superseded_in IS NULL")
      #expect(rows == ["\(tables[name]?.rows.count ?? 0)"] && rows != ["0"], "\(name)")
    }
    let names = try #require(tables["name"]).rows.compactMap { $0["name"] }
    #expect(names.contains("Alpha, \"the first\" of two") && names.contains("Béta ’b’"))
    #expect(try #require(tables["measure"]).rows.map { $0["amount"] } == ["1000.25", "1e+21"])
    #expect(try #require(tables["flow"]).rows.contains { $0["predecessor"] == "" && $0["amount"] == "0" })
  }

  @Test func `The tables of the England register are sound`() throws {
    let tables = try tables(of: try England.open())
    #expect(try flaws(of: tables) == [])
    func amounts(_ name: String, _ isMeant: ([String: String]) -> Bool) throws -> [Double] {
      try #require(tables[name]).rows.filter { $0["basis"] == "areas" && isMeant($0) }
        .compactMap { $0["amount"].flatMap(Double.init) }
    }
    let pieces = try #require(tables["piece"]).rows.filter { $0["parcel"] == "L173" }.map { $0["piece"] }
    let parts = try amounts("piece_amount") { pieces.contains($0["piece"]) }
    let whole = try amounts("parcel_amount") { $0["parcel"] == "L173" }
    #expect(parts.count == 3 && whole.count == 1)
    #expect(abs(parts.reduce(0, +) - whole.reduce(0, +)) < 1e-9)
  }

  @Test func `What was superseded stays in the register`() throws {
    let registry = try register(everyRecord)
    try registry.say(
      """
      record,key,event,organisation,scheme,value
      code,own-key,merger,c,ods,00Z
      """)
    let codes = try #require(try tables(of: registry)["code"]).rows.filter { $0["fact_key"] == "own-key" }
    #expect(codes.map { $0["code"] } == ["00Z"])
  }
}
