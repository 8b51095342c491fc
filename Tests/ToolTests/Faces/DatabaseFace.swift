import RegistryTestSupport
import Testing

/// An exported register in a database, as a face: the view `ready_crosswalk` for a question in `crosswalk_pair`.
struct DatabaseFace {
  private let name: String
  private let engine: any QueryEngine
  private let kinds: Set<String>

  /// Loads an export into a database.
  /// - Parameter kinds: the kinds of the place tier and those without a tier, which the view is about.
  init(_ dialect: String, _ engine: any QueryEngine, kinds: Set<String>, _ bench: Workbench) throws {
    (name, self.engine, self.kinds) = ("\(dialect) ready_crosswalk", engine, kinds)
    let script = "\(dialect).sql"
    expectDone(try bench.orgreg("export", "sql", "--dialect", dialect, "--output", script))
    let load = try engine.load(bench.path(script))
    try #require(load.status == 0, "\(load)")
  }

  var face: Face {
    Face(name, [.elsewhere, .amounts, .whatStays]) { question in
      // The view tries one basis, and keeps what lies in other kinds.
      guard kinds.contains(question.kind), !question.isSpread, (question.bases?.count ?? 1) == 1 else { return nil }
      let (basis, kind) = (question.bases?.first ?? "*", question.toKind ?? "*")
      _ = try engine.rows("DELETE FROM crosswalk_pair")
      _ = try engine.rows(
        """
        INSERT INTO crosswalk_pair (from_day, to_day, asked_basis, asked_kind)
        VALUES ('\(question.from)', '\(question.to)', '\(basis)', '\(kind)')
        """)
      let rows = try engine.rows(
        """
        SELECT from_code, status, coalesce(to_code, ''), share, amount, basis FROM ready_crosswalk
        WHERE from_kind = '\(question.kind)'
        """)
      var found: [String: FaceParts] = [:]
      for row in rows {
        let share = row[3].flatMap(Double.init) ?? .nan
        if share == 0 { continue }
        found[row[0] ?? "", default: FaceParts()].add(
          row[1] ?? "", row[2] ?? "", share, amount: row[4].flatMap(Double.init), basis: row[5])
      }
      return found
    }
  }
}
