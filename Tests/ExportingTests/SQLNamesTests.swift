import Testing

@testable import RegistryExporting

/// Every database accepts the names in an SQL export unquoted and at full length.
@Suite struct SQLNamesTests {
  private static let reach = ExportReach(.whole, first: nil)
  private static let questions = CrosswalkQuestions(
    bases: [], kinds: [], reach, SQLNames(dialect: .postgres, schema: nil))
  private static let tables =
    [ExportedTable.about, questions.pair, questions.target] + ExportedTable.all + ExportedTable.log
    + ExportedTable.all.compactMap(\.history)

  @Test func `No name of ours is reserved anywhere`() {
    let columns = Self.tables.flatMap { $0.columns.map(\.name) }
    let names = SQLNames(dialect: .postgres, schema: nil)
    let views = ExportedViews(names, schemes: ["ods"], Self.reach).all.flatMap { view in
      [view.name] + view.parameters.map(\.name) + view.columns.map(\.name)
    }
    for name in Set(Self.tables.map(\.name) + columns + views) {
      for dialect in [SQLDialect.postgres, .mysql, .duckdb] {
        #expect(SQLNames.flaw(inSchema: name, for: dialect) == nil, "\(name) in \(dialect)")
      }
    }
  }

  @Test func `Names and comments are as short as the narrowest database wants them`() {
    for table in Self.tables {
      for index in table.indexes { #expect("\(table.name)_by_\(index.joined(separator: "_"))".utf8.count <= 63) }
      // MySQL takes 64 characters. A prefix has at most 20, and a table has another beginning until it is filled.
      let longest = SQLNames(dialect: .mysql, schema: nil, prefix: String(repeating: "p", count: 20)).new
      #expect(longest.bare(table.name).utf8.count <= 64, "\(table.name)")
      #expect(table.words.utf8.count <= 2_048)
      for column in table.columns { #expect(column.words.utf8.count <= 1_024 && !column.words.contains("\n")) }
    }
  }

  @Test func `Every table stands after those that it refers to`() {
    var made: Set<String> = []
    for table in ExportedTable.all + ExportedTable.log {
      made.insert(table.name)
      for column in table.columns {
        #expect(column.references.map(made.contains) ?? true, "\(table.name).\(column.name)")
      }
    }
  }

  @Test func `Views and functions are taken away under the names under which they are made`() {
    let all = ExportedViews(SQLNames(dialect: .duckdb, schema: nil), schemes: [], Self.reach).all
    #expect(all.filter(\.parameters.isEmpty).map(\.name) == ExportedView.names)
    #expect(all.filter { !$0.parameters.isEmpty }.map(\.name) == ExportedView.functionNames)
  }

  @Test(arguments: [
    (SQLDialect.sqlite, "'a''b\\'||char(13)||'c'"), (.postgres, "'a''b\\'||chr(13)||'c'"),
    (.mysql, "_utf8mb4 X'6127625C0D63'"), (.duckdb, "'a''b\\'||chr(13)||'c'"), (.portable, "'a''b\\\rc'"),
  ])
  func `A literal means the same in every mode of its database`(dialect: SQLDialect, literal: String) {
    #expect(dialect.literal("a'b\\\rc") == literal)
    #expect(dialect.literal("5E1") == "'5E1'")
  }

  @Test func `Numbers are no decimal fractions`() {
    for (number, text) in [(0.1, "0.1e0"), (1e-7, "1e-07"), (12, "12"), (-0.5, "-0.5e0"), (0, "0")] {
      var bytes: [UInt8] = []
      SQLDialect.duckdb.append(number, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
  }

  @Test func `Schemes whose keys look alike get columns of their own`() {
    let words = OrganisationWords(names: SQLNames(dialect: .sqlite, schema: nil), schemes: ["a-b", "a.b", "1", "Å"])
    #expect(
      ["a-b", "a.b", "1", "Å"].map(words.column) == ["a_b_code", "a_b_2_code", "scheme_1_code", "scheme___code"])
  }
}
