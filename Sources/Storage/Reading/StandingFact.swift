/// A current dated fact about a body, for those who hold whole files against the register.
public struct StandingFact: Sendable {
  /// The tables that are read whole.
  public enum Sort: String, CaseIterable, Sendable {
    case life, code, name, role, relationship
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
  /// All current facts of one sort.
  public func standingFacts(_ sort: StandingFact.Sort) throws(DatabaseError) -> [StandingFact] {
    let (word, value, superior, join) =
      switch sort {
      case .life: ("timeline", "NULL", "NULL", "")
      case .code, .name: ("word.key", "value", "NULL", "JOIN scheme AS word ON word.id = scheme_id")
      case .role:
        (
          "word.key", "scheme.key", "NULL",
          "JOIN kind AS word ON word.id = kind_id LEFT JOIN scheme ON scheme.id = scheme_id"
        )
      case .relationship:
        ("word.key", "grade", "superior_id", "JOIN relationship_kind AS word ON word.id = kind_id")
      }
    return try database.query(
      """
      SELECT fact.key, organisation_id, \(word), \(value), \(superior), valid_from, valid_to, from_status, to_status,
        from_event_id IS NOT NULL, to_event_id IS NOT NULL, source.key
      FROM \(sort.rawValue) AS fact \(join) LEFT JOIN source ON source.id = source_id
      WHERE superseded_in IS NULL ORDER BY fact.id
      """
    ) {
      StandingFact(
        sort: sort, key: $0.text(0), organisation: $0.integer(1), word: $0.text(2), value: $0.optionalText(3),
        superior: $0.optionalInteger(4), period: Period($0.day(5), $0.optionalDay(6)),
        startStatus: Certainty(rawValue: $0.text(7)) ?? .stated, endStatus: Certainty(rawValue: $0.text(8)) ?? .stated,
        startsWithEvent: $0.integer(9) != 0, endsWithEvent: $0.integer(10) != 0, source: $0.optionalText(11))
    }
  }

  /// The permanent keys of all bodies, by id.
  public func organisationKeys() throws(DatabaseError) -> [(id: Int64, key: String)] {
    try database.query("SELECT id, key FROM organisation ORDER BY id") { ($0.integer(0), $0.text(1)) }
  }
}
