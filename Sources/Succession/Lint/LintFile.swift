package import RegistryFormats

/// Named columns of somebody's CSV file with a header.
///
/// Kept here:
/// 1. A file of another form is refused as a whole, and the message says where it departs from this form.
package struct LintFile {
  package struct Row: Sendable {
    package let line: Int
    /// In the order in which the columns were asked for.
    package let values: [String]
  }

  package private(set) var rows: [Row] = []

  /// - Parameters:
  ///   - name: shown in messages.
  ///   - wanted: the names of the columns.
  package init(name: String, source: any ByteSource, columns wanted: [String]) throws(Refusal) {
    var reader = CSVReader(source)
    do {
      guard try reader.next() else { throw Refusal("\(name): the file is empty") }
      let header = reader.texts()
      let indices = try Self.indices(of: wanted, in: header, name)
      while try reader.next() {
        if reader.isBlank { continue }
        rows.append(try Self.row(&reader, indices, header, name))
      }
    } catch let error as CSVError {
      throw Refusal(error.inFile(name))
    } catch let error as Refusal {
      throw error
    } catch {
      throw Refusal("\(name): \(error)")
    }
    guard !rows.isEmpty else { throw Refusal("\(name):1: there are no rows below the header") }
  }

  private static func row(
    _ reader: inout CSVReader, _ indices: [Int], _ header: [String], _ name: String
  ) throws(Refusal) -> Row {
    guard reader.fieldCount == header.count else {
      let edge = min(reader.fieldCount, header.count) + 1
      throw Refusal(
        """
        \(name):\(reader.line): column \(edge): the line has \(counted(reader.fieldCount, "field")), the header \(header.count)
        """)
    }
    for index in indices where !reader.isValidUTF8(index) {
      throw Refusal("\(name):\(reader.line): column \(index + 1) ('\(header[index])') is not UTF-8")
    }
    return Row(line: reader.line, values: indices.map { reader.text($0) })
  }

  private static func indices(of wanted: [String], in header: [String], _ name: String) throws(Refusal) -> [Int] {
    var indices: [Int] = []
    for column in wanted {
      let found = header.indices.filter { header[$0] == column }
      guard let index = found.first else {
        let others = header.map { "'\($0)'" }.joined(separator: ", ")
        let remark =
          header.count == 1 && header[0].contains { $0 == ";" || $0 == "\t" || $0 == "|" }
          ? "; are the columns separated by something other than commas?" : ""
        throw Refusal("\(name):1: there is no column '\(column)' (the columns are \(others))\(remark)")
      }
      guard found.count == 1 else {
        throw Refusal(
          "\(name):1: column \(found[1] + 1): '\(column)' is also the name of column \(index + 1)")
      }
      indices.append(index)
    }
    return indices
  }
}
