package import RegistryStorage

extension DataTable {
  /// Bodies as rows: `<scheme>_code` for each scheme, name, kind, from, to (inclusive).
  package static func organisations(_ bodies: [Organisation], schemes: [String]) -> DataTable {
    DataTable(
      columns: schemes.map { "\($0)_code" } + ["name", "kind", "from", "to"],
      rows: bodies.map { body in
        schemes.map { body.codes[$0] } + [
          body.name, body.kinds.joined(separator: "|"), body.firstDay?.description, body.lastDay?.description,
        ]
      })
  }
}

extension Organisation {
  /// The name for a reader, also where no source gives one.
  var shownName: String { name ?? Self.unknownName }

  static let unknownName = "(name not known)"
}
