import RegistryFormats
import RegistryStorage

/// `datapackage.json` (Data Package 2.0).
struct PackageDescriptor {
  let edition: Edition
  let sources: [(title: String, path: String?)]
  let resources: [JSONValue]

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("$schema", "https://datapackage.org/profiles/2.0/datapackage.json"),
      .init("name", "organisation-register"),
      .init("title", "Register of organisations, revision \(edition.revision)"),
      .init("description", .string(description)),
      .init("version", "\(edition.revision)"),
    ]
    if let recordedAt = edition.recordedAt { members.append(.init("created", .string(recordedAt))) }
    if let licence = edition.licence {
      members.append(
        .init(
          "licenses",
          [["name": .string(licence.name), "path": .string(licence.url), "title": .string(licence.title)]]))
    }
    if !sources.isEmpty { members.append(.init("sources", .array(sources.map(Self.source)))) }
    members.append(.init("resources", .array(resources)))
    return .object(members)
  }

  private var description: String {
    let attribution = edition.attribution.map { " " + $0 } ?? ""
    return """
      What the register says in its revision \(edition.revision). Rows are named by permanent keys, pieces of parcels by \
      numbers of this export. Days are half-open: valid_from is the first day, valid_to the first day after, blank: not \
      ended. As at day D: valid_from <= D and (valid_to is blank or valid_to > D). NULL in a description is a blank. A \
      status says whether a day is stated by a source, derived, or unknown (then it is only the first, or last, on which \
      a source shows the fact). Codes are text: read them as such.\
      \(attribution)
      """
  }

  private static func source(_ title: String, _ path: String?) -> JSONValue {
    var members: [JSONValue.Member] = [.init("title", .string(title))]
    // A package takes no addresses as paths but those of the web.
    if let path, path.hasPrefix("http://") || path.hasPrefix("https://") {
      members.append(.init("path", .string(path)))
    }
    return .object(members)
  }

  // MARK: Resources

  /// A table, with the size and the digest of its file.
  static func resource(_ table: ExportedTable, bytes: Int, sha256: String) -> JSONValue {
    [
      "name": .string(table.name), "type": "table", "path": "\(table.name).csv",
      "description": .string(table.words), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
      "bytes": .integer(bytes), "hash": "sha256:\(sha256)",
      "dialect": [
        "header": true, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true,
      ], "schema": schema(table),
    ]
  }

  private static func schema(_ table: ExportedTable) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("fields", .array(table.columns.map(field))), .init("missingValues", [""]),
      .init("primaryKey", .strings(table.primaryKey)),
    ]
    let references = table.columns.compactMap { column in
      column.references.map { table -> JSONValue in
        // The column of a table's key has the name of the table.
        ["fields": .strings([column.name]), "reference": ["resource": .string(table), "fields": .strings([table])]]
      }
    }
    if !references.isEmpty { members.append(.init("foreignKeys", .array(references))) }
    return .object(members)
  }

  private static func field(_ column: ExportedColumn) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(column.name)), .init("type", type(column.content)),
      .init("description", .string(column.words)),
    ]
    var constraints: [JSONValue.Member] = []
    if column.isRequired { constraints.append(.init("required", true)) }
    if !column.values.isEmpty { constraints.append(.init("enum", .strings(column.values))) }
    if !constraints.isEmpty { members.append(.init("constraints", .object(constraints))) }
    return .object(members)
  }

  private static func type(_ content: ExportedColumn.Content) -> JSONValue {
    switch content {
    case .key, .text: "string"
    case .day: "date"
    case .integer: "integer"
    case .number, .decimal: "number"
    }
  }
}
