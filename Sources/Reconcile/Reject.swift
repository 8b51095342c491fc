/// A row that was not used, and why.
package struct Reject: Equatable, Sendable {
  package let file: String
  package let line: Int
  /// Counted from 1.
  package let column: Int
  package let value: String
  package let reason: String
  /// How the row is taken in, if it is about a body outside the register. Nil if that is not the reason.
  package let way: WayIn?

  /// What takes in bodies that the register lacks.
  package enum WayIn: String, CaseIterable, Sendable {
    case createMissing = "--create-missing takes them in"
    case kind = "--kind KIND takes them in"
    case otherFile = "import a file that describes them first"
  }

  package init(file: String, line: Int, column: Int, value: String, reason: String, way: WayIn? = nil) {
    self.way = way
    self.file = file
    self.line = line
    self.column = column
    self.value = value
    self.reason = reason
  }
}
