import RegistryExporting
import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// The views of an exported SQLite file answer random questions as the engine does.
@Suite(.tags(.slow), .inFullRuns) struct CrosswalkLookupTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Asked {
    let from: Day
    let to: Day
    let basis: String?
    let kind: String?
  }

  private func export(
    _ registry: Registry, _ scope: ExportScope = .whole, to name: String = "export"
  ) throws -> Database {
    var options = SQLExport.Options(.sqlite)
    options.scope = scope
    let path = folder.file("\(name).sqlite")
    try SQLExport(registry, options).write(toSQLiteFile: path)
    return try Database(path: path, access: .readWrite)
  }

  /// The rows of the engine: the keys of the two bodies, and what is known of the part.
  private func answers(_ asked: Asked, _ whereabouts: Whereabouts, _ registry: Registry) throws -> [String] {
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    let events = Dictionary(whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    let units = Dictionary(uniqueKeysWithValues: try registry.bases().map { ($0.key, $0.unitName) })
    let scheme = try registry.schemes().first?.key ?? ""
    let words = AnswerWords(events: events) { id throws(DatabaseError) in
      let body = try registry.organisations(withIDs: [id], on: asked.to).first
      let last = try registry.organisations(withIDs: [id]).first
      let code = body?.codes[scheme] ?? last?.codes[scheme] ?? keys[id] ?? ""
      return (code, body?.kinds.joined(separator: "|") ?? "")
    }
    let question = Question(
      from: asked.from, to: asked.to, toKind: asked.kind, bases: asked.basis.map { [$0] })
    var seen: Set<OrganisationID> = []
    var rows: [String] = []
    let tiers = Dictionary(uniqueKeysWithValues: try registry.kinds().map { ($0.key, $0.tier) })
    for kind in try registry.kinds() where kind.tier == nil || kind.tier == Kind.placeTier {
      for row in try Crosswalk(of: kind.key, in: whereabouts, question).rows where seen.insert(row.body.id).inserted {
        // A body of an upper tier is asked about by its own kind only.
        let kinds = row.body.kinds.map { tiers[$0] ?? nil }
        guard kinds.contains(Kind.placeTier) || kinds.allSatisfy({ $0 == nil }) else { continue }
        for part in row.answer.weighty {
          var target = ""
          if case .body(let id) = part.place { target = keys[id] ?? "" }
          rows.append(
            [
              row.body.key, target, decimals(part.amount?.double), decimals(part.total?.double),
              decimals(part.share), part.basis ?? "", part.method?.rawValue ?? "",
              part.events.compactMap { events[$0] }.sorted().joined(separator: "|"), AnswerWords.status(part.place),
              try words.reason(part) { units[$0] } ?? "",
            ].joined(separator: ", "))
        }
      }
    }
    return rows.sorted()
  }

  private func decimals(_ number: Double?) -> String {
    number.map { "\(($0 * 1e9).rounded() / 1e9)" } ?? ""
  }

  private static let columns =
    "from_organisation, to_organisation, amount, total, share, basis, method, events, status, reason"

  private func lookUp(_ asked: Asked, in export: Database) throws -> [String] {
    try export.run("DELETE FROM crosswalk_pair")
    try export.run(
      "INSERT INTO crosswalk_pair VALUES (?1, ?2, ?3, ?4)",
      [Value(asked.from), Value(asked.to), .text(asked.basis ?? "*"), .text(asked.kind ?? "*")])
    return try export.query("SELECT \(Self.columns) FROM ready_crosswalk") { row in
      (0..<10).map { column in
        switch row.value(column) {
        case .null: ""
        case .integer(let integer): decimals(Double(integer))
        case .real(let real): decimals(real)
        case .text(let text):
          (2...4).contains(column)
            ? decimals(Double(text)) : column == 7 ? text.split(separator: "|").sorted().joined(separator: "|") : text
        }
      }.joined(separator: ", ")
    }.sorted()
  }

  private func expectSame(
    _ asked: Asked, _ export: Database, _ whereabouts: Whereabouts, _ registry: Registry
  ) throws -> Int {
    let (found, expected) = (try lookUp(asked, in: export), try answers(asked, whereabouts, registry))
    let missing = Set(expected).subtracting(found).sorted()
    let extra = Set(found).subtracting(expected).sorted()
    #expect(
      found == expected,
      """
      \(asked)
      only the engine: \(missing.prefix(3).joined(separator: "\n"))
      only SQL: \(extra.prefix(3).joined(separator: "\n"))
      """)
    return found.count
  }

  private func question(
    _ days: [Day], _ bases: [String], _ kinds: [String], _ generator: inout SeededGenerator
  ) -> Asked {
    Asked(
      from: days.randomElement(using: &generator) ?? .epoch, to: days.randomElement(using: &generator) ?? .epoch,
      basis: Bool.random(using: &generator) ? nil : bases.randomElement(using: &generator),
      kind: Bool.random(using: &generator) ? nil : kinds.randomElement(using: &generator))
  }

  /// All days on which something begins or ends, the days before them, and a late one.
  private func days(of registry: Registry) throws -> [Day] {
    let first = try registry.firstDay() ?? .epoch
    let events = try registry.database.query("SELECT happened_on FROM event_detail WHERE superseded_in IS NULL") {
      $0.day(0)
    }
    let changes = try registry.daysOfChange() + events
    let days = changes.flatMap { [$0, $0.previous] } + [first, Day("2050-01-01") ?? .epoch]
    return Set(days).filter { $0 >= first }.sorted()
  }

  // MARK: Stretches of days

  /// Expects that each code has the same answer by stretches of days as by a pair of days.
  private func expectStretches(_ asked: Asked, _ export: Database) throws -> Int {
    let columns = "to_organisation, share, amount, total, basis, method, status, reason"
    for table in ["crosswalk_pair", "crosswalk_target"] { try export.run("DELETE FROM \(table)") }
    let words: [Value] = [Value(asked.to), .text(asked.basis ?? "*"), .text(asked.kind ?? "*")]
    try export.run("INSERT INTO crosswalk_pair VALUES (?1, ?2, ?3, ?4)", [Value(asked.from)] + words)
    try export.run("INSERT INTO crosswalk_target VALUES (?1, ?2, ?3)", words)
    func rows(_ query: String) throws -> [[Value]] {
      try export.query("\(query) ORDER BY 1, 2, 3, 9, 10", [Value(asked.from)]) { row in (0..<10).map(row.value) }
    }
    let found = try rows(
      """
      SELECT scheme, from_code, \(columns) FROM ready_crosswalk_to
      WHERE valid_from <= ?1 AND (last_day IS NULL OR last_day >= ?1)
      """)
    let expected = try rows(
      """
      SELECT scheme, code, \(columns) FROM ready_crosswalk JOIN code ON organisation = from_organisation
      WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)
      """)
    #expect(found == expected, "\(asked)")
    // A code has one answer on a day.
    let twice = try export.query(
      """
      SELECT a.from_code FROM ready_crosswalk_to a JOIN ready_crosswalk_to b
        ON b.scheme = a.scheme AND b.from_code = a.from_code AND b.from_organisation = a.from_organisation
          AND a.valid_from < b.valid_from AND (a.last_day IS NULL OR a.last_day >= b.valid_from) LIMIT 1
      """
    ) { $0.text(0) }
    #expect(twice.isEmpty, "\(asked): \(twice)")
    return found.count
  }

  @Test(arguments: 21...26 as ClosedRange<UInt64>)
  func `Stretches of days answer as pairs of days do`(seed: UInt64) throws {
    let registry = try RandomCountry(seed: seed).register()
    let export = try export(registry)
    let days = try days(of: registry)
    let (bases, kinds) = (try registry.bases().map(\.key), try registry.kinds().map(\.key))
    var generator = SeededGenerator(seed: seed)
    var rows = 0
    for _ in 1...40 { rows += try expectStretches(question(days, bases, kinds, &generator), export) }
    #expect(rows > 100)
  }

  // MARK: Parts of a register

  @Test(arguments: 31...36 as ClosedRange<UInt64>)
  func `A part answers about its own bodies and days as the whole does`(seed: UInt64) throws {
    let registry = try RandomCountry(seed: seed).register()
    let whole = try export(registry)
    let days = try days(of: registry)
    let (bases, kinds) = (try registry.bases().map(\.key), try registry.kinds().map(\.key))
    var generator = SeededGenerator(seed: seed)
    let since = days[days.count / 3]
    let scopes = [
      ExportScope(kind: "hub", since: nil), ExportScope(kind: nil, since: since),
      ExportScope(kind: "group", since: since),
    ]
    for (number, scope) in scopes.enumerated() {
      let part = try export(registry, scope, to: "part\(number)")
      #expect(try part.query("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty)
      let own = Set(
        try part.query("SELECT organisation FROM organisation WHERE is_complete = 1") { $0.text(0) })
      let late = days.filter { number == 0 || $0 >= since.previous }
      for _ in 1...20 {
        let asked = question(late, bases, kinds, &generator)
        let expected = try lookUp(asked, in: whole).filter { row in
          own.contains(String(row.prefix { $0 != "," }))
        }
        #expect(try lookUp(asked, in: part) == expected, "\(asked) in part \(number)")
      }
      if number > 0 {
        #expect(throws: DatabaseError.self) {
          try lookUp(Asked(from: since.previous.previous, to: since, basis: nil, kind: nil), in: part)
        }
      }
    }
  }

  @Test func `England's views answer as the engine does`() throws {
    let registry = try England.open()
    let export = try export(registry)
    let whereabouts = try Whereabouts(of: registry)
    let days = try days(of: registry)
    let (bases, kinds) = (try registry.bases().map(\.key), try registry.kinds().map(\.key))
    var generator = SeededGenerator(seed: 17)
    var rows = 0
    for _ in 1...40 { rows += try expectSame(question(days, bases, kinds, &generator), export, whereabouts, registry) }
    #expect(rows > 4_000)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `The views of a random country answer as the engine does`(seed: UInt64) throws {
    let country = RandomCountry(seed: seed)
    let registry = try country.register()
    let export = try export(registry)
    let whereabouts = try Whereabouts(of: registry)
    let days = try days(of: registry)
    let (bases, kinds) = (try registry.bases().map(\.key), try registry.kinds().map(\.key))
    var generator = SeededGenerator(seed: seed)
    var rows = 0
    for _ in 1...60 { rows += try expectSame(question(days, bases, kinds, &generator), export, whereabouts, registry) }
    #expect(rows > 200)
  }
}
