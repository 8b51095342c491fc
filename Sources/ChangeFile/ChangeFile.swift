package import RegistryFormats
package import RegistryStorage

/// The change file: the one CSV form in which facts and events come in. `ChangeFile.md` documents it.
///
/// Kept here:
/// 1. A column that the format does not know is a problem, and so is a field that its record does not use.
/// 2. A last day is inclusive in the file. The end in the change set is the first day after.
/// 3. One reading finds every problem of a file, each with its line.
package struct ChangeFile {
  /// The columns that a header may name, in the order in which they are written. The `amount:BASIS` columns follow.
  package static let columns = [
    "record", "key", "event", "organisation", "other", "parcel", "partition", "unit", "scheme", "kind", "service",
    "basis", "type", "nature", "timeline", "tier", "group", "rank", "value", "amount", "statistic", "from", "to",
    "to_event", "status", "to_status", "operational", "grade", "instrument", "year", "number", "provision", "made",
    "in_force", "url", "retrieved", "proposal", "source", "note",
  ]

  package private(set) var changes: [Change] = []
  package private(set) var problems: [Problem] = []
  package private(set) var lineCount = 0

  private let name: String
  private var header = ChangeRecord.Header(columns: [], positions: [:], amounts: [])
  /// What reads the lines of each record, by the name of the record.
  private var records: [String: ChangeRecord] = [:]

  /// - Parameter name: shown in messages.
  package init(name: String, reader: consuming CSVReader) {
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

  private mutating func readHeader(_ columns: [String]) -> Bool {
    if columns.count == 1, columns[0].contains(";") || columns[0].contains("\t") {
      problems.append(problem(1, "the columns are separated by semicolons or tabs: save the file with commas"))
      return false
    }
    var positions: [String: Int] = [:]
    var amounts: [(basis: String, position: Int)] = []
    for (position, column) in columns.enumerated() {
      if column.hasPrefix("amount:") {
        amounts.append((String(column.dropFirst("amount:".count)), position))
      } else if !Self.columns.contains(column) {
        problems.append(
          problem(
            1, "column \(position + 1): unknown column '\(column)' (known: \(Self.columns.joined(separator: ", ")))"))
      }
      if positions.updateValue(position, forKey: column) != nil {
        problems.append(problem(1, "column \(position + 1): the column '\(column)' occurs twice"))
      }
    }
    if positions["record"] == nil {
      problems.append(problem(1, "the first line must name the columns, 'record' among them: is this a change file?"))
    }
    header = ChangeRecord.Header(columns: columns, positions: positions, amounts: amounts)
    return problems.isEmpty
  }

  private mutating func readRecord(_ reader: inout CSVReader) {
    let line = reader.line
    let columns = header.columns
    guard reader.fieldCount == columns.count else {
      problems.append(problem(line, "\(reader.fieldCount) fields, the header names \(columns.count)"))
      return
    }
    let fields = reader.texts()
    // A mistake in UTF-8 was read as the replacement character, which begins with 0xEF and is rare itself.
    for index in columns.indices where fields[index].utf8.contains(0xEF) && !reader.isValidUTF8(index) {
      problems.append(problem(line, "column \(index + 1) (\(columns[index])) is not UTF-8"))
      return
    }
    do throws(ChangeRecord.Mistake) {
      var change =
        if let proposal = header.text("proposal", fields) {
          try ProposedStatement(header.said(fields)).change(in: proposal)
        } else {
          try record(fields[header.positions["record"] ?? 0]).change(fields)
        }
      change.origin = Change.Origin(file: name, line: line)
      changes.append(change)
    } catch {
      problems.append(problem(line, error.message))
    }
  }

  private mutating func record(_ word: String) throws(ChangeRecord.Mistake) -> ChangeRecord {
    if let known = records[word] { return known }
    let record = try ChangeRecord(word, in: header)
    records[word] = record
    return record
  }
}
