import RegistryFormats
import Reconcile
import RegistryStorage

/// Which areas followed which (Changes): a new code for the same body, a body for others, or another name under the
/// same code.
///
/// Kept here:
/// 1. The day of a row is the day of the change: a fact without a known end ends on the day before.
/// 2. A code is the new code of the same body if it follows just one code, and no other code follows that one.
///    Otherwise one body succeeded others.
struct ONSChanges: ONSCodeTable {
  struct Row {
    let line: Int
    let code: String
    let name: String
    let previous: String
    let day: Day
  }

  static let columns = ["GEOGCD", "GEOGNM", "GEOGCD_P", "OPER_DATE"]

  private(set) var rows: [Row] = []
  /// The columns of the code and the previous code, counted from 1.
  let codeColumns: (code: Int, previous: Int)
  private(set) var rejects: [Reject] = []
  private(set) var passedOver: [String: Int] = [:]

  /// Reads the rest of Changes.csv.
  init(_ table: inout ONSTable) throws(Refusal) {
    let (code, name) = (table.column("GEOGCD"), table.column("GEOGNM"))
    codeColumns = ((code ?? 0) + 1, (table.column("GEOGCD_P") ?? 0) + 1)
    let (previous, day) = (table.column("GEOGCD_P"), table.column("OPER_DATE"))
    while try table.next() {
      let (new, old) = (table.text(code), table.text(previous))
      if let flaw = ONSEntity.flaw(of: new) {
        rejects.append(table.reject(code, new, flaw))
      } else if !ONSEntity.isKnown(new) || old.isEmpty {
        passedOver[ONSEntity.of(new), default: 0] += 1
      } else if let flaw = ONSEntity.flaw(of: old) {
        rejects.append(table.reject(previous, old, flaw))
      } else if let day = Day(statistical: table.text(day)) {
        rows.append(Row(line: table.line, code: new, name: table.text(name), previous: old, day: day))
      } else {
        rejects.append(table.rejectDay(day))
      }
    }
    rejects += table.rejects
  }

  var rowCount: Int { rows.count }
  var days: [Day] { rows.map(\.day) }

  func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, createMissing: Bool
  ) throws(DatabaseError) {
    let known = try KnownSuccessions(registry)
    let links = rows.filter { $0.code != $0.previous }
    let predecessors = Dictionary(grouping: links, by: \.code)
    let successors = Dictionary(grouping: links, by: \.previous)
    for row in rows.sorted(by: { ($0.day, $0.line) < ($1.day, $1.line) }) {
      let isAlone = predecessors[row.code]?.count == 1 && successors[row.previous]?.count == 1
      reconciler.judge(row, isAlone: isAlone, columns: codeColumns, known: known)
    }
  }
}

extension Reconciler {
  /// - Parameter isAlone: whether the code follows only the previous one, and no other code follows that one.
  mutating func judge(
    _ row: ONSChanges.Row, isAlone: Bool, columns: (code: Int, previous: Int), known: KnownSuccessions
  ) {
    judge { reconciler in
      guard let old = reconciler.index.bearer(of: row.previous, reconciler.scheme, on: row.day.previous) else {
        return reconciler.reject(row.line, missing: row.previous, column: columns.previous, way: .otherFile)
      }
      if row.code == row.previous {
        let body = reconciler.index.bearer(of: row.code, reconciler.scheme, on: row.day) ?? old
        return reconciler.rename(body, row)
      }
      guard let new = reconciler.index.bearer(of: row.code, reconciler.scheme, on: row.day) else {
        guard isAlone, ONSEntity.of(row.code) == ONSEntity.of(row.previous) else {
          return reconciler.reject(row.line, missing: row.code, column: columns.code, way: .otherFile)
        }
        return reconciler.recode(old, row)
      }
      if old == new { return }
      let record = SourceRecord.Succession(line: row.line, predecessor: row.previous, successor: row.code, day: row.day)
      reconciler.succeed(record, old, new, known)
    }
  }

  /// Ends the code of a body, and gives the body the code and the name of a row.
  private mutating func recode(_ body: RegisterIndex.Index, _ row: ONSChanges.Row) {
    let facts = index.bodies[body].codes.filter {
      $0.word == scheme && $0.period.overlaps(Period(row.day.previous, nil))
    }
    guard let fact = facts.first, facts.count == 1, fact.key != nil, !fact.endsWithEvent,
      let extent = index.bodies[body].extent, extent.contains(row.day)
    else {
      return note(
        row.line, row.code, "code", register: facts.compactMap(\.value).joined(separator: " / "),
        from: facts.first?.source, file: "\(row.code) from \(row.day)")
    }
    if fact.period.contains(row.day) {
      say(again: fact, .code, of: body, Period(fact.period.start, row.day), line: row.line)
    }
    say(.code, of: body, scheme, value: row.code, Period(row.day, extent.end), line: row.line)
    rename(body, row)
  }

  /// Ends a name that lasts as long as the body, and gives the body the name of a row.
  private mutating func rename(_ body: RegisterIndex.Index, _ row: ONSChanges.Row) {
    let standing = index.bodies[body].names.filter { $0.word == scheme && $0.period.contains(row.day) }
    guard let other = standing.first, let extent = index.bodies[body].extent,
      !standing.contains(where: { Self.sameName($0.value ?? "", row.name) }), other.period.end == extent.end,
      other.period.start < row.day, other.key != nil, !other.endsWithEvent
    else { return compareName(row.name, of: body, on: row.day, line: row.line, code: row.code) }
    say(again: other, .name, of: body, Period(other.period.start, row.day), line: row.line)
    say(.name, of: body, scheme, value: row.name, Period(row.day, other.period.end), line: row.line)
  }
}
