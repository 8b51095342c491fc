import Formats
import RegistryStorage

/// What was recorded about a body, and when.
extension Biography {
  /// A statement with the revisions that opened and superseded it; its own content begins with its table.
  func json(_ recorded: RecordedStatement) -> JSONValue {
    let statement = recorded.statement
    return .object(
      [.init("table", .string(recorded.table))] + members(statement) + [
        .init("opened_in", .integer(Int(statement.opened))), .init("opened_at", .string(recorded.openedAt)),
        .init("superseded_in", statement.superseded.map { .integer(Int($0)) } ?? .null),
        .init("superseded_at", text(recorded.supersededAt)),
      ])
  }

  /// A heading for each revision, and what it recorded below it.
  func historyLines(_ history: [RecordedStatement]) -> [String] {
    var lines = ["  history"]
    var heading = ""
    for recorded in history {
      let statement = recorded.statement
      let opening = "    revision \(statement.opened), \(recorded.openedAt)"
      if opening != heading { lines.append(opening) }
      heading = opening
      let end = statement.superseded.map { "; superseded in revision \($0), \(recorded.supersededAt ?? "")" } ?? ""
      lines.append(
        "      \(padded(recorded.table.replacing("_", with: " "), 14))"
          + padded(days(statement), 27)
          + statement.content.map(\.value).joined(separator: " ") + end)
    }
    return lines
  }
}
