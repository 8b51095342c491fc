package import RegistryFormats
package import RegistryStorage
import Succession

/// The register as a Frictionless Data Package: a CSV file for each exported table, and `datapackage.json`, which says
/// what their columns are, how they refer to one another, where all of it comes from, and how many bytes each file has.
///
/// Kept here:
/// 1. The descriptor is written last, from what was written: its sizes and hashes are those of the files.
/// 2. The same revision of a register gives the same bytes.
package struct DataPackage {
  private let registry: Registry
  private let edition: Edition

  package init(_ registry: Registry) throws(ExportError) {
    self.registry = registry
    edition = try reading { () throws(DatabaseError) in try Edition(registry) }
  }

  /// Writes all files into `folder`, which the caller commits.
  /// - Returns: How many tables and rows there are.
  package func write(to folder: AtomicFolder) throws(ExportError) -> (tables: Int, rows: Int) {
    let answers = try reading { () throws(DatabaseError) in try AnswerTables(registry, .whole) }
    var rows = 0
    var resources: [JSONValue] = []
    for table in ExportedTable.all {
      let written = try write(table, answers, to: folder)
      rows += written.rows
      resources.append(written.resource)
    }
    let descriptor = PackageDescriptor(edition: edition, sources: try sources(), resources: resources)
    try writing { () throws(WriteError) in
      let file = try folder.sink("datapackage.json")
      try file.write(descriptor.json.text())
      try folder.finish(file)
    }
    return (ExportedTable.all.count, rows)
  }

  private func write(
    _ table: ExportedTable, _ answers: AnswerTables, to folder: AtomicFolder
  ) throws(ExportError) -> (rows: Int, resource: JSONValue) {
    let file = try writing { () throws(WriteError) in try folder.sink("\(table.name).csv") }
    let hash = HashingSink(file)
    var options = CSVWriter.Options()
    options.lineEnd = .crlf
    var writer = CSVWriter(hash, options: options)
    try writing { () throws(WriteError) in try writer.write(table.columns.map(\.name)) }
    var rows = 0
    func write(_ values: [Value]) throws(ExportError) {
      let fields = zip(values, table.columns).map { Self.text($0, $1.content) }
      try writing { () throws(WriteError) in try writer.write(fields) }
      rows += 1
    }
    if table.isComputed {
      for row in answers.rows[table.name] ?? [] { try write(row) }
    } else {
      let query = table.rows(in: .whole)
      let statement = try reading { () throws(DatabaseError) in try registry.database.prepare(query) }
      while try reading({ () throws(DatabaseError) in try statement.step() }) {
        try write((0..<statement.columnCount).map { statement.value($0) })
      }
    }
    try writing { () throws(WriteError) in try folder.finish(file) }
    return (rows, PackageDescriptor.resource(table, bytes: hash.count, sha256: hash.sha256))
  }

  /// Titles and addresses of everything that is cited, each once.
  private func sources() throws(ExportError) -> [(title: String, path: String?)] {
    try reading { () throws(DatabaseError) in
      try registry.database.query(
        "SELECT title, min(url) FROM citation WHERE superseded_in IS NULL GROUP BY title ORDER BY title"
      ) { ($0.text(0), $0.optionalText(1)) }
    }
  }

  private static func text(_ value: Value, _ content: ExportedColumn.Content) -> String {
    if content == .decimal { return ExportedColumn.decimal(value) }
    return switch value {
    case .null: ""
    case .integer(let integer): String(integer)
    case .real(let real): number(real)
    case .text(let text): text
    }
  }
}
