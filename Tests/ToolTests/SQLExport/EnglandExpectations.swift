import Foundation
import Testing

extension EnglandAnswers {
  /// Expects that the views of a database answer as `orgreg` does.
  func expectAll(_ engine: any QueryEngine) throws {
    try expectCounts(engine)
    try expectLists(engine, day: { "'\($0)'" })
    try expectSuccessions(engine)
    try expectLineages(engine)
  }

  /// Expects the number of bodies of each kind on every day on which something changed.
  func expectCounts(_ engine: any QueryEngine) throws {
    let rows = try engine.rows(
      """
      SELECT d.valid_from, v.kind, coalesce(v.asserted_by, ''), count(*)
      FROM (SELECT DISTINCT valid_from FROM organisation_version) d JOIN organisation_version v
        ON v.valid_from <= d.valid_from AND (v.valid_to IS NULL OR v.valid_to > d.valid_from)
      GROUP BY d.valid_from, v.kind, coalesce(v.asserted_by, '')
      """)
    var found: [String: Int] = [:]
    for row in rows { found["\(row[0] ?? "") \(row[1] ?? "") \(row[2] ?? "")"] = row[3].flatMap { Int($0) } }
    let days = Set(rows.compactMap { $0[0] })
    #expect(days.count > 40)
    for day in days {
      for count in counts where count[2] <= day && (count[3].isEmpty || count[3] >= day) {
        let (kind, scheme) = (count[0], count[1])
        let undisputed = found["\(day) \(kind) "] ?? 0
        let own = scheme.isEmpty ? 0 : found["\(day) \(kind) \(scheme)"] ?? 0
        #expect(undisputed + own == Int(count[4]), "\(kind) on \(day), counted by '\(scheme)'")
      }
    }
  }

  /// Expects the bodies of a day, row by row.
  /// - Parameters:
  ///   - source: the view or the call of the function that has them. Nil for the view of versions.
  ///   - day: how the database writes a day.
  func expectLists(
    _ engine: any QueryEngine, from source: ((String) -> String)? = nil, day written: (String) -> String
  ) throws {
    for day in Self.days {
      let view =
        source?(day)
        ?? "organisation_version WHERE valid_from <= \(written(day)) AND (valid_to IS NULL OR valid_to > \(written(day)))"
      let rows = try engine.rows(
        "SELECT organisation, kind, asserted_by, ods_code, ons_code, name, lived_from, lived_to FROM \(view)")
      let kinds = Dictionary(grouping: rows, by: { $0[0] }).mapValues { Set($0.compactMap { $0[1] }) }
      for (asked, expected) in lists where asked.hasPrefix(day) {
        let kind = asked.dropFirst(day.count + 1)
        let own = rows.filter { $0[1] ?? "" == kind && ($0[2] == nil || $0[2] == "ods") }
        let found = own.map { row in
          [row[3] ?? "", row[4] ?? "", row[5] ?? "", row[6] ?? "", Self.dayBefore(row[7])]
        }
        let wanted = expected.map { [$0[0], $0[1], $0[2], $0[4], $0[5]] }
        #expect(Self.sorted(found) == Self.sorted(wanted), "\(asked)")
        let together = Set(own.map { kinds[$0[0]] ?? [] })
        #expect(together == Set(expected.map { Set($0[3].split(separator: "|").map(String.init)) }), "\(asked)")
      }
    }
  }

  func expectSuccessions(_ engine: any QueryEngine) throws {
    let rows = try engine.rows(
      """
      SELECT predecessor_code, successor_code, happened_on, type, share, basis, method, event, source_title
      FROM succession_share
      """)
    Self.expectSame(rows, successions, numbers: [4], "successions")
  }

  func expectLineages(_ engine: any QueryEngine) throws {
    let bodies = lineages.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    let rows = try engine.rows(
      """
      SELECT organisation, from_code, to_code, happened_on, type, share, basis, method FROM lineage
      WHERE organisation IN (\(bodies))
      """)
    for (body, expected) in lineages {
      let own = rows.filter { $0[0] == body }.map { Array($0.dropFirst()) }
      Self.expectSame(own, expected, numbers: [4], "lineage of \(body)")
      #expect(!own.isEmpty, "lineage of \(body)")
    }
  }

