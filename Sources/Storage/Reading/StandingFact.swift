/// A current dated fact about a body, for those who hold whole files against the register.
public struct StandingFact: Sendable {
  /// The tables that are read whole.
  public enum Sort: String, CaseIterable, Sendable {
    case life, code, name, role, relationship

    /// The table of the words; nil: they stand in the facts themselves.
    fileprivate var vocabulary: String? {
      switch self {
      case .life: nil
      case .code, .name: "scheme"
      case .role: "kind"
      case .relationship: "relationship_kind"
      }
    }
  }

  public let sort: Sort
  public let key: String
  public let organisation: Int64
  /// The timeline of a life, the scheme of a code or name, the kind of a role or relationship.
  public let word: String
  /// The code or the name; the scheme whose owner gives a role; the grade of a relationship.
  public let value: String?
  /// The other body of a relationship.
  public let superior: Int64?
  public let period: Period
  public let startStatus: Certainty
  public let endStatus: Certainty
  /// Whether an event dates the boundary, so that it moves with the event only.
  public let startsWithEvent: Bool
  public let endsWithEvent: Bool
  /// The key of its source.
  public let source: String?
}

extension Registry {
  /// Hands on all current facts of one sort, one after the other, in the order in which they were recorded.
  public func eachStandingFact(
    _ sort: StandingFact.Sort, _ act: (StandingFact) -> Void
  ) throws(DatabaseError) {
    let (word, value, superior) =
      switch sort {
      case .life: ("timeline", "NULL", "NULL")
      case .code, .name: ("scheme_id", "value", "NULL")
      case .role: ("kind_id", "scheme_id", "NULL")
      case .relationship: ("kind_id", "grade", "superior_id")
      }
    // Words and sources are few, and facts many: they are looked up here, not joined to each.
    let words = try sort.vocabulary.map { table throws(DatabaseError) in try keys(of: table) }
    let schemes = sort == .role ? try keys(of: "scheme") : [:]
    let sources = try keys(of: "source")
    try database.using(
      """
      SELECT key, organisation_id, \(word), \(value), \(superior), valid_from, valid_to, from_status, to_status,
        from_event_id IS NOT NULL, to_event_id IS NOT NULL, source_id
      FROM \(sort.rawValue) WHERE superseded_in IS NULL ORDER BY id
      """
    ) { row throws(DatabaseError) in
      while try row.step() {
        act(
          StandingFact(
            sort: sort, key: row.text(0), organisation: row.integer(1),
            word: words.map { $0[row.integer(2)] ?? "" } ?? row.text(2),
            value: sort == .role ? row.optionalInteger(3).flatMap { schemes[$0] } : row.optionalText(3),
            superior: row.optionalInteger(4), period: Period(row.day(5), row.optionalDay(6)),
            startStatus: Certainty(rawValue: row.text(7)) ?? .stated,
            endStatus: Certainty(rawValue: row.text(8)) ?? .stated, startsWithEvent: row.integer(9) != 0,
            endsWithEvent: row.integer(10) != 0, source: row.optionalInteger(11).flatMap { sources[$0] }))
      }
    }
  }

  private func keys(of table: String) throws(DatabaseError) -> [Int64: String] {
    Dictionary(
      uniqueKeysWithValues: try database.query("SELECT id, key FROM \(table)") { ($0.integer(0), $0.text(1)) })
  }

  /// The permanent keys of all bodies, by id.
  public func organisationKeys() throws(DatabaseError) -> [(id: Int64, key: String)] {
    try database.query("SELECT id, key FROM organisation ORDER BY id") { ($0.integer(0), $0.text(1)) }
  }
}
