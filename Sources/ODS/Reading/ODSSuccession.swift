package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// Who succeeded whom (succ, succarc). The file has five quoted columns without a header (old code, new code, reason,
/// first day of the successor, indicator), or three columns with one (old code, new code, day).
package struct ODSSuccession {
  package private(set) var rows: [SourceRecord.Succession] = []
  package private(set) var rejects: [Reject] = []
  package private(set) var lineCount = 0
  package let name: String

  package init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    var columnCount = 0
    do {
      while try reader.next() {
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
    } catch let error as CSVError {
      throw Refusal("\(name): \(error); nothing was changed")
    } catch let error as Refusal {
      throw error
    } catch {
      throw Refusal("\(name): \(error)")
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

  /// The latest day in the file that is not in the future.
  package var latestDay: Day? { rows.map(\.day).filter { $0 <= Moment.today }.max() }

  /// The shape of the file in numbers.
  package var figures: (toThemselves: Int, withSeveralSuccessors: Int, withSeveralPredecessors: Int) {
    let links = Set(rows.map { [$0.predecessor, $0.successor] })
    func several(_ end: Int) -> Int { Dictionary(grouping: links, by: { $0[end] }).count { $0.value.count > 1 } }
    return (rows.count { $0.predecessor == $0.successor }, several(0), several(1))
  }

  /// Holds all rows against the register.
  /// - Parameter createMissing: whether to make the bodies that the register lacks, without a kind.
  package func reconcile(with reconciler: inout Reconciler, known: KnownSuccessions, createMissing: Bool) {
    if createMissing {
      var stubs = Stubs()
      for row in rows where row.predecessor != row.successor {
        stubs.add(row.predecessor, nil, row.day.previous, row.day.previous, line: row.line)
        stubs.add(row.successor, nil, row.day, row.day, line: row.line)
      }
      stubs.make(in: &reconciler)
    }
    for row in rows { reconciler.judge(row, known: known) }
  }
}
