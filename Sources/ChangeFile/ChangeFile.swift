import Formats
import RegistryStorage

/// The change file: the one CSV form in which facts and events come in. `Seeds/README.md` documents it.
///
/// Kept here:
/// 1. A column that the format does not know, or that its record does not use, is a problem, not ignored.
/// 2. Dates are inclusive in the file; the change set's ends are the first day after.
/// 3. Every problem of a file is found in one reading, each with its line.
public struct ChangeFile {
  /// The columns that a header may name, besides `amount:BASIS`.
  public static let columns = [
    "record", "key", "event", "organisation", "other", "parcel", "partition", "unit", "scheme", "kind", "service",
    "basis", "type", "nature", "timeline", "tier", "group", "rank", "value", "amount", "from", "to", "to_event",
    "status", "to_status", "operational", "grade", "instrument", "year", "number", "provision", "made", "in_force",
    "url", "retrieved", "source", "note",
  ]

  public private(set) var changes: [Change] = []
  public private(set) var problems: [Problem] = []
  public private(set) var lineCount = 0

  private let name: String
  private var columns: [String] = []
  private var indexOf: [String: Int] = [:]
  private var amountColumns: [(basis: String, index: Int)] = []

  /// Reads a whole file.
  /// - Parameter name: shown in messages.
  public init(name: String, reader: consuming CSVReader) {
    self.name = name
    do {
      guard try reader.next() else {
        problems.append(problem(1, "the file is empty: the first line names the columns"))
        return
      }
      guard readHeader(reader.texts()) else { return }
      while try reader.next() {
        if reader.isBlank { continue }
        lineCount += 1
        readRecord(&reader)
      }
    } catch {
      problems.append(
        Problem(origin: Change.Origin(file: name, line: error.line), message: "column \(error.column): \(error)"))
    }
  }

  private func problem(_ line: Int, _ message: String) -> Problem {
    Problem(origin: Change.Origin(file: name, line: line), message: message)
  }

  private mutating func readHeader(_ header: [String]) -> Bool {
    columns = header
    if header.count == 1, header[0].contains(";") || header[0].contains("\t") {
      problems.append(problem(1, "the columns are separated by semicolons or tabs: save the file with commas"))
      return false
    }
    for (index, column) in header.enumerated() {
      if column.hasPrefix("amount:") {
        amountColumns.append((String(column.dropFirst("amount:".count)), index))
      } else if !Self.columns.contains(column) {
        problems.append(
          problem(1, "column \(index + 1): unknown column '\(column)' (known: \(Self.columns.joined(separator: ", ")))")
        )
      }
      if indexOf.updateValue(index, forKey: column) != nil {
        problems.append(problem(1, "column \(index + 1): the column '\(column)' stands twice"))
      }
    }
    if indexOf["record"] == nil {
      problems.append(problem(1, "the first line must name the columns, 'record' among them: is this a change file?"))
    }
    return problems.isEmpty
  }

  private mutating func readRecord(_ reader: inout CSVReader) {
    let line = reader.line
    guard reader.fieldCount == columns.count else {
      problems.append(problem(line, "\(reader.fieldCount) fields, the header names \(columns.count)"))
      return
    }
    let fields = reader.texts()
    // A replacement character stands for every mistake, and nearly never for itself.
    for index in columns.indices where fields[index].utf8.contains(0xEF) && !reader.isValidUTF8(index) {
      problems.append(problem(line, "column \(index + 1) (\(columns[index])) is not UTF-8"))
      return
    }
    var record = ChangeRecord(fields: fields, indexOf: indexOf, amountColumns: amountColumns)
    do throws(ChangeRecord.Mistake) {
      var change = try record.change()
      change.origin = Change.Origin(file: name, line: line)
      if let unused = record.unusedColumn {
        throw ChangeRecord.Mistake("a line '\(record.type)' has no use for '\(unused)'")
      }
      changes.append(change)
    } catch {
      problems.append(problem(line, error.message))
    }
  }
}
