/// How well the facts of one kind, about bodies of one kind, are known.
package struct FactQuality: Sendable {
  package let kind: String
  package let fact: FactKind
  package let factCount: Int
  /// How many boundaries (first and last days) come from each origin.
  package let stated: Int
  package let derived: Int
  package let unknown: Int
  /// Facts without a source.
  package let unsourced: Int
  /// Bodies of the kind for which the register has no such fact at all.
  package let bodiesWithout: Int
}

extension Registry {
  /// How well the current facts are known, by the kinds of bodies and facts. A body of two kinds counts for both.
  package func factQuality(knownIn revision: Int64 = latest) throws(DatabaseError) -> [FactQuality] {
    var qualities: [(order: Int64, quality: FactQuality)] = []
    // A body has its kind through a role, so no role is ever missing.
    for fact in FactKind.ofBodies where fact != .role {
      let table = fact.schema.table
      qualities += try database.query(
        """
        WITH member AS (
          SELECT DISTINCT kind_id, organisation_id FROM role WHERE \(Self.known("role"))
        ), fact AS MATERIALIZED (
          SELECT organisation_id, count(*) AS number,
            sum(from_status = 'stated') + sum(to_status = 'stated' AND valid_to IS NOT NULL) AS stated,
            sum(from_status = 'derived') + sum(to_status = 'derived' AND valid_to IS NOT NULL) AS derived,
            sum(from_status = 'unknown') + sum(to_status = 'unknown' AND valid_to IS NOT NULL) AS unknown,
            sum(source_id IS NULL) AS unsourced
          FROM \(table) WHERE \(Self.known(table)) GROUP BY organisation_id
        )
        SELECT kind.id, kind.key, ifnull(sum(number), 0), ifnull(sum(stated), 0), ifnull(sum(derived), 0),
          ifnull(sum(unknown), 0), ifnull(sum(unsourced), 0), sum(number IS NULL)
        FROM member JOIN kind ON kind.id = member.kind_id LEFT JOIN fact USING (organisation_id)
        GROUP BY kind.id
        """, [.integer(revision)]
      ) {
        (
          order: $0.integer(0),
          quality: FactQuality(
            kind: $0.text(1), fact: fact, factCount: Int($0.integer(2)), stated: Int($0.integer(3)),
            derived: Int($0.integer(4)), unknown: Int($0.integer(5)), unsourced: Int($0.integer(6)),
            bodiesWithout: Int($0.integer(7)))
        )
      }
    }
    return qualities.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
      .map(\.element.quality)
  }
}
