import Foundation
import Testing

extension Workbench {
  /// For each revision, the number of rows that it says and the number that were opened in it, as the `sqlite3` shell
  /// counts them.
  func revisions(_ name: String = "registry.sqlite") throws -> [Int: (said: Int, opened: Int)] {
    let tables = try sqlite3(
      name,
      """
      SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'opened_in' WHERE m.type = 'table'
      """
    ).split(separator: "\n")
    let opened = tables.map { "SELECT opened_in FROM \($0)" }.joined(separator: " UNION ALL ")
    let rows = try sqlite3(
      name,
      """
      SELECT revision.id, row_count, count(opened_in) FROM revision LEFT JOIN (\(opened)) ON opened_in = revision.id
      GROUP BY revision.id
      """)
    return Dictionary(
      uniqueKeysWithValues: rows.split(separator: "\n").map { line in
        let numbers = line.split(separator: "|").compactMap { Int($0) }
        return (numbers[0], (numbers[1], numbers[2]))
      })
  }

  /// Expects that every revision holds as many rows as it says. This is so only for revisions that retract nothing.
  /// - Returns: how many revisions there are.
  @discardableResult
  func expectWholeRevisions(
    _ name: String = "registry.sqlite", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Int {
    let revisions = try revisions(name)
    for (number, rows) in revisions {
      #expect(
        rows.said == rows.opened && rows.said > 0, "revision \(number): \(rows)", sourceLocation: sourceLocation)
    }
    return revisions.count
  }

  /// Applies change files one after the other.
  func startWriter(_ files: [String], register: String = "registry.sqlite") throws -> Running {
    var command = try command([])
    command.environment["orgreg"] = Self.binary
    command.words =
      [
        "bash", "-c",
        """
        for file in "$@"; do
          words=$("$orgreg" apply "$file" --yes --registry \(register) 2>&1 >/dev/null); echo "$? $words"
        done
        """, "writer",
      ] + files
    return try command.start()
  }
}

extension TinyCountry {
  /// A change that every register of this country accepts, once for each number.
  static func kind(_ number: Int) -> String {
    "record,key,value,tier\nkind,kind-\(number),kind \(number),region\n"
  }

  /// One event that gives Ash and Birch the same number in their names.
  static func renaming(_ number: Int) -> String {
    """
    record,event,organisation,scheme,value,source
    name,founding,m-ash,no,Ash \(number),gazette
    name,founding,m-birch,no,Birch \(number),gazette

    """
  }

  /// Many municipalities that are founded together.
  static func settlement(_ number: Int, of count: Int) -> String {
    let bodies = (0..<count).map { index in
      """
      organisation,b-\(number)-\(index),,,,,,,,
      open,,settlement-\(number),b-\(number)-\(index),,municipality,,,,
      code,,settlement-\(number),b-\(number)-\(index),no,,,\(number)-\(index),,gazette
      name,,settlement-\(number),b-\(number)-\(index),no,,,Place \(number) \(index),,gazette

      """
    }
    return """
      record,key,event,organisation,scheme,kind,type,value,from,source
      event,settlement-\(number),,,,,establishment,Places are founded,2001-01-01,gazette

      """ + bodies.joined()
  }
}
