/// Which bodies stood above which, and what kinds they had, on one day.
package struct Hierarchy: Sendable {
  package let day: Day
  /// The bodies directly above each body, through relationships that are read upward.
  package let parents: [OrganisationID: [OrganisationID]]
  /// The kinds of each body.
  package let kinds: [OrganisationID: Set<String>]

  package init(day: Day, parents: [OrganisationID: [OrganisationID]], kinds: [OrganisationID: Set<String>]) {
    (self.day, self.parents, self.kinds) = (day, parents, kinds)
  }

  /// The same bodies read downward: `parents` holds the bodies below each body.
  package var inverted: Hierarchy {
    var children: [OrganisationID: [OrganisationID]] = [:]
    for (body, above) in parents.sorted(by: { $0.key < $1.key }) {
      for superior in above { children[superior, default: []].append(body) }
    }
    return Hierarchy(day: day, parents: children, kinds: kinds)
  }

  package enum Ancestor: Equatable, Sendable {
    case one(OrganisationID)
    case none
    case several([OrganisationID])
  }

  /// The body itself if it has one of `kinds`, else the one such body above it.
  package func ancestor(of organisation: OrganisationID, kinds wanted: Set<String>) -> Ancestor {
    var found: Set<OrganisationID> = []
    var level: Set<OrganisationID> = [organisation]
    var seen: Set<OrganisationID> = []
    while !level.isEmpty {
      seen.formUnion(level)
      var next: Set<OrganisationID> = []
      for body in level {
        if !(kinds[body]?.isDisjoint(with: wanted) ?? true) {
          found.insert(body)
        } else {
          next.formUnion(parents[body] ?? [])
        }
      }
      level = next.subtracting(seen)
    }
    switch found.count {
    case 0: return .none
    case 1: return found.first.map { .one($0) } ?? .none
    default: return .several(found.sorted())
    }
  }
}

extension Registry {
  /// - Parameter throughAll: also uses relationships that are not read upward, such as membership of a board.
  package func hierarchy(
    on day: Day, throughAll: Bool = false, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> Hierarchy {
    let pairs = try database.query(
      """
      SELECT organisation_id, superior_id
      FROM relationship JOIN relationship_kind ON relationship_kind.id = kind_id AND (is_parent OR ?3)
      WHERE \(Self.known("relationship")) AND \(Self.holds("relationship", on: "?2"))
      ORDER BY organisation_id, superior_id
      """, [.integer(revision), Value(day), Value(throughAll)]
    ) { ($0.organisation(0), $0.organisation(1)) }
    let roles = try database.query(
      """
      SELECT organisation_id, kind.key FROM role JOIN kind ON kind.id = kind_id
      WHERE \(Self.known("role")) AND \(Self.holds("role", on: "?2"))
      """, [.integer(revision), Value(day)]
    ) { ($0.organisation(0), $0.text(1)) }
    return Hierarchy(
      day: day, parents: Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) },
      kinds: Dictionary(grouping: roles, by: \.0).mapValues { Set($0.map(\.1)) })
  }

  /// The bodies that ever stood below a body, directly or indirectly, through relationships that are read upward.
  package func bodiesEverBelow(
    _ organisation: OrganisationID, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationID] {
    try database.query(
      """
      WITH RECURSIVE below (id) AS (
        VALUES (?2)
        UNION
        SELECT organisation_id FROM relationship JOIN below ON superior_id = below.id
          JOIN relationship_kind ON relationship_kind.id = kind_id AND is_parent
        WHERE \(Self.known("relationship")))
      SELECT id FROM below WHERE id <> ?2 ORDER BY id
      """, [.integer(revision), Value(organisation)]
    ) { $0.organisation(0) }
  }

  /// The relationships to bodies that ever had a kind, in the order of the superiors and of time.
  package func memberships(inKind kind: String, knownIn revision: Int64 = latest) throws(DatabaseError) -> [Membership]
  {
    try database.query(
      """
      SELECT organisation_id, superior_id, relationship_kind.key, grade, valid_from, valid_to, from_status, to_status,
        citation.title
      FROM relationship JOIN relationship_kind ON relationship_kind.id = relationship.kind_id
        LEFT JOIN citation ON citation.source_id = relationship.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("relationship")) AND superior_id IN (
        SELECT organisation_id FROM role JOIN kind ON kind.id = role.kind_id WHERE kind.key = ?2 AND \(Self.known("role")))
      ORDER BY superior_id, valid_from, organisation_id
      """, [.integer(revision), .text(kind)]
    ) {
      Membership(
        organisation: $0.organisation(0), superior: $0.organisation(1), kind: $0.text(2), grade: $0.optionalText(3),
        period: $0.period(4), firstDayStatus: $0.certainty(6), lastDayStatus: $0.certainty(7),
        source: $0.optionalText(8))
    }
  }

  /// When each body lived, in law or in operation.
  package func lives(knownIn revision: Int64 = latest) throws(DatabaseError) -> [OrganisationID: [Period]] {
    let lives = try database.query(
      "SELECT organisation_id, valid_from, valid_to FROM life WHERE \(Self.known("life"))", [.integer(revision)]
    ) { ($0.organisation(0), $0.period(1)) }
    return Dictionary(grouping: lives, by: \.0).mapValues { $0.map(\.1) }
  }

  /// Shares observed without units, between two days.
  package func observations(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Observation] {
    try database.query(
      """
      SELECT predecessor_id, predecessor_on, successor_id, successor_on, basis.key, amount
      FROM observation JOIN basis ON basis.id = basis_id WHERE \(Self.known("observation"))
      ORDER BY basis_id, predecessor_id, successor_id
      """, [.integer(revision)]
    ) {
      Observation(
        predecessor: $0.organisation(0), predecessorDay: $0.day(1), successor: $0.organisation(2),
        successorDay: $0.day(3),
        basis: $0.text(4), amount: $0.real(5))
    }
  }
}

/// How much of a body on one day lies in a body on another, where only the amount is known.
package struct Observation: Sendable {
  package let predecessor: OrganisationID
  package let predecessorDay: Day
  package let successor: OrganisationID
  package let successorDay: Day
  package let basis: String
  package let amount: Double
}

/// The period for which a body stood under another.
package struct Membership: Sendable {
  package let organisation: OrganisationID
  package let superior: OrganisationID
  /// The kind of the relationship.
  package let kind: String
  /// How good the evidence is, if somebody judged it.
  package let grade: String?
  package let period: Period
  package let firstDayStatus: Certainty
  package let lastDayStatus: Certainty
  package let source: String?
}
