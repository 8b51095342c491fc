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
  private let width: Int?

  /// - Parameter width: How many columns the screen has on which a text table is shown. Nil if it is not for a screen:
  ///   then every row is one line.
  package init(_ format: TableFormat, width: Int? = nil) {
    self.format = format
    self.width = width
  }

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
      let table = width == nil ? table : table.withSourcesBelow
      if let title = table.title { try sink.write(shown(title) + "\n") }
      try sink.write(
        TextTable.render(
          header: header, rows: table.rows.map { $0.map { $0 ?? "" } }, rightAligned: rightAligned, width: width))
      if !table.notes.isEmpty { try sink.write("\n" + table.notes.map { shown($0, indent: 2) }.joined()) }
    case .markdown:
      if let title = table.title { try sink.write("## \(title)\n\n") }
      try sink.write(MarkdownTable.render(header: header, rows: cells(), rightAligned: rightAligned))
      if !table.notes.isEmpty { try sink.write("\n" + table.notes.map { "- \($0)\n" }.joined()) }
    }
  }

  private func shown(_ line: String, indent: Int = 0) -> String {
    fitted(line, indent: indent, width: width).map { $0 + "\n" }.joined()
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
  /// A screen has no room for the title of a source in every row, so the rows have numbers, which the notes explain.
  fileprivate var withSourcesBelow: DataTable {
    guard let column = columns.firstIndex(where: { $0.name == "source" }),
      rows.contains(where: { ($0[column] ?? "").count > 12 })
    else { return self }
    var (table, sources) = (self, Footnotes())
    for index in rows.indices {
      let mark = sources.mark(rows[index][column])
      table.rows[index][column] = mark.isEmpty ? nil : String(mark.dropFirst())
    }
    table.notes += sources.list
    return table
  }

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
