/// Lists of bodies, and searches by code, key or name.
extension Registry {
  /// The revision that was the newest at the end of `day` (UTC), or 0 if nothing was recorded by then.
  public func revision(knownOn day: Day) throws(DatabaseError) -> Int64 {
    try database.first("SELECT ifnull(max(id), 0) FROM revision WHERE recorded_at < ?1", [Value(day.next)]) {
      $0.integer(0)
    } ?? 0
  }

  /// The schemes of codes and names, in the order in which the register learnt them.
  public func schemes() throws(DatabaseError) -> [Scheme] {
    try database.query("SELECT key, name, rank, letter_case FROM scheme ORDER BY id") {
      Scheme(
        key: $0.text(0), name: $0.text(1), rank: Int($0.integer(2)),
        letterCase: $0.optionalText(3).flatMap(LetterCase.init))
    }
  }

  /// The kinds of bodies, in the order in which the register learnt them.
  public func kinds() throws(DatabaseError) -> [Kind] {
    try database.query("SELECT key, name, tier, exclusive_group FROM kind ORDER BY id") {
      Kind(key: $0.text(0), name: $0.text(1), tier: $0.optionalText(2), exclusiveGroup: $0.optionalText(3))
    }
  }

  /// The bodies of a kind.
  /// - Parameters:
  ///   - kind: the key of the kind. A kind that the register lacks has no bodies.
  ///   - day: keeps only bodies that lived and had the kind on it. Without a day, all that ever had the kind.
  ///   - timeline: the timeline whose dates count and are shown, for bodies that have any on it.
  ///   - scheme: the scheme whose owner counts where the owners disagree. Nil means the first scheme.
  ///   - revision: the revision whose knowledge counts.
  public func organisations(
    kind: String, on day: Day? = nil, timeline: Timeline = .legal, scheme: String? = nil,
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [Organisation] {
    let ids = try database.query(
      """
      SELECT DISTINCT role.organisation_id FROM role JOIN kind ON kind.id = role.kind_id
      WHERE \(Self.known("role")) AND kind.key = ?2
        AND (role.scheme_id IS NULL
          OR role.scheme_id = ifnull((SELECT id FROM scheme WHERE key = ?3), (SELECT min(id) FROM scheme)))
        AND (?4 IS NULL OR (\(Self.holds("role", on: "?4"))) OR ?5 = 'operational')
      """, [.integer(revision), .text(kind), Value(scheme), Value(day), .text(timeline.rawValue)]
    ) { $0.organisation(0) }
    return try organisations(withIDs: ids, on: day, timeline: timeline, knownIn: revision)
      .filter { organisation in
        guard let day, let life = organisation.life else { return true }
        return life.contains(day)
      }
  }

  /// The bodies that ever had the kind, in the order of their ids.
  package func organisations(
    ofKind kind: String, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationID] {
    try database.query(
      """
      SELECT DISTINCT organisation_id FROM role JOIN kind ON kind.id = role.kind_id
      WHERE \(Self.known("role")) AND kind.key = ?2 ORDER BY organisation_id
      """, [.integer(revision), .text(kind)]
    ) { $0.organisation(0) }
  }

  /// The bodies that `reference` may mean, in the order of time: a permanent key, or a code on `day` or on any day.
  public func organisations(
    named reference: String, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationID] {
    let found = try database.query(
      """
      SELECT id, NULL FROM organisation WHERE key = ?2 AND opened_in <= ?1
      UNION ALL
      SELECT organisation_id, valid_from FROM code
      WHERE value = ?2 AND \(Self.known("code")) AND (?3 IS NULL OR \(Self.holds("code", on: "?3")))
      """, [.integer(revision), .text(reference), Value(day)]
    ) { (body: $0.organisation(0), day: $0.optionalDay(1) ?? .distantPast) }
    var bodies: [OrganisationID] = []
    for (body, _) in found.sorted(by: { ($0.day, $0.body) < ($1.day, $1.body) }) where !bodies.contains(body) {
      bodies.append(body)
    }
    return bodies
  }

  /// Bodies whose code or key is `text`, or whose name has all of its words, on `day` or on any day. Case, punctuation,
  /// the order of words, `and` and `&` make no difference.
  public func organisations(
    matching text: String, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [Organisation] {
    let words = DatedName.words(of: text).filter { $0 != "and" }
    let patterns = words.isEmpty ? ["%" + Self.likePattern(of: text) + "%"] : words.map(Self.pattern(ofWord:))
    let codes = CodeSpelling.candidates(text).map(\.code)
    let ids = try database.query(
      """
      SELECT organisation_id FROM name
      WHERE \(Self.known("name")) AND (?4 IS NULL OR \(Self.holds("name", on: "?4")))
        AND NOT EXISTS (
          SELECT 1 FROM json_each(?3) AS word
          WHERE replace(replace(replace(name.value, '''', ''), '’', ''), '.', '') NOT LIKE word.value ESCAPE '\\')
      UNION
      SELECT organisation_id FROM code
      WHERE \(Self.known("code")) AND value COLLATE NOCASE IN (SELECT value FROM json_each(?2)) AND (?4 IS NULL OR \(Self.holds("code", on: "?4")))
      UNION
      SELECT id FROM organisation
      WHERE key COLLATE NOCASE IN (SELECT value FROM json_each(?2)) AND opened_in <= ?1
      """, [.integer(revision), Self.list(codes), Self.list(patterns), Value(day)]
    ) { $0.organisation(0) }
    return try organisations(withIDs: ids, on: day, knownIn: revision)
  }

  /// Codes, name, kinds and dates of bodies on `day`. Without a day, as they were last.
  /// - Returns: the bodies, sorted by the code of the first scheme and then by key.
  public func organisations(
    withIDs ids: [OrganisationID], on day: Day? = nil, timeline: Timeline = .legal, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [Organisation] {
    let schemes = try schemes()
    let kinds = try kinds().map(\.key)
    let facts = try facts(of: ids, knownIn: revision)
    let keys = try database.query(
      "SELECT id, key FROM organisation WHERE id IN (SELECT value FROM json_each(?2)) AND opened_in <= ?1",
      [.integer(revision), Self.list(ids)]
    ) { ($0.organisation(0), $0.text(1)) }
    let first = schemes.first?.key ?? ""
    return keys.map { id, key in
      (facts[id] ?? OrganisationFacts()).organisation(
        id, key, on: day, timeline: timeline, schemes: schemes, kinds: kinds)
    }.sorted { ($0.codes[first] ?? "", $0.key) < ($1.codes[first] ?? "", $1.key) }
  }

  private func facts(
    of ids: [OrganisationID], knownIn revision: Int64
  ) throws(DatabaseError) -> [OrganisationID: OrganisationFacts] {
    let values = [.integer(revision), Self.list(ids)]
    var facts: [OrganisationID: OrganisationFacts] = [:]
    func read(
      _ columns: String, of table: String, joining word: String = "",
      _ add: (inout OrganisationFacts, Statement) -> Void
    ) throws(DatabaseError) {
      try database.each(
        """
        SELECT organisation_id, valid_from, valid_to, \(columns) FROM \(table) \(word)
        WHERE organisation_id IN (SELECT value FROM json_each(?2)) AND \(Self.known(table))
        ORDER BY valid_from
        """, values
      ) { add(&facts[$0.organisation(0), default: OrganisationFacts()], $0) }
    }
    try read("scheme.key, value", of: "code", joining: "JOIN scheme ON scheme.id = scheme_id") {
      $0.codes.append(($1.text(3), $1.text(4), $1.period(1)))
    }
    try read("scheme.key, value", of: "name", joining: "JOIN scheme ON scheme.id = scheme_id") {
      $0.names.append(($1.text(3), $1.text(4), $1.period(1)))
    }
    try read("kind.key", of: "role", joining: "JOIN kind ON kind.id = kind_id") {
      $0.roles.append(($1.text(3), $1.period(1)))
    }
    try read("timeline, from_status, to_status", of: "life") {
      $0.lives.append((Timeline(rawValue: $1.text(3)) ?? .legal, $1.period(1), $1.certainty(4), $1.certainty(5)))
    }
    return facts
  }

  /// The names of bodies on a day, or their last ones, by permanent key. Bodies without a name are left out.
  package func names(
    ofBodies keys: [String], on day: Day?, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [String: String] {
    let ids = try database.query(
      "SELECT id FROM organisation WHERE key IN (SELECT value FROM json_each(?1))", [Self.list(Array(Set(keys)))]
    ) { $0.organisation(0) }
    return try organisations(withIDs: ids, on: day, knownIn: revision).reduce(into: [:]) { $0[$1.key] = $1.name }
  }

  static func list(_ bodies: [OrganisationID]) -> Value { list(bodies.map(\.number)) }

  /// A JSON array, for `json_each`.
  static func list(_ ids: [Int64]) -> Value {
    .text("[" + ids.map { String($0) }.joined(separator: ",") + "]")
  }

  static func list(_ keys: [String]) -> Value {
    var text = "["
    for key in keys {
      text += text.utf8.count > 1 ? ",\"" : "\""
      for scalar in key.unicodeScalars {
        switch scalar.value {
        case 0x22, 0x5C: text += "\\\(scalar)"
        case 0..<0x20: text += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        default: text.unicodeScalars.append(scalar)
        }
      }
      text += "\""
    }
    return .text(text + "]")
  }

  /// What is like the word of a name. SQLite knows the case of ASCII letters only, so any letter stands for another one.
  private static func pattern(ofWord word: String) -> String {
    "%" + word.map { $0.isASCII ? String($0) : "_" }.joined() + "%"
  }

  /// Bodies by code and name whose code is nearly `reference`: those that live on `day` first, then the latest.
  package func nearBodies(_ reference: String, on day: Day?) throws(DatabaseError) -> [String] {
    let codes = try nearMisses(reference)
    let bodies = try organisations(
      withIDs: database.query(
        """
        SELECT DISTINCT organisation_id FROM code
        WHERE superseded_in IS NULL AND value IN (SELECT value FROM json_each(?1))
        """, [Self.list(codes)]
      ) { $0.organisation(0) })
    func rank(_ body: Organisation) -> (Int, Day) {
      (day.map { body.life?.contains($0) ?? false } ?? (body.lastDay == nil) ? 1 : 0, body.firstDay ?? .distantPast)
    }
    return bodies.sorted { rank($0) > rank($1) }.prefix(4).map { body in
      let code = body.codes.values.sorted().first(where: codes.contains) ?? body.key
      return body.name.map { "\(code) \($0)" } ?? code
    }
  }

  /// Codes that differ from `reference` by one wrong, missing or extra character, for a helpful message.
  package func nearMisses(_ reference: String) throws(DatabaseError) -> [String] {
    let wanted = Array(reference.uppercased().utf8)
    return try database.query("SELECT DISTINCT value FROM code WHERE superseded_in IS NULL ORDER BY value") {
      $0.text(0)
    }
    .filter { Self.areClose(Array($0.utf8), wanted) }
  }

  private static func areClose(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard long.count - short.count <= 1, short.count > 1 else { return false }
    let same = zip(short, long).prefix { $0 == $1 }.count
    return short.count == long.count
      ? short.dropFirst(same + 1) == long.dropFirst(same + 1) : short.dropFirst(same) == long.dropFirst(same + 1)
  }

  /// The pattern that matches `text` itself, with `ESCAPE '\'`.
  static func likePattern(of text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }

  /// The condition for rows of `table` that were current in the revision ?1.
  static func known(_ table: String) -> String {
    "\(table).opened_in <= ?1 AND (\(table).superseded_in IS NULL OR \(table).superseded_in > ?1)"
  }

  /// The condition for rows of `table` that hold on a day.
  static func holds(_ table: String, on day: String) -> String {
    "\(table).valid_from <= \(day) AND (\(table).valid_to IS NULL OR \(table).valid_to > \(day))"
  }
}
