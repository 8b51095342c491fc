package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// Who succeeded whom (succ, succarc). The file has five quoted columns without a header (old code, new code, reason,
/// first day of the successor, indicator), or three columns with one (old code, new code, day).
package struct ODSSuccession: SourceContents {
  package private(set) var rows: [SourceRecord.Succession] = []
  package private(set) var rejects: [Reject] = []
  package private(set) var lineCount = 0
  package let name: String

  package init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    var columnCount = 0
    while try reader.next(of: name) {
      if reader.isBlank { continue }
      if columnCount == 0 {
        columnCount = reader.fieldCount
        guard [3, 5].contains(columnCount) else {
          throw Refusal(
            "\(name):\(reader.line): \(columnCount) columns where a file of successions has 5, or 3 with a header; "
              + "nothing was changed")
        }
        if reader.text(0).lowercased().contains("code") { continue }
      }
      lineCount += 1
      guard reader.fieldCount == columnCount else {
        throw Refusal(
          "\(name):\(reader.line): \(reader.fieldCount) columns where the lines before have \(columnCount); "
            + "nothing was changed")
      }
      read(&reader, dayColumn: columnCount == 5 ? 3 : 2)
    }
    guard lineCount > 0 else { throw Refusal("\(name): the file is empty; nothing was changed") }
  }

  private mutating func read(_ reader: inout CSVReader, dayColumn: Int) {
    let line = reader.line
    let (old, new, text) = (reader.text(0), reader.text(1), reader.text(dayColumn))
    for (column, code) in [(1, old), (2, new)] {
      if let flaw = CodeDamage.flaw(ofODSCode: code, mayBeShort: true) {
        return rejects.append(Reject(file: name, line: line, column: column, value: code, reason: flaw))
      }
    }
    guard let day = Day(compact: text) ?? Day(text) else {
      let reason = "'\(text)' is not a date (YYYYMMDD or YYYY-MM-DD)"
      return rejects.append(Reject(file: name, line: line, column: dayColumn + 1, value: text, reason: reason))
    }
    rows.append(SourceRecord.Succession(line: line, predecessor: old, successor: new, day: day))
  }

  package var stem: String { "succ" }
  package var title: String { "Organisation Data Service, file of successions (succ)" }

  package var latestDay: Day? { rows.map(\.day).filter { $0 <= Moment.today }.max() }

  /// The shape of the file in numbers.
  private var figures: String {
    let links = Set(rows.map { [$0.predecessor, $0.successor] })
    func several(_ end: Int) -> Int { Dictionary(grouping: links, by: { $0[end] }).count { $0.value.count > 1 } }
    let toThemselves = rows.count { $0.predecessor == $0.successor }
    return "\(toThemselves) rows of a code to itself, \(several(0)) codes with several successors, "
      + "\(several(1)) with several predecessors"
  }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws(DatabaseError) -> [String] {
    let known = try KnownSuccessions(registry)
    // Bodies that the register lacks are made without a kind.
    if options.createsMissing {
      var stubs = Stubs()
      for row in rows where row.predecessor != row.successor {
        stubs.add(row.predecessor, nil, Period(row.day.previous, row.day), line: row.line)
        stubs.add(row.successor, nil, Period(row.day, row.day.next), line: row.line)
      }
      stubs.make(in: &reconciler)
    }
    for row in rows { reconciler.judge(row, known: known) }
    return [figures]
  }
}
