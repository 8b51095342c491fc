import Formats
import Storage

/// Where statements go, one after the other.
protocol SQLOutput: AnyObject {
  /// Words for whoever reads the statements.
  func remark(_ words: String) throws(SQLExportError)
  /// - Parameter statement: in UTF-8, without a semicolon at its end.
  func put(_ statement: Span<UInt8>) throws(SQLExportError)
}

extension SQLOutput {
  func put(_ statement: String) throws(SQLExportError) { try put(Array(statement.utf8).span) }
}

/// Statements as a script.
final class SQLScript: SQLOutput {
  private let sink: any ByteSink

  init(_ sink: any ByteSink) { self.sink = sink }

  func remark(_ words: String) throws(SQLExportError) {
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false)
    do {
      try sink.write(lines.map { $0.isEmpty ? "--\n" : "-- \($0)\n" }.joined())
    } catch {
      throw .write(error)
    }
  }

  func put(_ statement: Span<UInt8>) throws(SQLExportError) {
    do {
      try sink.write(statement)
      try sink.write(";\n")
    } catch {
      throw .write(error)
    }
  }
}
