import RegistryFormats
import RegistryStorage

/// What was recorded about a body, and when.
extension Biography {
  /// A fact with the revisions that opened and superseded it; its own content begins with its table.
  func json(_ recorded: RecordedFact) -> JSONValue {
    let version = recorded.version
    return .object(
      [.init("table", .string(version.kind.schema.table))] + members(version) + [
        .init("opened_in", .integer(Int(version.opened))), .init("opened_at", .string(recorded.openedAt)),
        .init("superseded_in", version.superseded.map { .integer(Int($0)) } ?? .null),
        .init("superseded_at", .string(orNull: recorded.supersededAt)),
      ])
  }

  /// A heading for each revision, and what it recorded below it.
  func historyLines(_ history: [RecordedFact]) -> [String] {
    var lines = ["  history"]
    var heading = ""
    for recorded in history {
      let version = recorded.version
      let opening = "    revision \(version.opened), \(recorded.openedAt)"
      if opening != heading { lines.append(opening) }
      heading = opening
      let end = version.superseded.map { "; superseded in revision \($0), \(recorded.supersededAt ?? "")" } ?? ""
      lines.append(
        "      \(padded(version.kind.schema.table.replacing("_", with: " "), 14))"
          + padded(days(version), 27)
          + version.content.map(\.value).joined(separator: " ") + end)
    }
    return lines
  }
}
