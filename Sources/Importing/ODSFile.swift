import Formats
import Storage

/// The 27-column files of the Organisation Data Service: no header, every field quoted, dates as YYYYMMDD.
///
/// Kept here:
/// 1. A file that is not of this form (another number of columns, a header, unquoted fields) is refused whole, before any
///    row is used: what looks like a small difference moves every column.
/// 2. A row that cannot be used is a reject with its line and column; the others go on.
/// 3. Columns 3 and 4 (grouping and geography) are those of the day of issue, also for bodies that closed years before:
///    they are not read.
public struct ODSFile {
  public struct Row: Sendable {
    public let line: Int
    public let code: String
    public let name: String
    public let firstDay: Day?
    /// Inclusive.
    public let lastDay: Day?
    /// The sub-type as it stands in column 14, one element for each role: `["RO319", "RO326"]`, or `["C"]`.
    public let roles: [String]
  }

  public let name: String
  public private(set) var rows: [Row] = []
  public private(set) var rejects: [Reject] = []
  /// How many fields had blanks at an end, which were cut off.
  public private(set) var trimmedFields = 0
  public private(set) var lineCount = 0

  /// Why the whole file is refused.
  public struct Refusal: Error, CustomStringConvertible {
    public let description: String
  }

  static let columnCount = 27

  public init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    var seen: [String: Int] = [:]
    do {
      while try reader.next() {
        if reader.isBlank { continue }
        lineCount += 1
        try checkShape(&reader)
        read(&reader, &seen)
      }
    } catch let error as CSVError {
      throw Refusal(description: "\(name): \(error); nothing was changed")
    } catch let error as Refusal {
      throw error
    } catch {
      throw Refusal(description: "\(name): \(error)")
    }
    guard lineCount > 0 else { throw Refusal(description: "\(name): the file is empty; nothing was changed") }
  }

  /// Invariant 1.
  private func checkShape(_ reader: inout CSVReader) throws(Refusal) {
    let line = reader.line
    if lineCount == 1,
      ["orgcode", "organisation code", "organisationcode", "code"].contains(reader.text(0).lowercased())
    {
      throw Refusal(
        description: """
          \(name):\(line): the first line is a header ('\(reader.text(0))', ...), which these files do not have: somebody \
          has edited this copy; get the original file; nothing was changed
          """)
    }
    guard reader.fieldCount == Self.columnCount else {
      throw Refusal(
        description: """
          \(name):\(line): \(reader.fieldCount) columns where an ODS file has \(Self.columnCount): this is another kind \
          of file, or a damaged copy; nothing was changed
          """)
    }
    if let column = (0..<reader.fieldCount).first(where: { !reader.wasQuoted($0) }) {
      throw Refusal(
        description: """
          \(name):\(line): column \(column + 1) is not quoted, as every field of an ODS file is: this copy went through \
          another program, which may have damaged codes; get the original file; nothing was changed
          """)
    }
  }

  private mutating func read(_ reader: inout CSVReader, _ seen: inout [String: Int]) {
    let line = reader.line
    for column in 0..<Self.columnCount where !reader.isValidUTF8(column) {
      return reject(line, column + 1, reader.text(column), "not UTF-8")
    }
    let fields = reader.texts().map(trimmed)
    for (raw, field) in zip(reader.texts(), fields) where raw != field { trimmedFields += 1 }
    let code = fields[0]
    guard !code.isEmpty else { return reject(line, 1, "", "the code is missing") }
    if let damage = CodeDamage.finding(in: code) { return reject(line, 1, code, damage) }
    guard code.utf8.allSatisfy({ $0.isASCIIAlphanumeric }), code.utf8.count <= 9 else {
      return reject(line, 1, code, "'\(code)' is not an ODS code")
    }
    guard !CodeDamage.mayHaveLostZeros(code) else {
      return reject(line, 1, code, "'\(code)' is shorter than any code of a body: has a spreadsheet dropped its zeros?")
    }
    if let first = seen.updateValue(line, forKey: code) {
      return reject(line, 1, code, "'\(code)' stands already in line \(first)")
    }
    guard !fields[1].isEmpty else { return reject(line, 2, "", "the name is missing") }
    var days: [Day?] = []
    for column in [10, 11] {
      guard fields[column].isEmpty || Day(compact: fields[column]) != nil else {
        return reject(line, column + 1, fields[column], "'\(fields[column])' is not a date (YYYYMMDD)")
      }
      days.append(Day(compact: fields[column]))
    }
    if let first = days[0], let last = days[1], last < first {
      return reject(line, 12, fields[11], "the body closes on \(last), before it opens on \(first)")
    }
    rows.append(
      Row(
        line: line, code: code, name: fields[1], firstDay: days[0], lastDay: days[1],
        roles: fields[13].split(separator: "|").map(String.init)))
  }

  private func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" || character == "\u{A0}" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else {
      return ""
    }
    return String(text[first...last])
  }

  private mutating func reject(_ line: Int, _ column: Int, _ value: String, _ reason: String) {
    rejects.append(Reject(file: name, line: line, column: column, value: value, reason: reason))
  }
}

/// A row that was not used, and why.
public struct Reject: Equatable, Sendable {
  public let file: String
  public let line: Int
  /// Counted from 1.
  public let column: Int
  public let value: String
  public let reason: String
}

extension UInt8 {
  fileprivate var isASCIIAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
