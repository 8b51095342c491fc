/// What a shell may offer while somebody types a word of the register.
extension Registry {
  /// The codes that begin with `prefix` (any case), each with the name of the body that had it last. Permanent keys
  /// with that prefix count too if their body has no code, or if no code begins so.
  /// - Returns: each word once, in their order.
  package func bodies(beginningWith prefix: String) throws(DatabaseError) -> [Suggestion] {
    try suggestions(
      """
      WITH coded AS (
        SELECT value AS word, organisation_id, max(valid_from) FROM code
        WHERE superseded_in IS NULL AND value LIKE ?1 ESCAPE '\\' GROUP BY value
      ), keyed AS (
        SELECT key AS word, id AS organisation_id FROM organisation
        WHERE key LIKE ?1 ESCAPE '\\' AND (NOT EXISTS (SELECT 1 FROM coded)
          OR NOT EXISTS (SELECT 1 FROM code WHERE organisation_id = organisation.id AND superseded_in IS NULL))
      )
      SELECT word, (
        SELECT value FROM name JOIN scheme ON scheme.id = scheme_id
        WHERE name.organisation_id = body.organisation_id AND superseded_in IS NULL
        ORDER BY rank, valid_from DESC LIMIT 1)
      FROM (SELECT word, organisation_id FROM coded UNION SELECT word, organisation_id FROM keyed) AS body
      GROUP BY word ORDER BY word
      """, beginningWith: prefix)
  }

  /// The keys of events that begin with `prefix` (any case), with their titles, in the order of the keys.
  package func events(beginningWith prefix: String) throws(DatabaseError) -> [Suggestion] {
    try suggestions(
      """
      SELECT change_event.key, title FROM change_event JOIN event_detail ON event_id = change_event.id
      WHERE superseded_in IS NULL AND change_event.key LIKE ?1 ESCAPE '\\' ORDER BY change_event.key
      """, beginningWith: prefix)
  }

  /// The keys of current facts that begin with `prefix` (any case), each with its record, in the order of the keys. None
  /// if it does not name a body or an event whole, because there are too many.
  package func facts(beginningWith prefix: String) throws(DatabaseError) -> [Suggestion] {
    guard prefix.contains("/") else { return [] }
    let parts = FactKind.allCases.map { kind in
      """
      SELECT key, '\(kind.schema.record)' FROM \(kind.schema.table)
      WHERE superseded_in IS NULL AND key LIKE ?1 ESCAPE '\\'
      """
    }
    return try suggestions(parts.joined(separator: " UNION ALL ") + " ORDER BY 1", beginningWith: prefix)
  }

  /// The question whether another fact or event was meant by a key that none has. Empty if none is near.
  package func question(aboutFact key: String) throws(DatabaseError) -> String {
    let owner = key.prefix { $0 != "/" }
    let known = owner.count < key.count ? try facts(beginningWith: "\(owner)/") : try events(beginningWith: "")
    // What follows the mark says since when, and is left out by those who do not know it.
    func compared(_ word: String) -> String { key.contains("@") ? word : String(word.prefix { $0 != "@" }) }
    let near = Set(nearWords(key, among: known.map { compared($0.word) }))
    let meant = known.map(\.word).filter { near.contains(compared($0)) }.prefix(3)
    return meant.isEmpty ? "" : "; did you mean \(meant.joined(separator: " or "))?"
  }

  /// The keys of sources that begin with `prefix` (any case), with their titles, in the order of the keys.
  package func sources(beginningWith prefix: String) throws(DatabaseError) -> [Suggestion] {
    try suggestions(
      """
      SELECT source.key, title FROM source JOIN citation ON source_id = source.id
      WHERE superseded_in IS NULL AND source.key LIKE ?1 ESCAPE '\\' GROUP BY source.id ORDER BY source.key
      """, beginningWith: prefix)
  }

  /// The keys of holders, in the order in which the register learnt them. Their names are left out.
  package func holderKeys() throws(DatabaseError) -> [Suggestion] {
    try database.query("SELECT key FROM holder ORDER BY id") { Suggestion($0.text(0)) }
  }

  private func suggestions(_ sql: String, beginningWith prefix: String) throws(DatabaseError) -> [Suggestion] {
    try database.query(sql, [.text(Self.likePattern(of: prefix) + "%")]) {
      Suggestion($0.text(0), $0.optionalText(1))
    }
  }
}

/// A word that may be typed, and what it stands for.
package struct Suggestion: Equatable, Sendable {
  package let word: String
  /// Nil if the word explains itself, or if nobody knows.
  package let meaning: String?

  package init(_ word: String, _ meaning: String? = nil) {
    self.word = word
    self.meaning = meaning
  }
}
