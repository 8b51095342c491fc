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

  /// How sources are cited, by key, and how many events rest on each.
  package func citedSources(
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [(key: String, citation: Citation, eventCount: Int)] {
    try database.query(
      """
      SELECT source.key, title, instrument, year, number, made_on, in_force_on, url, (
        SELECT count(*) FROM event_detail
        WHERE event_detail.source_id = source.id AND \(Self.known("event_detail")))
      FROM citation JOIN source ON source.id = citation.source_id WHERE \(Self.known("citation")) ORDER BY source.key
      """, [.integer(revision)]
    ) {
      (
        $0.text(0),
        Citation(
          title: $0.text(1), instrument: $0.optionalText(2).flatMap(Citation.Instrument.init),
          year: $0.optionalInteger(3).map(Int.init), number: $0.optionalText(4), made: $0.optionalDay(5),
          inForce: $0.optionalDay(6), url: $0.optionalText(7)),
        Int($0.integer(8))
      )
    }
  }
}
