/// A source, and how many of the facts shown rest on it.
package struct SourceUse: Sendable, Equatable {
  package let title: String
  package let factCount: Int

  package init(title: String, factCount: Int) {
    self.title = title
    self.factCount = factCount
  }
}

extension Registry {
  /// The sources of the facts about bodies, those of most facts first.
  package func sources(
    of bodies: [OrganisationID], in kinds: [FactKind] = [.life, .code, .name, .role, .relationship],
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [SourceUse] {
    let facts = kinds.map(\.schema.table).map { table in
      """
      SELECT source_id FROM \(table)
      WHERE organisation_id IN (SELECT value FROM json_each(?2)) AND \(Self.known(table))
      """
    }.joined(separator: " UNION ALL ")
    return try database.query(
      """
      SELECT citation.title, sum(facts.number) FROM (
        SELECT source_id, count(*) AS number FROM (\(facts)) WHERE source_id IS NOT NULL GROUP BY source_id
      ) AS facts JOIN citation ON citation.source_id = facts.source_id AND \(Self.known("citation"))
      GROUP BY citation.title ORDER BY 2 DESC, 1
      """, [.integer(revision), Self.list(bodies)]
    ) { SourceUse(title: $0.text(0), factCount: Int($0.integer(1))) }
  }
}
