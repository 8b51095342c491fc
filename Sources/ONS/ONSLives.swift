import Reconcile
import RegistryStorage

/// The bodies of a history, told from its rows: which codes were those of one body, one after the other.
///
/// Kept here:
/// 1. A code that begins the day after another of its entity ended, under the same name, is a new code of its body.
///    So is one that begins before the other ended, even if one name only begins like the other: the source overlaps.
/// 2. A code ends the day before the one that follows it begins.
/// 3. A new code under another name is another body: nothing in a history says that it is not.
struct ONSLives {
  private struct Code {
    let line: Int
    let code: String
    var period: Period
    let firstName: String
    let lastName: String
  }

  private let rows: [ONSHistory.Row]
  private var codes: [String: Code] = [:]
  private var order: [String] = []
  /// The code that follows a code of the same body.
  private var followers: [String: String] = [:]
  /// The bodies, in the order of time.
  private(set) var lives: [SourceRecord.Life] = []
  /// By code, the positions in `lives` of the bodies that had it, one for each stage.
  private var places: [String: [Int]] = [:]

  /// - Parameter rows: sorted by code and first day. No two rows of a code share a day.
  init(_ rows: [ONSHistory.Row]) {
    self.rows = rows
    for row in rows {
      if codes[row.code] == nil { order.append(row.code) }
      codes[row.code] = Code(
        line: codes[row.code]?.line ?? row.line, code: row.code,
        period: Period(codes[row.code]?.period.start ?? row.period.start, row.period.end),
        firstName: codes[row.code]?.firstName ?? row.name, lastName: row.name)
    }
    follow()
    join()
  }

  // MARK: Which code follows which

  private mutating func follow() {
    var claims: [String: [String]] = [:]
    let byEntity = Dictionary(grouping: order.compactMap { codes[$0] }) { ONSEntity.of($0.code) }
    for code in order.compactMap({ codes[$0] }) {
      let next = byEntity[ONSEntity.of(code.code)]?.filter { goesOn(code, as: $0) } ?? []
      if next.count == 1 { claims[next[0].code, default: []].append(code.code) }
    }
    for (next, codes) in claims where codes.count == 1 { followers[codes[0]] = next }
  }

  private func goesOn(_ code: Code, as next: Code) -> Bool {
    guard let end = code.period.end, code.code != next.code, code.period.start < next.period.start,
      next.period.start <= end,
      stage(of: code.code, on: end.previous) == stage(of: next.code, on: next.period.start)
    else { return false }
    if Reconciler.sameName(code.lastName, next.firstName) { return true }
    return next.period.start < end
      && (next.firstName.hasPrefix(code.lastName) || code.lastName.hasPrefix(next.firstName))
  }

  private func stage(of code: String, on day: Day) -> SourceRecord.Life.Stage? {
    ONSEntity.stages(of: code).first { $0.period.contains(day) }
  }

  // MARK: Bodies

  private mutating func join() {
    for (code, next) in followers {
      guard let start = codes[next]?.period.start else { continue }
      codes[code]?.period.end = start
    }
    let joined = order.compactMap { codes[$0] }.sorted { ($0.period.start, $0.code) < ($1.period.start, $1.code) }
    let before = Dictionary(uniqueKeysWithValues: followers.map { ($0.value, $0.key) })
    for code in joined {
      for stage in ONSEntity.stages(of: code.code) {
        guard let period = code.period.intersection(stage.period) else { continue }
        if let place = before[code.code].flatMap({ places[$0]?.last }), lives[place].stage == stage {
          lives[place].codes.append((code.code, period))
          places[code.code, default: []].append(place)
        } else {
          places[code.code, default: []].append(lives.count)
          lives.append(SourceRecord.Life(line: code.line, stage: stage, codes: [(code.code, period)]))
        }
      }
    }
  }

  // MARK: Rows

