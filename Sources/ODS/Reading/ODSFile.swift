package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// The 27-column files of the Organisation Data Service: no header, every field quoted, dates as YYYYMMDD.
///
/// Kept here:
/// 1. A file that is not of this form (another number of columns, a header, unquoted fields) is refused whole, before
///    any row is used: what looks like a small difference moves every column. If damaged copies are accepted, a copy
///    whose columns are certain is read, and each doubt is reported.
/// 2. A row that cannot be used is a reject with its line and column; the others are read.
/// 3. Columns 3 and 4 (grouping and geography) are not read: their values are those of the day of issue, even for
///    bodies that closed years before.
package struct ODSFile {
  package struct Row: Sendable {
    package let line: Int
    package let code: String
    package let name: String
    package let firstDay: Day?
    /// Inclusive.
    package let lastDay: Day?
    /// The sub-types in column 14, one for each role: `["RO319", "RO326"]`, or `["C"]`.
    package let roles: [String]
    /// The commissioner, or another parent. Empty if there is none.
    package let parent: String
    package let joined: Day?
    /// Inclusive.
    package let left: Day?
    /// Column 24: the current care organisation of a practice, or the letter of a region.
    package let provider: String
    /// Column 26: the prescribing setting (`4`), or a role (`RO76`).
    package let setting: String
  }

  package let name: String
  package private(set) var rows: [Row] = []
  package private(set) var rejects: [Reject] = []
  /// What makes the copy doubtful. Empty for a copy as it was issued.
  package private(set) var doubts: [String] = []
  /// How many fields had blanks at an end, which were removed.
  package private(set) var trimmedFields = 0
  package private(set) var lineCount = 0

  private let acceptsDamage: Bool
  private var layout = ODSLayout.issued
  private var doubtsAboutQuotes = false
  private var lineOfCode: [String: Int] = [:]

  package init(
    name: String, reader: consuming CSVReader, acceptingDamage acceptsDamage: Bool = false
  ) throws(Refusal) {
    self.name = name
    self.acceptsDamage = acceptsDamage
    while try reader.next(of: name) {
      if reader.isBlank { continue }
      lineCount += 1
      if try isHeader(&reader) { continue }
      try checkShape(&reader)
      read(&reader)
    }
    guard lineCount > 0 else { throw Refusal("\(name): the file is empty; nothing was changed") }
  }

  /// The latest day in the file that is not in the future: the file was issued then or later.
  package var latestDay: Day? {
    let days = rows.flatMap { [$0.firstDay, $0.lastDay, $0.joined, $0.left] }.compactMap { $0 }
    return days.filter { $0 <= Moment.today }.max()
  }

  // MARK: Form

  /// Invariant 1.
  private mutating func isHeader(_ reader: inout CSVReader) throws(Refusal) -> Bool {
    guard lineCount == 1, ODSLayout.isHeader(reader.text(0)) else { return false }
    let line = reader.line
    guard acceptsDamage else {
      throw Refusal(
        """
        \(name):\(line): the first line is a header ('\(reader.text(0))', ...), which these files do not have: \
        somebody has edited this copy; get the original file, or say --accept-damaged; nothing was changed
        """)
    }
    guard let layout = ODSLayout(header: reader.texts()) else {
      throw Refusal(
        """
        \(name):\(line): the first line is a header in which columns that are needed are missing or occur twice (code, \
        name, open and close date, sub-type, commissioner, join and left date, provider, prescribing setting); nothing \
        was changed
        """)
    }
    self.layout = layout
    lineCount -= 1
    doubts.append(
      "\(name):\(line): the file has a header and \(layout.columnCount) columns: they were told apart by their names")
    return true
  }

  private mutating func checkShape(_ reader: inout CSVReader) throws(Refusal) {
    let line = reader.line
    if acceptsDamage, lineCount == 1, reader.fieldCount == ODSLayout.withoutLast.columnCount {
      layout = .withoutLast
      doubts.append(
        "\(name):\(line): the file has 26 columns: it was read as one whose last column, always empty, was cut off")
    }
    guard reader.fieldCount == layout.columnCount else {
      throw Refusal(
        """
        \(name):\(line): \(reader.fieldCount) columns where \
        \(layout.columnCount == ODSLayout.issuedColumnCount ? "an ODS file" : "this file") has \(layout.columnCount): \
        this is another kind of file, or a damaged copy; nothing was changed
        """)
    }
    guard !doubtsAboutQuotes, let column = (0..<reader.fieldCount).first(where: { !reader.wasQuoted($0) }) else {
      return
    }
    guard acceptsDamage else {
      throw Refusal(
        """
        \(name):\(line): column \(column + 1) is not quoted, as every field of an ODS file is: this copy went through \
        another program, which may have damaged codes; get the original file, or say --accept-damaged; nothing was \
        changed
        """)
    }
    doubtsAboutQuotes = true
    doubts.append(
      "\(name):\(line): column \(column + 1) is not quoted: the copy went through another program, which may have "
        + "damaged codes; rows whose codes look damaged were rejected")
  }

  // MARK: Rows

  private mutating func read(_ reader: inout CSVReader) {
    let line = reader.line
    for column in 0..<reader.fieldCount where !reader.isValidUTF8(column) {
      return reject(line, column, reader.text(column), "not UTF-8")
    }
    let raw = reader.texts()
    let fields = raw.map(trimmed)
    for (before, after) in zip(raw, fields) where before != after { trimmedFields += 1 }
    let code = fields[layout.code]
    if let reason = flaw(of: code, line: line) { return reject(line, layout.code, code, reason) }
    guard !fields[layout.name].isEmpty else { return reject(line, layout.name, "", "the name is missing") }
    var days: [Day?] = []
    for column in [layout.firstDay, layout.lastDay, layout.joined, layout.left] {
      guard fields[column].isEmpty || Day(compact: fields[column]) != nil else {
        return reject(line, column, fields[column], "'\(fields[column])' is not a date (YYYYMMDD)")
      }
      days.append(Day(compact: fields[column]))
    }
    if let first = days[0], let last = days[1], last < first {
      return reject(
        line, layout.lastDay, fields[layout.lastDay], "the body closes on \(last), before it opens on \(first)")
    }
    if let joined = days[2], let left = days[3], left < joined {
      return reject(
        line, layout.left, fields[layout.left], "the body leaves its parent on \(left), before it joins on \(joined)")
    }
    rows.append(
      Row(
        line: line, code: code, name: fields[layout.name], firstDay: days[0], lastDay: days[1],
        roles: fields[layout.subType].split(separator: "|").map(String.init), parent: fields[layout.parent],
        joined: days[2], left: days[3], provider: fields[layout.provider], setting: fields[layout.setting]))
  }

  /// What is wrong with a code. Nil if nothing is.
  private mutating func flaw(of code: String, line: Int) -> String? {
    if code.isEmpty { return "the code is missing" }
    if let flaw = CodeDamage.flaw(ofODSCode: code) { return flaw }
    guard let first = lineOfCode.updateValue(line, forKey: code) else { return nil }
    return "'\(code)' is already in line \(first)"
  }

  private func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" || character == "\u{A0}" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else {
      return ""
    }
    return String(text[first...last])
  }

  /// - Parameter column: counted from 0.
  private mutating func reject(_ line: Int, _ column: Int, _ value: String, _ reason: String) {
    rejects.append(Reject(file: name, line: line, column: column + 1, value: value, reason: reason))
  }
}
