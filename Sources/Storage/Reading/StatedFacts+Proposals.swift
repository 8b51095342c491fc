/// Proposals and their statements.
extension StatedFacts {
  /// The proposals that are in this state, or were in a revision, in the order of time.
  package func proposals(_ state: ProposalState, knownIn revision: Int64 = latest) throws(DatabaseError) -> [Change] {
    let schema = FactKind.proposalDetail.schema
    let rows = try database.query(
      """
      SELECT id, \(schema.columnList) FROM \(schema.table)
      WHERE state = ?2 AND \(Registry.known(schema.table)) ORDER BY planned_for, key
      """, [.integer(revision), .text(state.rawValue)]
    ) { FactRow(.proposalDetail, reading: $0) }
    return try rows.map(change)
  }

  /// The description of a proposal, if there is one with this key.
  package func proposal(_ key: String) throws(DatabaseError) -> Change? {
    guard let described = try fact(ProposalDetail.factKey(ofProposal: key)), described.content.proposal != nil else {
      return nil
    }
    return described
  }

  /// The statements of a proposal, in their order.
  package func statements(of proposal: String) throws(DatabaseError) -> [Change] {
    let rows = try database.query(
      """
      \(FactKind.proposalStatement.schema.selectCurrent)
        AND proposal_id = (SELECT id FROM proposal WHERE key = ?1) ORDER BY position
      """, [.text(proposal)]
    ) { FactRow(.proposalStatement, reading: $0) }
    return try rows.map(change)
  }

  /// The proposals that must be enacted before this one and have not been.
  package func openBases(of proposal: String) throws(DatabaseError) -> [String] {
    try database.query(
      """
      SELECT base.key
      FROM proposal_base JOIN proposal ON proposal.id = proposal_base.proposal_id JOIN proposal AS base ON base.id = base_id
        JOIN proposal_detail ON proposal_detail.proposal_id = base_id AND proposal_detail.superseded_in IS NULL
      WHERE proposal.key = ?1 AND proposal_base.superseded_in IS NULL AND state <> 'enacted' ORDER BY base.key
      """, [.text(proposal)]
    ) { $0.text(0) }
  }
}

extension Registry {
  /// Whether there is, or ever was, a proposal with this key.
  package func hasProposal(_ key: String) throws(DatabaseError) -> Bool {
    try database.hasRow("SELECT 1 FROM proposal WHERE key = ?1", [.text(key)])
  }

  /// Whether the register knows when the body with this key lived.
  package func hasLife(organisation key: String) throws(DatabaseError) -> Bool {
    try database.hasRow(
      """
      SELECT 1 FROM life WHERE organisation_id = (SELECT id FROM organisation WHERE key = ?1) AND superseded_in IS NULL
      """, [.text(key)])
  }

  /// Whether a body has this key, or would get it from an open proposal.
  package func isTaken(organisation key: String) throws(DatabaseError) -> Bool {
    if try isDescribed(organisation: key) { return true }
    return try database.hasRow(
      """
      SELECT 1 FROM proposal_statement JOIN proposal_detail USING (proposal_id)
      WHERE proposal_statement.superseded_in IS NULL AND proposal_detail.superseded_in IS NULL
        AND state = 'open' AND record = 'organisation' AND json_extract(fields, '$.key') = ?1
      """, [.text(key)])
  }
}