  /// Expects crosswalks, row by row. Plain SQL cannot join texts, so there they have no events.
  /// - Parameters:
  ///   - kind: the kind of the from bodies. Nil for all questions.
  ///   - source: the table expression for a question.
  func expectCrosswalks(
    _ engine: any QueryEngine, of kind: String? = nil, withEvents: Bool = true, from source: (Question) -> String
  ) throws {
    for (question, expected) in zip(Self.crosswalks, crosswalks) where kind == nil || kind == question.kind {
      let rows = try engine.rows(
        """
        SELECT from_code, from_name, to_code, to_name, share, amount, basis, method,
          \(withEvents ? "events, " : "")status, reason
        FROM \(source(question)) AS c WHERE from_kind = '\(question.kind)'
        """)
      // Events of one day are in the order of their keys here, and in the order of their entry there.
      func cells(_ row: [String]) -> [String] {
        var row = row
        if withEvents { row[8] = Self.sortedWords(row[8]) } else if row.count > 10 { row.remove(at: 8) }
        return row
      }
      Self.expectSame(
        rows.map { cells($0.map { $0 ?? "" }) }, expected.map(cells), numbers: [4, 5], "crosswalk \(question)")
      #expect(rows.count > 100, "crosswalk \(question)")
    }
  }

  /// Asks the table of questions, in a database without functions.
  static func ask(_ engine: any QueryEngine) throws {
    for question in crosswalks {
      _ = try engine.rows(
        "DELETE FROM crosswalk_pair WHERE from_day = '\(question.from)' AND to_day = '\(question.to)'")
    }
    for question in crosswalks {
      _ = try engine.rows(
        """
        INSERT INTO crosswalk_pair (from_day, to_day, asked_basis, asked_kind)
        VALUES ('\(question.from)', '\(question.to)', '\(question.basis ?? "*")', '\(question.toKind ?? "*")')
        """)
    }
  }

  /// The answer to a question of the table, in a database without functions.
  static func ready(_ question: Question) -> String {
    """
    (SELECT * FROM ready_crosswalk WHERE from_day = '\(question.from)' AND to_day = '\(question.to)'
      AND asked_basis = '\(question.basis ?? "*")' AND asked_kind = '\(question.toKind ?? "*")')
    """
  }

  /// The call of the function that answers a question.
  static func call(_ question: Question) -> String {
    func literal(_ word: String?) -> String { word.map { "'\($0)'" } ?? "NULL" }
    return "crosswalk('\(question.from)', '\(question.to)', \(literal(question.basis)), \(literal(question.toKind)))"
  }

  /// Expects that a code of a day has the same answer by stretches of days as by the pair of days.
  /// - Parameters:
  ///   - stretches: the table expression for all stretches that lead to a day.
  ///   - pair: the table expression for a pair of days.
  static func expectStretches(
    _ engine: any QueryEngine, to day: String, from stretches: String, pair: (String) -> String
  ) throws {
    for from in ["2003-04-01", "2012-04-01", "2014-12-01", "2019-04-01", "2023-04-01"] {
      let columns = "from_code, to_code, share, amount, total, basis, method, status, reason"
      let found = try engine.rows(
        """
        SELECT \(columns) FROM \(stretches) AS s
        WHERE scheme = 'ods' AND valid_from <= '\(from)' AND (valid_to IS NULL OR valid_to > '\(from)')
        """)
      let expected = try engine.rows(
        """
        SELECT \(columns) FROM \(pair(from)) AS p WHERE from_organisation IN (
          SELECT organisation FROM code WHERE scheme = 'ods' AND valid_from <= '\(from)'
            AND (valid_to IS NULL OR valid_to > '\(from)'))
        """)
      expectSame(found, expected.map { $0.map { $0 ?? "" } }, numbers: [2, 3, 4], "\(from) to \(day)")
      #expect(found.count > 100, "\(from) to \(day)")
    }
  }

