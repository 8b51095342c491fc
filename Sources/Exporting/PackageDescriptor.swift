import Storage
import Formats

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
      What the register says in its revision \(edition.revision). Rows are named by permanent keys; days are inclusive, \
      and a blank last_day means that it goes on. A status says whether a day is stated by a source, derived, or unknown \
      (then it is only the first, or last, on which a source shows the fact). Codes are text: read them as such.\
      \(attribution)
      """
  }

  private static func source(_ title: String, _ path: String?) -> JSONValue {
    var members: [JSONValue.Member] = [.init("title", .string(title))]
    // Other addresses than those of the web are no paths of a package.
    if let path, path.hasPrefix("http://") || path.hasPrefix("https://") {
      members.append(.init("path", .string(path)))
    }
    return .object(members)
  }

  // MARK: Resources

  /// A table, with the size and the digest of its file.
  static func resource(_ table: PackageTable, bytes: Int, sha256: String) -> JSONValue {
    [
      "name": .string(table.name), "type": "table", "path": "\(table.name).csv",
      "description": .string(table.description), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
      "bytes": .integer(bytes), "hash": "sha256:\(sha256)",
      "dialect": [
        "header": true, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true,
      ], "schema": schema(table),
    ]
  }

  private static func schema(_ table: PackageTable) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("fields", .array(table.columns.map(field))), .init("missingValues", [""]),
      .init("primaryKey", list(table.key)),
    ]
    let references = table.allReferences.map { reference -> JSONValue in
      [
        "fields": list(reference.columns),
        "reference": ["resource": .string(reference.table), "fields": list(reference.key)],
      ]
    }
    if !references.isEmpty { members.append(.init("foreignKeys", .array(references))) }
    return .object(members)
  }

  private static func field(_ column: PackageTable.Column) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(column.name)), .init("type", .string(column.type.rawValue)),
    ]
    if let description = column.description { members.append(.init("description", .string(description))) }
    var constraints: [JSONValue.Member] = []
    if column.isRequired { constraints.append(.init("required", true)) }
    if !column.words.isEmpty { constraints.append(.init("enum", list(column.words))) }
    if !constraints.isEmpty { members.append(.init("constraints", .object(constraints))) }
    return .object(members)
  }

  private static func list(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }
}
