import RegistryFormats
import Foundation
import Testing

/// What `orgreg` itself says about England. It is asked once, and every database is compared with it.
struct EnglandAnswers {
  /// A question about all bodies of a kind.
  struct Question {
    let from: String
    let to: String
    let kind: String
    var basis: String?
    var toKind: String?
  }

  static let crosswalks = [
    Question(from: "2013-04-01", to: "2021-04-01", kind: "ccg"),
    Question(from: "2012-04-01", to: "2022-07-01", kind: "pct"),
    Question(from: "2026-04-01", to: "2015-04-01", kind: "sub-icb-location"),
    Question(from: "2012-04-01", to: "2013-04-01", kind: "pct", toKind: "ccg"),
    Question(from: "2012-04-01", to: "2022-07-01", kind: "pct", basis: "patients-2013", toKind: "icb"),
    Question(from: "2013-04-01", to: "2022-07-01", kind: "ccg", basis: "areas"),
    Question(from: "2019-03-31", to: "2021-04-01", kind: "local-authority"),
    Question(from: "2022-07-01", to: "2013-03-31", kind: "sub-icb-location", basis: "practices"),
    Question(from: "2005-04-01", to: "2014-04-01", kind: "pct", toKind: "region"),
  ]
  static let days = ["2003-04-01", "2012-04-01", "2014-12-01", "2023-04-01"]
  static let bodies = ["15D", "D4U1Y", "5DD", "05L", "QYG", "13T", "Q76", "92A", "5QG", "00L"]

  static let shared = Result { try EnglandAnswers() }

  let counts: [[String]]
  /// By day and kind.
  let lists: [String: [[String]]]
  let successions: [[String]]
  let lineages: [String: [[String]]]
  let crosswalks: [[[String]]]

  private init() throws {
    let bench = try Workbench()
    func ask(_ words: String...) throws -> [[String]] {
      let run = try bench.orgreg(words + ["--format", "csv"])
      try #require(run.status <= 1, "\(run)")
      return try Self.records(run.stdout)
    }
    counts = try ask("report", "counts")
    var lists: [String: [[String]]] = [:]
    for day in Self.days {
      let kinds = Set(counts.filter { $0[2] <= day && ($0[3].isEmpty || $0[3] >= day) && $0[4] != "0" }.map { $0[0] })
      for kind in kinds { lists["\(day) \(kind)"] = try ask("list", kind, "--on", day) }
    }
    self.lists = lists
    successions = try ask("successions")
    var lineages: [String: [[String]]] = [:]
    for body in Self.bodies {
      let first = try bench.orgreg(
        "sql", "SELECT organisation FROM current_code WHERE code = '\(body)' AND scheme = 'ods' ORDER BY valid_from",
        "--format", "csv")
      let key = try #require(first.lines.dropFirst().first)
      lineages[key] = try ask("lineage", key)
    }
    self.lineages = lineages
    crosswalks = try Self.crosswalks.map { question in
      let run = try bench.orgreg(
        ["crosswalk", "--from", question.from, "--to", question.to, "--kind", question.kind, "--format", "csv"]
          + (question.basis.map { ["--basis", $0] } ?? []) + (question.toKind.map { ["--to-kind", $0] } ?? []))
      try #require(run.status <= 1, "\(run)")
      return try Self.records(run.stdout)
    }
  }

  private static func records(_ text: String) throws -> [[String]] {
    var reader = CSVReader(bytes: Array(text.utf8))
    var records: [[String]] = []
    while try reader.next() { records.append(reader.texts()) }
    return Array(records.dropFirst())
  }
}
