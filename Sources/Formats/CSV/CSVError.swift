/// Why a CSV text could not be read, and where. Every line feed ends a line, also inside quotes.
package typealias CSVError = TextError<CSVFlaw>

/// What is wrong with a text that is meant to be CSV.
package enum CSVFlaw: Equatable, Sendable {
  /// A quote is inside a field that does not begin with one.
  case quoteInUnquotedField
  /// Something other than a comma or line end follows a closing quote.
  case textAfterClosingQuote
  /// The source ends inside a quoted field. The position is that of the opening quote.
  case unterminatedQuote
  /// A carriage return outside quotes is not followed by a line feed.
  case bareCarriageReturn
  case nulByte
  /// A field has more than `limit` bytes. The position is that of its start.
  case fieldTooLong(limit: Int)
  /// A record has more than `limit` bytes. The position is that of its start.
  case recordTooLong(limit: Int)
  /// The source failed. The position is that of the record that was being read.
  case unreadable(FileError)
}

extension CSVFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .quoteInUnquotedField: "a quote is inside a field that does not begin with a quote"
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
