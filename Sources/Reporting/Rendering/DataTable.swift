package import RegistryFormats

/// Rows with a title, columns and notes: what every command that prints rows hands to a renderer.
package struct DataTable: Sendable {
  package struct Column: Sendable, ExpressibleByStringInterpolation {
    package let name: String
    package let isNumber: Bool

    package init(_ name: String, isNumber: Bool = false) {
      self.name = name
      self.isNumber = isNumber
    }

    package init(stringLiteral name: String) { self.init(name) }

    package static func number(_ name: String) -> Column { Column(name, isNumber: true) }
  }

  package var title: String?
  package var columns: [Column]
  /// Each row has as many cells as there are columns. A nil cell is blank (null in JSON).
  package var rows: [[String?]]
  /// Sentences below the table. CSV leaves them out.
  package var notes: [String]

  package init(title: String? = nil, columns: [Column], rows: [[String?]] = [], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

package enum TableFormat: String, Sendable, CaseIterable {
  case table, csv, json, markdown
}

package struct TableRenderer {
  private let format: TableFormat

  package init(_ format: TableFormat) { self.format = format }

  package func render(_ table: DataTable, to sink: any ByteSink) throws(WriteError) {
    let header = table.columns.map(\.name)
    let rightAligned = Set(table.columns.indices.filter { table.columns[$0].isNumber })
    let cells = { table.rows.map { $0.map { $0 ?? "" } } }
    switch format {
    case .csv:
      var writer = CSVWriter(sink)
      try writer.write(header)
      for row in table.rows { try writer.write(row.map { $0 ?? "" }) }
    case .json:
      var writer = JSONWriter(sink)
      try writer.write(table.json)
    case .table:
      if let title = table.title { try sink.write(title + "\n\n") }
      try sink.write(TextTable.render(header: header, rows: cells(), rightAligned: rightAligned))
      if !table.notes.isEmpty { try sink.write("\n" + table.notes.map { $0 + "\n" }.joined()) }
    case .markdown:
      if let title = table.title { try sink.write("## \(title)\n\n") }
      try sink.write(MarkdownTable.render(header: header, rows: cells(), rightAligned: rightAligned))
      if !table.notes.isEmpty { try sink.write("\n" + table.notes.map { "- \($0)\n" }.joined()) }
    }
  }
}

extension [[String?]] {
  /// The rows in the order of some columns, the first of which counts most. A blank comes first.
  func sorted(byColumns columns: Int...) -> [[String?]] {
    sorted { left, right in
      columns.lazy.map { left[$0] ?? "" }.lexicographicallyPrecedes(columns.lazy.map { right[$0] ?? "" })
    }
  }
}

extension DataTable {
  /// An array with an object for each row. Numbers stay numbers.
  var json: JSONValue {
    .array(rows.map { row in .object(zip(columns, row).map { .init($0.name, Self.value($1, of: $0)) }) })
  }

  private static func value(_ cell: String?, of column: Column) -> JSONValue {
    guard let cell else { return .null }
    guard column.isNumber else { return .string(cell) }
    return Int(cell).map { .integer($0) } ?? Double(cell).map { .number($0) } ?? .string(cell)
  }
}
