import ChangeFiles
import RegistryFormats
package import RegistryStorage

/// Why a change file of a test could not be read or recorded.
package struct Refused: Error, CustomStringConvertible {
  package let problems: [Problem]

  package init(problems: [Problem]) { self.problems = problems }

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// A fresh register in memory, in which each change file is one revision.
package func register(_ changeFiles: String...) throws -> Registry {
  let registry = try Registry.inMemory()
  for file in changeFiles { try registry.say(file) }
  return registry
}

/// A change file as a change set. A blank line starts another table with its own header.
/// - Throws: `Refused` with every problem of the text.
package func changes(_ changeFile: String, name: String = "test.csv") throws -> ChangeSet {
  var changes = ChangeSet()
  var problems: [Problem] = []
  for table in changeFile.split(separator: "\n\n") {
    let file = ChangeFile(name: name, reader: CSVReader(bytes: Array(padded(table).utf8)))
    changes.changes += file.changes
    problems += file.problems
  }
  guard problems.isEmpty else { throw Refused(problems: problems) }
  return changes
}

/// The table with the commas that its lines lack at the end. Without them, tests stay short.
private func padded(_ table: Substring) -> String {
  let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = lines[0].count { $0 == "," }
  return lines.map { line in
    line.contains("\"") || line.isEmpty
      ? String(line) : line + String(repeating: ",", count: max(0, wanted - line.count { $0 == "," }))
  }.joined(separator: "\n")
}

extension Registry {
  /// Records a change file as one revision.
  /// - Parameter time: the recorded time (default: now).
  /// - Throws: `Refused` with every reason.
  @discardableResult
  package func say(
    _ changeFile: String, at time: String? = nil
  ) throws -> (revision: Int64?, difference: Difference) {
    try say(try changes(changeFile), at: time)
  }

  @discardableResult
  package func say(_ changes: ChangeSet, at time: String? = nil) throws -> (revision: Int64?, difference: Difference) {
    do {
      return try record(changes, Signature(actor: "test", command: "test", time: time))
    } catch {
      guard case .refused(let problems) = error else { throw error }
      throw Refused(problems: problems)
    }
  }

  /// The problems for which a change file is refused, or none if it is recorded.
  package func problems(of changeFile: String) throws -> [Problem] {
    do {
      try say(changeFile)
      return []
    } catch let error as Refused {
      return error.problems
    }
  }

  /// The id of the body with this permanent key.
  package func id(_ key: String) throws -> OrganisationID {
    guard
      let id = try database.first("SELECT id FROM organisation WHERE key = ?1", [.text(key)], { $0.organisation(0) })
    else { throw Refused(problems: [Problem(message: "no organisation '\(key)'")]) }
    return id
  }

  /// All rows of a query, each as text with `|` between its columns and `-` for NULL.
  package func rows(_ sql: String, _ values: [Value] = []) throws -> [String] { try database.rows(sql, values) }

  /// What the register says now, in words and sorted, to compare two registers.
  package func state() throws -> [String] {
    let views = try rows("SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'current_%' ORDER BY name")
    return try views.flatMap { view in
      let columns = try rows("SELECT name FROM pragma_table_info(?1) WHERE name <> 'piece_id'", [.text(view)])
      return try rows("SELECT \(columns.joined(separator: ", ")) FROM \(view)").map { "\(view): \($0)" }.sorted()
    }
  }

  /// Undoes a revision.
  @discardableResult
  package func undo(_ revision: Int64, at time: String? = nil) throws -> (revision: Int64?, difference: Difference) {
    try say(ChangeSet(changes: [Change(.undo(revision: revision))]), at: time)
  }

  /// Every current row of every table that can be corrected, and every derived row, without the ids of rows and
  /// revisions. An undo must restore these to the byte.
  package func currentRows() throws -> [String] {
    let derived = ["piece", "parcel_amount", "piece_amount", "piece_division", "placement"]
    return try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").flatMap { table in
      let columns = try rows("SELECT name FROM pragma_table_info(?1)", [.text(table)])
      let isRecorded = columns.contains("superseded_in")
      guard isRecorded || derived.contains(table) else { return [String]() }
      let wanted = columns.filter { !["id", "opened_in", "superseded_in"].contains($0) }
      let filter = isRecorded ? " WHERE superseded_in IS NULL" : ""
      return try rows("SELECT \(wanted.joined(separator: ", ")) FROM \(table)\(filter)").map { "\(table): \($0)" }
        .sorted()
    }
  }

  /// The number of rows of every table.
  package func sizes() throws -> [String] {
    try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map { table in
      "\(table): \(try rows("SELECT count(*) FROM \"\(table)\"")[0])"
    }
  }
}

extension Database {
  /// All rows of a query, each as text with `|` between its columns and `-` for NULL.
  package func rows(_ sql: String, _ values: [Value] = []) throws(DatabaseError) -> [String] {
    try query(sql, values) { row in
      (0..<row.columnCount).map { row.isNull($0) ? "-" : row.text($0) }.joined(separator: "|")
    }
  }
}
