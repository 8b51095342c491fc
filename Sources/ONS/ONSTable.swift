import RegistryFormats
import Reconcile
import RegistryStorage

/// A CSV file of the Office for National Statistics: columns in any order under a header, perhaps after a byte order
/// mark.
///
/// Kept here:
/// 1. A record with more or fewer fields than the header is a reject; the others are read.
package struct ONSTable: ~Copyable {
  let name: String
  let header: [String]
  private(set) var rejects: [Reject] = []
  private var reader: CSVReader

  init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    guard try reader.next(of: name) else { throw Refusal("\(name): the file is empty; nothing was changed") }
    header = Self.header(of: reader.texts())
    self.reader = reader
  }

  /// The names of the columns, without blanks at their ends and without a byte order mark.
  package static func header(of fields: [String]) -> [String] {
    fields.map { field in
      let text = Self.trimmed(field)
      return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }
  }

  static func trimmed(_ text: String) -> String {
    guard text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false else { return text }
    guard let start = text.firstIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(text[start...].reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The position of a column, whatever the case of its name. Nil if there is none.
  func column(_ title: String) -> Int? { header.firstIndex { $0.uppercased() == title } }

  /// Goes to the next record that is whole. False if there are no more.
  mutating func next() throws(Refusal) -> Bool {
    while try reader.next(of: name) {
      if reader.isBlank { continue }
      if reader.fieldCount == header.count { return true }
      let reason = "\(reader.fieldCount) fields, the header names \(header.count)"
      rejects.append(Reject(file: name, line: reader.line, column: 1, value: "", reason: reason))
    }
    return false
  }

  var line: Int { reader.line }

  /// A field without blanks at its ends. Empty if there is no such column.
  func text(_ column: Int?) -> String { column.map { Self.trimmed(reader.text($0)) } ?? "" }

  /// Says that the current record cannot be used.
  func reject(_ column: Int?, _ value: String, _ reason: String) -> Reject {
    Reject(file: name, line: line, column: (column ?? 0) + 1, value: value, reason: reason)
  }

  /// Says that a field of the current record is not a day.
  func rejectDay(_ column: Int?) -> Reject {
    reject(column, text(column), "'\(text(column))' is not a date (dd/mm/yyyy)")
  }

  /// The period from one day of the current record to another. It goes on if the last one is blank.
  /// - Returns: Nil if one of them is not a day, which becomes a reject.
  func period(from first: Int?, through last: Int?, _ rejects: inout [Reject]) -> Period? {
    let end = text(last)
    let (firstDay, lastDay) = (Day(statistical: text(first)), Day(statistical: end))
    if let firstDay, end.isEmpty || lastDay != nil { return Period(from: firstDay, through: lastDay) }
    rejects.append(rejectDay(firstDay == nil ? first : last))
    return nil
  }
}

extension Day {
  /// A date as the Office for National Statistics writes it, such as `31/03/2013`, or as in ISO 8601. A time may follow
  /// after a blank.
  init?(statistical text: String) {
    let date = text.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
    let parts = date.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      self.init(date)
      return
    }
    guard parts[2].utf8.count == 4, let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }
}
