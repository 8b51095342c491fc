/// The changes that newer seeds bring to a register that was made from older ones.
///
/// Kept here:
/// 1. Facts that came from seeds follow the seeds, which may add, correct or retract them.
/// 2. Facts that somebody else recorded or changed stay. `kept` lists those about which the newer seeds differ.
/// 3. The permanent key of a fact identifies it, both in a register and in the seeds.
package struct Upgrade {
  /// A difference that stays.
  package struct Kept: Equatable, Sendable {
    /// The key of the fact.
    package let key: String
    /// What the register says. Nil if somebody retracted the fact there.
    package let register: String?
    /// What the newer seeds say. Nil if they no longer have the fact.
    package let seeds: String?
    /// The revision since which the register says so. Nil for a word, which has none.
    package let revision: Int64?
  }

  package private(set) var changes: [Change] = []
  package private(set) var kept: [Kept] = []

  private let database: Database
  private let here: StatedFacts
  private let there: StatedFacts
  /// The revisions that entered seeds, as a JSON array.
  private let seedRevisions: Value
  /// Bodies that live on in the register but end in the seeds, each with the key and the day of the event that ends it.
  private var endings: [Int64: (event: String, day: Day)] = [:]

  /// - Parameter seeds: a register that holds the newer seeds and nothing else.
  /// - Throws: `NotSeeded` if `registry` was not made from seeds.
  package init(of registry: Registry, to seeds: Registry) throws {
    database = registry.database
    here = StatedFacts(registry)
    there = StatedFacts(seeds)
    let revisions = try database.query("SELECT id FROM revision WHERE command IN ('init', 'upgrade')") { $0.integer(0) }
    guard !revisions.isEmpty else { throw NotSeeded() }
    seedRevisions = Registry.list(revisions)
    try addWords()
    try addIdentities()
    // Lives come first, because they decide which facts end with their bodies.
    for kind in [FactKind.life] + FactKind.allCases.filter({ $0 != .life }) { try compare(kind) }
    try compareUnits()
  }

  package struct NotSeeded: Error {}

  // MARK: Words and identities

  private mutating func addWords() throws(DatabaseError) {
    let known = try here.words()
    for word in try there.words() where !known.contains(word) {
      guard case .word(let theirs) = word.content else { continue }
      let mine = known.lazy.compactMap { change -> Word? in
        if case .word(let mine) = change.content, mine.spokenKey == theirs.spokenKey { mine } else { nil }
      }.first
      if let mine {
        kept.append(Kept(key: theirs.spokenKey, register: mine.name, seeds: theirs.name, revision: nil))
      } else {
        changes.append(word)
      }
    }
  }

  private mutating func addIdentities() throws(DatabaseError) {
    let known = Set(try here.identities().map(\.content.identityKey))
    changes += try there.identities().filter { !known.contains($0.content.identityKey) }
  }

  // MARK: Facts

  private mutating func compare(_ kind: FactKind) throws(DatabaseError) {
    let current = try here.facts(kind)
    let seeded = try seedRows(kind)
    var byKey = Dictionary(uniqueKeysWithValues: current.map { ($0.row.key, $0) })
    for (row, change) in try there.facts(kind) {
      let mine = byKey.removeValue(forKey: row.key)
      if mine?.change == change { continue }
      // The fact is untouched if the register still says, or still leaves unsaid, what the older seeds did.
      if seeded[row.key] == mine?.row {
        follow(change, instead: mine?.change)
        if kind == .life, let mine { noteEnding(mine.row, change, row.validity?.period.end) }
      } else {
        try keep(kind, row.key, mine?.row.summary, row.summary)
      }
    }
    for (row, change) in current where byKey[row.key] != nil {
      if seeded[row.key] == nil {
        try end(row, change)
      } else if seeded[row.key] == row {
        changes.append(Change(.retract(key: row.key)))
      } else {
        try keep(kind, row.key, row.summary, nil)
      }
    }
  }

  /// States what the seeds say. If they no longer have an end, the fact is retracted first, because a statement without
  /// an end would keep the old one.
  private mutating func follow(_ change: Change, instead mine: Change?) {
    if let key = change.key, let mine, mine.isEnded, !change.isEnded { changes.append(Change(.retract(key: key))) }
    changes.append(change)
  }

  private mutating func noteEnding(_ row: FactRow, _ change: Change, _ day: Day?) {
    guard row.validity?.period.end == nil, let event = change.endEvent, let day else { return }
    endings[row.owner] = (event, day)
  }

  /// Ends a fact that somebody added to the register with its body, as if it had been there when the body ended.
  private mutating func end(_ row: FactRow, _ change: Change) throws(DatabaseError) {
    guard row.kind.schema.endsWithBodies, let period = row.validity?.period else { return }
    let bodies = [row.owner, row.other].compactMap { $0 }
    guard let ending = bodies.compactMap({ endings[$0] }).min(by: { $0.day < $1.day }),
      period.start < ending.day, period.end.map({ $0 > ending.day }) ?? true
    else { return }
    var change = change
    (change.end, change.endEvent) = (nil, ending.event)
    changes.append(change)
  }

  private mutating func keep(
    _ kind: FactKind, _ key: String, _ register: String?, _ seeds: String?
  ) throws(DatabaseError) {
    let revision = try database.first(
      "SELECT max(max(opened_in), ifnull(max(superseded_in), 0)) FROM \(kind.schema.table) WHERE key = ?1", [.text(key)]
    ) { $0.integer(0) }
    kept.append(Kept(key: key, register: register, seeds: seeds, revision: revision))
  }

  /// The last row that seeds recorded of each fact of a kind, unless they took it back.
  private func seedRows(_ kind: FactKind) throws(DatabaseError) -> [String: FactRow] {
    let rows = try database.query(
      """
      SELECT id, \(kind.schema.columnList),
        ifnull(superseded_in IN (SELECT value FROM json_each(?1)), 0)
      FROM \(kind.schema.table) WHERE opened_in IN (SELECT value FROM json_each(?1)) ORDER BY id
      """, [seedRevisions]
    ) { (row: FactRow(kind, reading: $0), isTakenBack: $0.integer(kind.schema.allColumns.count + 1) != 0) }
    var last: [String: FactRow] = [:]
    for (row, isTakenBack) in rows { last[row.key] = isTakenBack ? nil : row }
    return last
  }

  // MARK: Units

  private mutating func compareUnits() throws(DatabaseError) {
    var known: [String: Change] = [:]
    for unit in try here.units() { known[unit.content.unitKey] = unit }
    for unit in try there.units() {
      guard case .unit(let partition, let code, let parcel, let amounts) = unit.content else { continue }
      let mine = known[unit.content.unitKey]
      if let mine, mine.says(unit) { continue }
      let revision = try mine == nil ? nil : revisionOfOthers(partition, code, amounts.map(\.basis))
      if let revision {
        var before: String?
        if let mine, case .unit(_, _, let parcel, let amounts) = mine.content {
          before = Self.words(parcel, mine, amounts)
        }
        kept.append(
          Kept(
            key: "\(partition)/\(code)", register: before, seeds: Self.words(parcel, unit, amounts),
            revision: revision))
      } else {
        changes.append(unit)
      }
    }
  }

  private static func words(_ parcel: String, _ unit: Change, _ amounts: [UnitAmount]) -> String {
    var words = [parcel]
    if case .day(let day)? = unit.start { words.append("from \(day)") }
    if let last = unit.end?.previous { words.append("to \(last)") }
    return (words + amounts.map { "\($0.basis) \($0.amount)" }).joined(separator: ", ")
  }

  /// The revision in which somebody else placed or measured a unit. Nil if all of it comes from seeds.
  private func revisionOfOthers(
    _ partition: String, _ code: String, _ bases: [String]
  ) throws(DatabaseError) -> Int64? {
    try database.first(
      """
      SELECT max(opened_in) FROM (
        SELECT opened_in FROM unit
        WHERE code = ?2 AND superseded_in IS NULL AND partition_id = (SELECT id FROM partition WHERE key = ?1)
        UNION ALL
        SELECT unit_amount.opened_in FROM unit_amount JOIN basis ON basis.id = basis_id
        WHERE unit_code = ?2 AND superseded_in IS NULL AND basis.key IN (SELECT value FROM json_each(?3))
      ) WHERE opened_in NOT IN (SELECT value FROM json_each(?4))
      """, [.text(partition), .text(code), Registry.list(bases), seedRevisions]
    ) { $0.optionalInteger(0) } ?? nil
  }
}

extension Change {
  fileprivate var isEnded: Bool { end != nil || endEvent != nil }

  /// Whether this statement says all that another says of the same unit. It may also give days and more amounts.
  fileprivate func says(_ other: Change) -> Bool {
    guard case .unit(_, _, let parcel, let amounts) = content,
      case .unit(_, _, let otherParcel, let otherAmounts) = other.content
    else { return false }
    return parcel == otherParcel && (other.start ?? start) == start && (other.end ?? end) == end
      && source == other.source && note == other.note
      && otherAmounts.allSatisfy(amounts.contains)
  }
}

extension Change.Content {
  fileprivate var identityKey: String {
    switch self {
    case .organisation(let key): "organisation \(key)"
    case .parcel(let key, _): "parcel \(key)"
    default: ""
    }
  }

  fileprivate var unitKey: String {
    if case .unit(let partition, let code, _, _) = self { "\(partition)/\(code)" } else { "" }
  }
}
