/// Makes rows of columns: for each row of a table and each of some columns, one row with the name of the column and the
/// value there. The names of columns often are days or codes.
///
/// 1. What comes out is comma-separated UTF-8 with a header: the other columns, the name, the value.
/// 2. All rows of a row stand together. A mistake in the file ends the source with its line.
final class UnpivotingSource: ByteSource {
  private let plan: Unpivoting
  private let path: String
  private let width: Int
  private var reader: CSVReader
  private var ready: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  init(_ reader: consuming CSVReader, _ plan: Unpivoting, width: Int, path: String) {
    self.reader = reader
    self.plan = plan
    self.width = width
    self.path = path
  }

  func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    while start == ready.count {
      if isAtEnd { return 0 }
      try fill()
    }
    let taken = min(range.count, ready.count - start)
    buffer.replaceSubrange(range.lowerBound..<(range.lowerBound + taken), with: ready[start..<(start + taken)])
    start += taken
    return taken
  }

  private func fill() throws(FileError) {
    let sink = MemorySink()
    var writer = CSVWriter(sink)
    do {
      while sink.bytes.count < 65_536 {
        guard try reader.next() else {
          isAtEnd = true
          break
        }
        if reader.isBlank { continue }
        try write(to: &writer)
      }
    } catch let error as CSVError {
      throw FileError(path: path, flaw: .noTable("\(error)"))
    } catch let error as RowError {
      throw FileError(path: path, flaw: .noTable("\(error)"))
    } catch {
      throw FileError(path: path, flaw: .noTable("\(error)"))
    }
    ready = sink.bytes
    start = 0
  }

  private func write(to writer: inout CSVWriter) throws {
    guard reader.fieldCount == width else {
      throw RowError(
        line: reader.line, message: "\(reader.fieldCount) fields, where the header has \(width) columns")
    }
    let others = plan.others.map { reader.text($0) }
    for (column, name) in plan.columns { try writer.write(others + [name, reader.text(column)]) }
  }
}

/// Which columns become rows.
struct Unpivoting {
  /// By index, with the name that is written.
  let columns: [(index: Int, name: String)]
  let others: [Int]
  let header: [String]

  /// - Parameters:
  ///   - pattern: the columns, as a user names them.
  ///   - into: the name of the column that gets the names.
  ///   - value: the name of the column that gets the values.
  init(_ names: ColumnNames, _ pattern: String, into: String, value: String) throws(RowError) {
    let chosen = try names.several([pattern])
    columns = chosen.map { ($0, names.names[$0].trimmingBlanks) }
    let others = names.names.indices.filter { !chosen.contains($0) }
    self.others = others
    for added in [into, value] where others.contains(where: { names.names[$0] == added }) || into == value {
      throw names.mistake("the file has a column '\(added)' already: name another with --into or --sum")
    }
    header = others.map { names.names[$0] } + [into, value]
  }
}
