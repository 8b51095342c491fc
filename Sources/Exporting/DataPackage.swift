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
    let shares = try reading { () throws(DatabaseError) in try KnownShares(registry) }
    var rows = 0
    var resources: [JSONValue] = []
    for table in ExportedTable.all {
      let written = try write(table, shares, to: folder)
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
    _ table: ExportedTable, _ shares: KnownShares, to folder: AtomicFolder
  ) throws(ExportError) -> (rows: Int, resource: JSONValue) {
    let isShared = table.name == KnownShares.table
    let columns = table.columns + (isShared ? KnownShares.columns : [])
    let file = try writing { () throws(WriteError) in try folder.sink("\(table.name).csv") }
    let hash = HashingSink(file)
    var options = CSVWriter.Options()
    options.lineEnd = .crlf
    var writer = CSVWriter(hash, options: options)
    try writing { () throws(WriteError) in try writer.write(columns.map(\.name)) }
    let query = table.rows(in: .whole)
    let statement = try reading { () throws(DatabaseError) in try registry.database.prepare(query) }
    var rows = 0
    while try reading({ () throws(DatabaseError) in try statement.step() }) {
      var fields = (0..<statement.columnCount).map { Self.text(statement.value($0)) }
      if isShared { fields += shares.fields(of: fields) }
      try writing { () throws(WriteError) in try writer.write(fields) }
      rows += 1
    }
    try writing { () throws(WriteError) in try folder.finish(file) }
    return (rows, PackageDescriptor.resource(table, columns, bytes: hash.count, sha256: hash.sha256))
  }

  /// Titles and addresses of everything that is cited, each once.
  private func sources() throws(ExportError) -> [(title: String, path: String?)] {
    try reading { () throws(DatabaseError) in
      try registry.database.query(
        "SELECT title, min(url) FROM citation WHERE superseded_in IS NULL GROUP BY title ORDER BY title"
      ) { ($0.text(0), $0.optionalText(1)) }
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .integer(let integer): String(integer)
    case .real(let real): number(real)
    case .text(let text): text
    }
  }
}

/// How much went along each link, as columns that only the package has. A link is found by the words that name it.
private struct KnownShares {
  /// The table whose rows they extend.
  static let table = "succession"

  static let columns = [
    ExportedColumn(
      "share", .number, from: "", "of the predecessor; NULL: duties without territory, or no source says how much"),
    ExportedColumn("basis", .key, references: "basis", from: "", "what the share counts"),
    ExportedColumn(
      "method", .key, from: "", among: [Crosswalk.Method.exact, .proportional].map(\.rawValue),
      "exact where units are known"),
  ]

  private var shares: [[String]: LinkShares.Share] = [:]

  init(_ registry: Registry) throws(DatabaseError) {
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    let links = try registry.successions()
    let known = LinkShares(links, try registry.territory())
    for link in links {
      shares[[link.event, keys[link.predecessor] ?? "", keys[link.successor] ?? "", link.nature.rawValue]] =
        known.share(of: link)
    }
  }

  /// Share, basis and method of a row, which begins with fact_key, event, predecessor, successor, nature.
  func fields(of row: [String]) -> [String] {
    guard let share = shares[Array(row[1...4])] else { return ["", "", ""] }
    return [number(share.share), share.basis, share.method.rawValue]
  }
}
