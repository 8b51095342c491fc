package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// Who belonged to whom (epcmem). The file has six quoted columns without a header: practice, parent, type of parent,
/// joined, left, amended.
///
/// Kept here:
/// 1. Membership is not territory: when a practice moves, its relationship changes and no parcel moves.
/// 2. The rows of one practice may be in any order.
package struct ODSMembership: SourceContents {
  package static let columnCount = 6

  package let name: String
  private var rows: [SourceRecord.Relationship] = []
  package private(set) var rejects: [Reject] = []
  package private(set) var lineCount = 0

  package init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    while try reader.next(of: name) {
      if reader.isBlank { continue }
      lineCount += 1
      guard reader.fieldCount == Self.columnCount else {
        throw Refusal(
          "\(name):\(reader.line): \(reader.fieldCount) columns where a file of memberships has "
            + "\(Self.columnCount); nothing was changed")
      }
      read(&reader)
    }
    guard lineCount > 0 else { throw Refusal("\(name): the file is empty; nothing was changed") }
  }

  private mutating func read(_ reader: inout CSVReader) {
    let line = reader.line
    func reject(_ column: Int, _ value: String, _ reason: String) -> Reject {
      Reject(file: name, line: line, column: column, value: value, reason: reason)
    }
    let (member, parent) = (reader.text(0), reader.text(1))
    for (column, code) in [(1, member), (2, parent)] {
      if let flaw = CodeDamage.flaw(ofODSCode: code) { return rejects.append(reject(column, code, flaw)) }
    }
    let (joined, left) = (reader.text(3), reader.text(4))
    guard let firstDay = Day(compact: joined) else {
      return rejects.append(reject(4, joined, "'\(joined)' is not a date (YYYYMMDD)"))
    }
    guard left.isEmpty || Day(compact: left) != nil else {
      return rejects.append(reject(5, left, "'\(left)' is not a date (YYYYMMDD)"))
    }
    let lastDay = Day(compact: left)
    if let lastDay, lastDay < firstDay {
      return rejects.append(reject(5, left, "the practice leaves on \(lastDay), before it joins on \(firstDay)"))
    }
    var row = SourceRecord.Relationship(
      line: line, code: member, superior: parent, kind: "member-of", period: Period(from: firstDay, through: lastDay))
    row.isExclusive = true
    rows.append(row)
  }

  package var stem: String { "epcmem" }
  package var title: String { "Organisation Data Service, file of memberships (epcmem)" }

  package var latestDay: Day? {
    rows.flatMap { [$0.period.start, $0.period.lastDay] }.compactMap { $0 }.filter { $0 <= Moment.today }.max()
  }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) -> [String] {
    // The file does not say of what kind the bodies are, and they existed at least for as long as it shows them.
    if options.createsMissing {
      var stubs = Stubs()
      for row in rows {
        stubs.add(row.code, nil, keyKind: "gp-practice", row.period, line: row.line)
        stubs.add(row.superior, nil, row.period, line: row.line)
      }
      stubs.make(in: &reconciler)
    }
    for row in rows.latestFirst { reconciler.judge(row) }
    return []
  }
}
