/// The log: who wrote what, and why.
extension Registry {
  /// The revisions, oldest first.
  /// - Parameter organisations: keeps only the revisions that touched one of these bodies: its facts, its relationships
  ///   on either side, or the links and events in which it takes part. Nil means all revisions.
  public func revisions(touching organisations: [OrganisationID]? = nil) throws(DatabaseError) -> [Revision] {
    let filter = organisations == nil ? "" : Self.touching
    return try database.query(
      "SELECT id, recorded_at, actor, command, reason, row_count FROM revision \(filter) ORDER BY id",
      organisations.map { [Self.list($0)] } ?? []
    ) {
      Revision(
        number: $0.integer(0), recordedAt: $0.text(1), actor: $0.text(2), command: $0.text(3), reason: $0.text(4),
        rowCount: Int($0.integer(5)))
    }
  }

  /// The files from which revisions were read, by revision.
  package func revisionFiles() throws(DatabaseError) -> [Int64: [RevisionFile]] {
    var files: [Int64: [RevisionFile]] = [:]
    try database.each(
      """
      SELECT revision_id, file_name, sha256, line_count, reject_count FROM revision_file
      ORDER BY revision_id, file_name
      """
    ) {
      files[$0.integer(0), default: []].append(
        RevisionFile(
          name: $0.text(1), sha256: $0.text(2), lineCount: Int($0.integer(3)), rejectCount: Int($0.integer(4))))
    }
    return files
  }

  /// Revisions that established one of the bodies in the JSON array ?1, or opened or superseded a row about it.
  private static var touching: String {
    func about(_ columns: some Sequence<String>) -> String {
      "(" + columns.map { "\($0) IN body" }.joined(separator: " OR ") + ")"
    }
    var events: [String] = []
    var rows = ["SELECT opened_in, NULL FROM organisation WHERE id IN body"]
    for schema in FactKind.allCases.map(\.schema) where !schema.bodies.isEmpty {
      let columns = schema.bodies.map { schema.columns[$0].sql }
      rows.append("SELECT opened_in, superseded_in FROM \(schema.table) WHERE \(about(columns))")
      if schema.isDated {
        // A superior takes no part in the events of the bodies below it.
        for event in ["from_event_id", "to_event_id"] {
          events.append("SELECT \(event) FROM \(schema.table) WHERE organisation_id IN body")
        }
      } else if schema.event != nil {
        events.append("SELECT event_id FROM \(schema.table) WHERE \(about(columns))")
      }
    }
    for schema in FactKind.allCases.map(\.schema) {
      for column in schema.columns {
        guard case .holder = column.type else { continue }
        rows.append(
          "SELECT redacted_in, NULL FROM holder WHERE id IN (SELECT \(column.sql) FROM \(schema.table) WHERE organisation_id IN body)"
        )
      }
    }
    rows.append("SELECT opened_in, superseded_in FROM event_detail WHERE event_id IN event")
    return """
      WHERE id IN (
        WITH body AS (SELECT value FROM json_each(?1)),
        event (id) AS (\(events.joined(separator: " UNION "))),
        touched (opened, superseded) AS (\(rows.joined(separator: " UNION ALL ")))
        SELECT opened FROM touched UNION SELECT superseded FROM touched)
      """
  }
}
