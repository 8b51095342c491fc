import RegistryFormats
import Foundation
import Testing

/// What `orgreg` itself says about England. It is asked once, and every database is compared with it.
struct EnglandAnswers {
  static let crosswalks: [(from: String, to: String, kind: String)] = [
    ("2013-04-01", "2021-04-01", "ccg"), ("2012-04-01", "2022-07-01", "pct"),
    ("2026-04-01", "2015-04-01", "sub-icb-location"),
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
  let patients: [[String]]

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
    crosswalks = try Self.crosswalks.map {
      try ask("crosswalk", "--from", $0.from, "--to", $0.to, "--kind", $0.kind)
    }
    patients = try ask(
      "crosswalk", "--from", "2012-04-01", "--to", "2022-07-01", "--kind", "pct", "--basis", "patients-2013")
  }

  private static func records(_ text: String) throws -> [[String]] {
    var reader = CSVReader(bytes: Array(text.utf8))
    var records: [[String]] = []
    while try reader.next() { records.append(reader.texts()) }
    return Array(records.dropFirst())
  }
}
