/// Why a text could not be read, and where. Each format has its own reasons.
package struct TextError<Flaw: Equatable & Sendable & CustomStringConvertible>:
  Error, Equatable, Sendable, CustomStringConvertible
{
  package typealias Reason = Flaw

  /// The line, from 1. The format says where a line ends.
  package let line: Int
  /// The column, from 1, in Unicode scalars. A byte order mark at the start of the text does not count.
  package let column: Int
  package let reason: Reason

  package init(line: Int, column: Int, reason: Reason) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// The error after `bytes`, which begin at the start of `firstLine`. Every line feed ends a line.
  init(after bytes: ArraySlice<UInt8>, firstLine: Int = 1, reason: Reason) {
    var (line, column) = (firstLine, 1)
    for byte in bytes {
      if byte == .lineFeed {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column, reason: reason)
  }

  /// A sentence such as `line 3, column 7: text follows a closing quote`.
  package var description: String { "line \(line), column \(column): \(reason)" }

  /// The sentence for a text in a file, such as `a.csv:3: column 7: text follows a closing quote`.
  package func inFile(_ name: String) -> String { "\(name):\(line): column \(column): \(reason)" }
}
