import RegistryFormats
import RegistryStorage

/// Where statements go, one after the other.
protocol SQLOutput: AnyObject {
  /// Words for readers of the statements.
  func remark(_ words: String) throws(ExportError)
  /// - Parameter statement: In UTF-8, without a semicolon at its end.
  func put(_ statement: Span<UInt8>) throws(ExportError)
}

extension SQLOutput {
  func put(_ statement: String) throws(ExportError) { try put(Array(statement.utf8).span) }
}

/// Statements as a script.
final class SQLScript: SQLOutput {
  private let sink: any ByteSink

  init(_ sink: any ByteSink) { self.sink = sink }

  func remark(_ words: String) throws(ExportError) {
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false)
    try writing { () throws(WriteError) in
      try sink.write(lines.map { $0.isEmpty ? "--\n" : "-- \($0)\n" }.joined())
    }
  }

  func put(_ statement: Span<UInt8>) throws(ExportError) {
    do {
      try sink.write(statement)
      try sink.write(";\n")
    } catch {
      throw .output(error)
    }
  }
}
