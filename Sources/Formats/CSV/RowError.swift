/// What is wrong with a row, and where.
package struct RowError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1, or 0 if no line is to blame.
  package var line: Int
  /// The name of the column, where one is to blame.
  package let column: String?
  package let message: String

  package init(line: Int, column: String? = nil, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package init(_ error: CSVError) {
    self.init(line: error.line, message: "column \(error.column): \(error.reason)")
  }

  /// A sentence such as `line 3, column 'patients': 'NaN' is not a number`.
  package var description: String {
    let place = line == 0 ? [] : ["line \(line)"]
    return (place + [column.map { "column '\($0)'" }].compactMap { $0 }).joined(separator: ", ")
      + (place.isEmpty && column == nil ? "" : ": ") + message
  }
}
