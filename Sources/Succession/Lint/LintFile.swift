package import RegistryFormats
import RegistryStorage

/// Named columns of somebody's file.
///
/// Kept here:
/// 1. A file of another form is refused as a whole, and the message says where it departs from this form.
package struct LintFile {
  package struct Row: Sendable {
    package let line: Int
    /// In the order in which the columns were asked for.
    package let values: [String]
  }

  package private(set) var rows: [Row] = []
  /// How the file was read, as sentences.
  package private(set) var remarks: [String]

  /// - Parameter wanted: the names of the columns.
  package init(_ table: TableFile, columns wanted: [String]) throws(RowError) {
    let names = ColumnNames(table.form)
    var columns: [Int] = []
    for word in wanted { columns.append(try names.one(word)) }
    remarks = table.form.remarks
    var reader = try table.rows()
    let width = table.form.header.count
    var narrow: [RowError] = []
    while try GroupedSums.next(&reader) {
      if reader.isBlank, width > 1 { continue }
      guard reader.fieldCount == width else {
        let error = RowError(
          line: reader.line, message: "the line has \(counted(reader.fieldCount, "field")), the header \(width)")
        guard reader.fieldCount < width, Self.isNoCode(reader, columns) else { throw error }
        narrow.append(error)
        continue
      }
      if let error = narrow.first { throw error }
      for column in columns where !reader.isValidUTF8(column) {
        throw RowError(
          line: reader.line, column: table.form.header[column],
          message: "this is not UTF-8: say --encoding windows-1252, or save the file as CSV in UTF-8")
      }
      if reader.isBlank { continue }
      rows.append(Row(line: reader.line, values: columns.map { reader.text($0) }))
    }
    if !narrow.isEmpty { remarks.append("\(counted(narrow.count, "line")) below the table passed over") }
    guard !rows.isEmpty else {
      throw RowError(line: table.form.headerLine, message: "there are no rows below the header")
    }
  }

  /// Whether a narrow line has nothing like a code in the columns: a code has no blanks.
  private static func isNoCode(_ reader: borrowing CSVReader, _ columns: [Int]) -> Bool {
    columns.allSatisfy { column in
      guard column < reader.fieldCount else { return true }
      let text = CodeSpelling.tidied(reader.text(column))
      return text.isEmpty || text.contains(" ")
    }
  }
}
