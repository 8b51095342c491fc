import Reconcile
import RegistryStorage

/// The bodies of a history, told from its rows: which codes were those of one body, one after the other.
///
/// Kept here:
/// 1. A code that begins the day after another of its entity ended, under the same name, is the new code of the same body.
///    So is one that begins before the other has ended, also if one name only begins like the other: the source overlaps.
/// 2. A code ends the day before the one that follows it begins.
/// 3. A new code under another name is another body: nothing in a history says that it is not.
struct ONSLives {
  private struct Code {
    let line: Int
    let code: String
    var span: SeenBody.Span
    let firstName: String
    let lastName: String
  }

  private let rows: [ONSHistory.Row]
  private var codes: [String: Code] = [:]
  private var order: [String] = []
  /// The code that follows a code of the same body.
  private var followers: [String: String] = [:]
  /// The bodies, in the order of time.
  private(set) var lives: [SeenLife] = []
  /// Where the part of a code that falls into a stage stands in `lives`.
  private var places: [String: [Int]] = [:]

  /// - Parameter rows: by code and first day, none with days in common with another of its code.
  init(_ rows: [ONSHistory.Row]) {
    self.rows = rows
    for row in rows {
      if codes[row.code] == nil { order.append(row.code) }
      codes[row.code] = Code(
        line: codes[row.code]?.line ?? row.line, code: row.code,
        span: .init(codes[row.code]?.span.firstDay ?? row.span.firstDay, row.span.lastDay),
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
    guard let lastDay = code.span.lastDay, code.code != next.code, code.span.firstDay < next.span.firstDay,
      next.span.firstDay <= lastDay.next,
      stage(of: code.code, on: lastDay) == stage(of: next.code, on: next.span.firstDay)
    else { return false }
    if Reconciler.sameName(code.lastName, next.firstName) { return true }
    return next.span.firstDay <= lastDay
      && (next.firstName.hasPrefix(code.lastName) || code.lastName.hasPrefix(next.firstName))
  }

  private func stage(of code: String, on day: Day) -> SeenLife.Stage? {
    ONSEntity.stages(of: code).first { $0.period.contains(day) }
  }

  // MARK: Bodies

  private mutating func join() {
    for (code, next) in followers {
      guard let firstDay = codes[next]?.span.firstDay else { continue }
      codes[code]?.span.lastDay = firstDay.previous
    }
    let joined = order.compactMap { codes[$0] }.sorted { ($0.span.firstDay, $0.code) < ($1.span.firstDay, $1.code) }
    let before = Dictionary(uniqueKeysWithValues: followers.map { ($0.value, $0.key) })
    for code in joined {
      for stage in ONSEntity.stages(of: code.code) {
        guard let period = code.span.period.intersection(stage.period) else { continue }
        let span = SeenBody.Span(period)
        if let place = before[code.code]?.lastPlace(in: places), lives[place].stage == stage {
          lives[place].codes.append((code.code, span))
          places[code.code, default: []].append(place)
        } else {
          places[code.code, default: []].append(lives.count)
          lives.append(SeenLife(line: code.line, stage: stage, codes: [(code.code, span)]))
        }
      }
    }
  }

  // MARK: Rows

  /// What the rows say, in the order of time.
  func stretches() -> [SeenStretch] {
    rows.indices.map(stretch).sorted {
      ($0.firstDay, $0.seen.code) < ($1.firstDay, $1.seen.code)
    }.map(\.seen)
  }

  private func stretch(_ index: Int) -> (firstDay: Day, seen: SeenStretch) {
    let row = rows[index]
    let end = codes[row.code]?.span.lastDay
    let isCut = end.map { end in row.span.lastDay.map { end < $0 } ?? true } ?? false
    var span = row.span
    if isCut { span.lastDay = end }
    let isEmpty = span.lastDay.map { $0 < span.firstDay } ?? false
    let next = followers[row.code]
    let seen = SeenStretch(
      line: row.line, column: row.column, code: row.code, name: row.name, parts: isEmpty ? [] : parts(of: index, span),
      parent: isEmpty ? nil : parent(of: index, span),
      overlap: isCut
        ? next.flatMap { next in codes[next].map { (next, $0.span.firstDay, row.span.lastDay) } } : nil)
    return (row.span.firstDay, seen)
  }

  private func parts(of index: Int, _ span: SeenBody.Span) -> [SeenStretch.Part] {
    let row = rows[index]
    return (places[row.code] ?? []).compactMap { place in
      let life = lives[place]
      guard let period = span.period.intersection(life.stage.period),
        let position = life.codes.firstIndex(where: { $0.code == row.code })
      else { return nil }
      return SeenStretch.Part(
        body: life, span: .init(period), codeSpan: life.codes[position].span,
        nameSpan: spanOfName(index, in: life), isFollowed: position < life.codes.count - 1)
    }
  }

  /// For how long the body was called as in a row, through all rows of its codes.
  private func spanOfName(_ index: Int, in life: SeenLife) -> SeenBody.Span {
    let same = whole(around: index) { Reconciler.sameName($0.name, $1.name) }
    var span = same
    if span.lastDay == codes[rows[index].code]?.span.lastDay, let next = followers[rows[index].code],
      let first = rows.firstIndex(where: { $0.code == next }),
      Reconciler.sameName(rows[first].name, rows[index].name), life.codes.contains(where: { $0.code == next })
    {
      span.lastDay = spanOfName(first, in: life).lastDay
    }
    return span.period.intersection(life.stage.period).map { SeenBody.Span($0) } ?? span
  }

  private func parent(of index: Int, _ span: SeenBody.Span) -> (whole: SeenRelationship, own: SeenRelationship)? {
    let row = rows[index]
    guard let parent = row.parent, ONSEntity.isKnown(parent) else { return nil }
    func relationship(_ span: SeenBody.Span) -> SeenRelationship {
      var seen = SeenRelationship(line: row.line, code: row.code, superior: parent, kind: "part-of", span: span)
      seen.isPartial = true
      return seen
    }
    var whole = whole(around: index) { $0.parent == $1.parent }
    // The bodies of another stage may not be known yet: its rows come later, and say it of those.
    for code in [row.code, parent] {
      guard let stage = stage(of: code, on: span.firstDay)?.period, stage.contains(span.period) else { continue }
      whole = whole.period.intersection(stage).map { SeenBody.Span($0) } ?? whole
    }
    return (relationship(whole), relationship(span))
  }

  /// The time of a row with those of its code before and after it, as long as nothing changes and no day is missing.
  private func whole(
    around index: Int, _ isSame: (ONSHistory.Row, ONSHistory.Row) -> Bool
  ) -> SeenBody.Span {
    func joins(_ left: Int, _ right: Int) -> Bool {
      rows.indices.contains(left) && rows.indices.contains(right) && rows[left].code == rows[right].code
        && rows[left].span.lastDay?.next == rows[right].span.firstDay && isSame(rows[left], rows[right])
    }
    var (first, last) = (index, index)
    while joins(first - 1, first) { first -= 1 }
    while joins(last, last + 1) { last += 1 }
    var end = rows[last].span.lastDay
    if let limit = codes[rows[index].code]?.span.lastDay { end = end.map { min($0, limit) } ?? limit }
    return .init(rows[first].span.firstDay, end)
  }
}

extension String {
  /// The last of the places of a code.
  fileprivate func lastPlace(in places: [String: [Int]]) -> Int? { places[self]?.last }
}
