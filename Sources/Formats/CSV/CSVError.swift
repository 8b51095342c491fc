/// Why a CSV source could not be read, and where.
package struct CSVError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Reason: Equatable, Sendable {
    /// A quote stands in a field that does not begin with one.
    case quoteInUnquotedField
    /// Something other than a delimiter or line end follows a closing quote.
    case textAfterClosingQuote
    /// The source ends inside a quoted field; the position is that of the opening quote.
    case unterminatedQuote
    /// A carriage return that no line feed follows stands outside quotes.
    case bareCarriageReturn
    case nulByte
    /// A field has more than `limit` bytes; the position is that of its start.
    case fieldTooLong(limit: Int)
    /// A record has more than `limit` bytes; the position is that of its start.
    case recordTooLong(limit: Int)
    /// The source failed; the position is that of the record that was being read.
    case unreadable(FileError)
  }

  /// The line, from 1; a line ends with a line feed, also inside quotes.
  package let line: Int
  /// The column, from 1, in Unicode scalars (a byte order mark at the start of the source not counted).
  package let column: Int
  package let reason: Reason

  package init(line: Int, column: Int, reason: Reason) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// A sentence such as `line 3, column 7: text follows a closing quote`.
  package var description: String { "line \(line), column \(column): \(reason.description)" }
}

extension CSVError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .quoteInUnquotedField: "a quote stands inside a field that does not begin with a quote"
    case .textAfterClosingQuote: "text follows a closing quote"
    case .unterminatedQuote: "a quoted field is not closed before the end"
    case .bareCarriageReturn: "a carriage return is not followed by a line feed"
    case .nulByte: "there is a NUL byte"
    case .fieldTooLong(let limit): "a field is longer than \(limit) bytes"
    case .recordTooLong(let limit): "a record is longer than \(limit) bytes"
    case .unreadable(let error): error.description
    }
  }
}
