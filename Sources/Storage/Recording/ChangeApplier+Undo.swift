/// Undoes a revision.
extension ChangeApplier {
  /// Reads what to undo from the file, so it must come before all other statements.
  func undo(_ target: Int64) throws(Failure) {
    let newest = revision - 1
    guard target >= 1, target <= newest else {
      throw .misunderstood(
        "there is no revision \(target) that could be undone: "
          + (newest > 0 ? "they are numbered from 1 to \(newest)" : "nothing was recorded yet"))
    }
    undone = min(undone ?? target, target)
    let undo = try attempt(Undo(of: target, in: database))
    let obstacles = try attempt(undo.obstacles(keys))
    guard obstacles.isEmpty else {
      throw .impossible(
        try obstacles.map { obstacle throws(Failure) in
          let later = try attempt(described(obstacle.revision))
          return "revision \(target) cannot be undone: \(later) \(obstacle.deed)"
        })
    }
    try attempt(undo.apply(to: pending, units))
  }

  /// Which revision recorded a fact or the place of a parcel that breaks a rule, if it is later than what is undone.
  func provenance(of subject: String) throws(DatabaseError) -> String {
    guard let undone else { return "" }
    let facts = FactKind.allCases.map {
      "SELECT opened_in FROM \($0.schema.table) WHERE key = ?1 AND superseded_in IS NULL"
    }
    let places = [FactKind.anchor, .movement].map { kind in
      """
      SELECT opened_in FROM \(kind.schema.table)
      WHERE parcel_id = (SELECT id FROM parcel WHERE key = ?1) AND superseded_in IS NULL
      """
    }
    let opened = try database.first(
      """
      SELECT max(opened_in) FROM (\((facts + places).joined(separator: " UNION ALL ")))
      WHERE opened_in > ?2 AND opened_in < ?3
      """, [.text(subject), .integer(undone), .integer(revision)]
    ) { $0.optionalInteger(0) }
    guard let opened, let opened else { return "" }
    return "; it was recorded in \(try described(opened))"
  }

  private func described(_ revision: Int64) throws(DatabaseError) -> String {
    try database.first("SELECT recorded_at, command FROM revision WHERE id = ?1", [.integer(revision)]) {
      "revision \(revision) (\($0.text(0)), \($0.text(1)))"
    } ?? "revision \(revision)"
  }
}
