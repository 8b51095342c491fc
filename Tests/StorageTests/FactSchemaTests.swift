import RegistryTestSupport
import Testing

@testable import RegistryStorage

/// The schemas of facts describe the tables that the migrations make.
@Suite struct FactSchemaTests {
  private let registry = Result { try register(vocabulary, lawfulWorld) }

  @Test(arguments: FactKind.allCases) func `A schema has the columns of its table`(kind: FactKind) throws {
    let table = kind.schema.table
    let found = try registry.get().rows("SELECT name FROM pragma_table_info('\(table)')")
    #expect(Set(found) == Set(["id"] + kind.schema.allColumns + ["opened_in", "superseded_in"]))
  }

  @Test(arguments: FactKind.allCases) func `A column is required where the table requires it`(kind: FactKind) throws {
    for column in kind.schema.columns {
      let needed = try registry.get().rows(
        "SELECT \"notnull\" FROM pragma_table_info('\(kind.schema.table)') WHERE name = '\(column.sql)'")
      #expect(needed == [column.isRequired || column.otherwise != .null ? "1" : "0"], "\(column.sql)")
    }
  }

  @Test(arguments: FactKind.allCases) func `An id refers to the table that the schema names`(kind: FactKind) throws {
    let references = try registry.get().rows(
      "SELECT \"from\", \"table\" FROM pragma_foreign_key_list('\(kind.schema.table)') ORDER BY 1")
    var expected = kind.schema.columns.compactMap { column in column.type.referredTable.map { "\(column.sql)|\($0)" } }
    if kind.schema.isDated { expected += ["from_event_id|change_event", "to_event_id|change_event"] }
    if kind.schema.hasSource { expected.append("source_id|source") }
    expected += ["opened_in|revision", "superseded_in|revision"]
    #expect(references == expected.sorted())
  }

  /// Each choice is tried on a copy of a row, without the triggers, which also look at other rows.
  @Test(arguments: FactKind.allCases) func `The table takes the choices of the schema, and no other`(kind: FactKind)
    throws
  {
    let registry = try register(vocabulary, lawfulWorld)
    for trigger in try registry.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
      try registry.database.execute("DROP TRIGGER \(trigger)")
    }
    // A vacant seat has no holder and no profession.
    try registry.database.execute("UPDATE appointment SET holder_id = NULL, profession = NULL")
    for column in kind.schema.columns {
      guard case .choice(let choices) = column.type else { continue }
      let all = kind.schema.allColumns
      func accepts(_ word: String) -> Bool {
        let values = all.map { $0 == "key" ? "'\(word)-copy'" : $0 == column.sql ? "'\(word)'" : $0 }
        return
          (try? registry.database.execute(
            """
            INSERT INTO \(kind.schema.table) (\(all.joined(separator: ", ")), opened_in)
            SELECT \(values.joined(separator: ", ")), opened_in FROM \(kind.schema.table) LIMIT 1
            """)) != nil
      }
      for choice in choices { #expect(accepts(choice), "\(column.sql): \(choice)") }
      #expect(!accepts("no-such-word"), "\(column.sql)")
    }
  }

  @Test(arguments: WordKind.allCases) func `A word has the columns of its table`(kind: WordKind) throws {
    let found = try registry.get().rows("SELECT name FROM pragma_table_info('\(kind.rawValue)')")
    #expect(Set(found) == Set(["id", "key", "opened_in"] + kind.columns.map(\.sql)))
  }

  @Test func `Each kind of fact stands in one table under one record`() {
    #expect(Set(FactKind.allCases.map(\.schema.table)).count == FactKind.allCases.count)
    #expect(Set(FactKind.allCases.map(\.schema.record)).count == FactKind.allCases.count)
  }
}
