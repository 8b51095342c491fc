package import RegistryStorage

extension DataTable {
  /// Bodies as rows: `<scheme>_code` for each scheme, name, kind, from, to (inclusive).
  /// - Parameter keys: whether the permanent keys are the last column.
  package static func organisations(_ bodies: [Organisation], schemes: [String], keys: Bool) -> DataTable {
    DataTable(
      columns: schemes.map { "\($0)_code" } + ["name", "kind", "from", "to"] + (keys ? ["key"] : []),
      rows: bodies.map { body in
        schemes.map { body.codes[$0] } + [
          body.name, body.kinds.joined(separator: "|"), body.firstDay?.description, body.lastDay?.description,
        ] + (keys ? [body.key] : [])
      })
  }

  /// What is cited, and how many events rest on it.
  package static func sources(_ sources: [(key: String, citation: Citation, eventCount: Int)]) -> DataTable {
    DataTable(
      columns: ["source", "citation", "made", "in_force", .number("events"), "url"],
      rows: sources.map { key, citation, count in
        [key, citation.spoken, citation.made?.description, citation.inForce?.description, String(count), citation.url]
      })
  }
}

extension Organisation {
  /// The name for a reader, also where no source gives one.
  var shownName: String { name ?? Self.unknownName }

  static let unknownName = "(name not known)"
}
