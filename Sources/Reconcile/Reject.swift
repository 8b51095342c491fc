/// A row that was not used, and why.
package struct Reject: Equatable, Sendable {
  package let file: String
  package let line: Int
  /// Counted from 1.
  package let column: Int
  package let value: String
  package let reason: String

  package init(file: String, line: Int, column: Int, value: String, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.value = value
    self.reason = reason
  }
}
