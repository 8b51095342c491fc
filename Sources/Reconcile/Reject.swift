/// A row that was not used, and why.
public struct Reject: Equatable, Sendable {
  public let file: String
  public let line: Int
  /// Counted from 1.
  public let column: Int
  public let value: String
  public let reason: String

  public init(file: String, line: Int, column: Int, value: String, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.value = value
    self.reason = reason
  }
}

/// Why the whole file is refused.
public struct Refusal: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