  /// What the rows say, in the order of time.
  func stretches() -> [SourceRecord.HistoryRow] {
    rows.indices.map(stretch).sorted {
      ($0.firstDay, $0.record.code) < ($1.firstDay, $1.record.code)
    }.map(\.record)
  }

  private func stretch(_ index: Int) -> (firstDay: Day, record: SourceRecord.HistoryRow) {
    let row = rows[index]
    let end = codes[row.code]?.period.end
    let isCut = end.map { end in row.period.end.map { end < $0 } ?? true } ?? false
    let period = isCut ? Period(row.period.start, end) : row.period
    let isEmpty = period.end.map { $0 <= period.start } ?? false
    let next = followers[row.code]
    let record = SourceRecord.HistoryRow(
      line: row.line, column: row.column, code: row.code, name: row.name,
      parts: isEmpty ? [] : parts(of: index, period),
      parent: isEmpty ? nil : parent(of: index, period),
      overlap: isCut
        ? next.flatMap { next in codes[next].map { (next, $0.period.start, row.period.lastDay) } } : nil)
    return (row.period.start, record)
  }

  private func parts(of index: Int, _ period: Period) -> [SourceRecord.HistoryRow.Part] {
    let row = rows[index]
    return (places[row.code] ?? []).compactMap { place in
      let life = lives[place]
      guard let period = period.intersection(life.stage.period),
        let position = life.codes.firstIndex(where: { $0.code == row.code })
      else { return nil }
      return SourceRecord.HistoryRow.Part(
        body: life, period: period, codePeriod: life.codes[position].period,
        namePeriod: periodOfName(index, in: life), isFollowed: position < life.codes.count - 1)
    }
  }

  /// For how long the body had the name in a row, through all rows of its codes.
  private func periodOfName(_ index: Int, in life: SourceRecord.Life) -> Period {
    let same = whole(around: index) { Reconciler.sameName($0.name, $1.name) }
    var period = same
    if period.end == codes[rows[index].code]?.period.end, let next = followers[rows[index].code],
      let first = rows.firstIndex(where: { $0.code == next }),
      Reconciler.sameName(rows[first].name, rows[index].name), life.codes.contains(where: { $0.code == next })
    {
      period.end = periodOfName(first, in: life).end
    }
    return period.intersection(life.stage.period) ?? period
  }

  private func parent(of index: Int, _ period: Period) -> (
    whole: SourceRecord.Relationship, own: SourceRecord.Relationship
  )? {
    let row = rows[index]
    guard let parent = row.parent, ONSEntity.isKnown(parent) else { return nil }
    func relationship(_ period: Period) -> SourceRecord.Relationship {
      var record = SourceRecord.Relationship(
        line: row.line, code: row.code, superior: parent, kind: "part-of", period: period)
      record.isPartial = true
      return record
    }
    var whole = whole(around: index) { $0.parent == $1.parent }
    // The bodies of another stage may not be known yet. Its own rows come later and state the relationship for them.
    for code in [row.code, parent] {
      guard let stage = stage(of: code, on: period.start)?.period, stage.contains(period) else { continue }
      whole = whole.intersection(stage) ?? whole
    }
    return (relationship(whole), relationship(period))
  }

  /// The period of a row, joined with those of its code before and after it as long as nothing changes and no day is
  /// missing.
  private func whole(
    around index: Int, _ isSame: (ONSHistory.Row, ONSHistory.Row) -> Bool
  ) -> Period {
    func joins(_ left: Int, _ right: Int) -> Bool {
      rows.indices.contains(left) && rows.indices.contains(right) && rows[left].code == rows[right].code
        && rows[left].period.end == rows[right].period.start && isSame(rows[left], rows[right])
    }
    var (first, last) = (index, index)
    while joins(first - 1, first) { first -= 1 }
    while joins(last, last + 1) { last += 1 }
    var end = rows[last].period.end
    if let limit = codes[rows[index].code]?.period.end { end = end.map { min($0, limit) } ?? limit }
    return Period(rows[first].period.start, end)
  }
}