  /// Expects the same rows in any order, with numbers to twelve digits.
  static func expectSame(
    _ found: [[String?]], _ expected: [[String]], numbers: Set<Int>, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = sorted(found.map { row in row.map { $0 ?? "" } }, without: numbers)
    let expected = sorted(expected, without: numbers)
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    var differences: [String] = []
    for (row, wanted) in zip(found, expected) {
      let isSame = row.indices.allSatisfy { index in
        guard numbers.contains(index), let a = Double(row[index]), let b = Double(wanted[index]) else {
          return row[index] == wanted[index]
        }
        return abs(a - b) <= 1e-12 * max(1, abs(b))
      }
      if !isSame { differences.append("\(row) is not \(wanted)") }
    }
    #expect(
      differences.isEmpty, "\(what): \(differences.prefix(3).joined(separator: "\n"))", sourceLocation: sourceLocation)
  }

  private static func sorted(_ rows: [[String]], without numbers: Set<Int> = []) -> [[String]] {
    func key(_ row: [String]) -> String {
      row.indices.filter { !numbers.contains($0) }.map { row[$0] }.joined(separator: "\u{1}")
    }
    return rows.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func sortedWords(_ text: String) -> String {
    text.split(separator: "|").sorted().joined(separator: "|")
  }

  private static func dayBefore(_ day: String?) -> String {
    guard let day else { return "" }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let format = Date.ISO8601FormatStyle().year().month().day()
    guard let date = try? format.parse(day), let before = calendar.date(byAdding: .day, value: -1, to: date) else {
      return "not a day: \(day)"
    }
    return format.format(before)
  }
}

/// Expects that a database refuses a statement, with these words.
func expectRefused(
  _ engine: any QueryEngine, _ statement: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let run = try engine.run(statement)
  #expect(run.status != 0, "\(statement)\n\(run)", sourceLocation: sourceLocation)
  for word in words { #expect(run.stderr.contains(word), "\(statement)\n\(run)", sourceLocation: sourceLocation) }
}

/// Expects that the functions of the whole of England refuse what they cannot answer.
func expectRefusals(by engine: any QueryEngine) throws {
  let early = "1999-08-19 is before the first day that the register knows"
  try expectRefused(engine, "SELECT * FROM crosswalk('2014-10-01', '1999-08-19')", early)
  try expectRefused(engine, "SELECT * FROM crosswalk('1999-08-19', '2014-10-01')", early)
  try expectRefused(engine, "SELECT * FROM crosswalk_to('1999-08-19')", early)
  try expectRefused(engine, "SELECT * FROM crosswalk('2014-10-01', NULL)", "a day is missing")
  try expectRefused(engine, "SELECT * FROM crosswalk('2014-10-01', '2021-04-01', 'sheep')", "unknown basis 'sheep'")
  try expectRefused(engine, "SELECT * FROM crosswalk('2014-10-01', '2021-04-01', NULL, 'town')", "unknown kind 'town'")
  try expectRefused(engine, "INSERT INTO crosswalk_pair VALUES ('1999-08-19', '2014-10-01', '*', '*')", "from_day")
  // By law, it is no body yet.
  let none = try engine.rows("SELECT * FROM crosswalk('2015-01-15', '2021-04-01') AS c WHERE from_code = '13T'")
  #expect(none.isEmpty)
}

/// Expects that a part of England, exported since 2020-04-01, refuses what lies beyond it.
func expectPartRefuses(_ engine: any QueryEngine) throws {
  let words = "2013-04-01 is not in this export, which begins on 2020-03-31: export again without --since"
  try expectRefused(engine, "SELECT * FROM crosswalk('2013-04-01', '2021-04-01')", words)
  try expectRefused(engine, "SELECT * FROM crosswalk_to('2013-04-01')", words)
  try expectRefused(engine, "SELECT * FROM organisation_on('2013-04-01')", words)
  #expect(try engine.rows("SELECT count(*) FROM organisation_on('2020-04-01')") != [["0"]])
  #expect(try engine.rows("SELECT min(valid_from) FROM organisation_version") == [["2020-03-31"]])
  #expect(try engine.rows("SELECT count(*) FROM crosswalk('2020-03-31', '2021-04-01')") != [["0"]])
}
