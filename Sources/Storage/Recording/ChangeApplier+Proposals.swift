/// Records the statements of proposals.
///
/// Kept here:
/// 1. A statement keeps its place, and so its key, for good. The same statement made again is the same fact. The place
///    of a statement that was taken back is never used again.
/// 2. A proposal that was enacted or withdrawn gets no new statements.
extension ChangeApplier {
  /// The known statements of one proposal.
  struct Proposed {
    /// The places of the statements, by record and fields.
    var positions: [[Value]: Int64] = [:]
    var last: Int64 = 0
    var state: String?
  }

  func propose(_ fact: Fact, _ change: Change) throws(Failure) {
    let key = fact.values[0].text ?? ""
    let proposal = try identity(.proposal, key)
    var known = if let known = proposed[proposal] { known } else { try attempt(stored(proposal)) }
    let said = Array(fact.values[2...])
    let position = known.positions[said] ?? known.last + 1
    if position > known.last, let state = known.state, state != ProposalState.open.rawValue {
      throw .misunderstood("the proposal '\(key)' is \(state): make another one")
    }
    known.last = max(known.last, position)
    known.positions[said] = position
    proposed[proposal] = known
    try put(
      FactRow(
        kind: .proposalStatement, key: "\(key)/\(position)", values: [.integer(proposal), .integer(position)] + said,
        note: change.note), change)
  }

  private func stored(_ proposal: Int64) throws(DatabaseError) -> Proposed {
    var found = Proposed()
    try database.each(
      "SELECT position, record, fields FROM proposal_statement WHERE proposal_id = ?1 AND superseded_in IS NULL",
      [.integer(proposal)]
    ) { found.positions[[$0.value(1), $0.value(2)]] = $0.integer(0) }
    found.last =
      try database.first(
        "SELECT ifnull(max(position), 0) FROM proposal_statement WHERE proposal_id = ?1", [.integer(proposal)]
      ) { $0.integer(0) } ?? 0
    found.state = try database.first(
      "SELECT state FROM proposal_detail WHERE proposal_id = ?1 AND superseded_in IS NULL", [.integer(proposal)]
    ) { $0.text(0) }
    return found
  }
}
