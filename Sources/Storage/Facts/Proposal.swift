/// What became of a proposal, if anything did.
package enum ProposalState: String, Sendable, CaseIterable {
  case open, enacted, withdrawn
}

/// What a register says of a proposal besides its statements.
package struct ProposalDetail: Equatable, Sendable {
  /// The expected day.
  package var day: Day
  package var title: String
  package var state: ProposalState

  package init(day: Day, title: String, state: ProposalState = .open) {
    self.day = day
    self.title = title
    self.state = state
  }
}

extension FactSchema {
  static let proposalDetail = FactSchema(
    "proposal", table: "proposal_detail",
    "What is expected to happen: a proposal, whose statements make no facts until it is enacted.",
    [
      FactColumn("proposal", .establishes(.proposal), field: "key", "its permanent key"),
      FactColumn("planned_for", .day, field: "from", "the expected day"),
      FactColumn("title", .text(), field: "value", "what is proposed"),
      FactColumn(
        "state", .choice(ProposalState.self), field: "nature", otherwise: .text(ProposalState.open.rawValue),
        "open, enacted or withdrawn"),
    ],
    stage: .identities, isDated: false, path: { $0[0].text.map(ProposalDetail.factKey) })

  static let proposalBase = FactSchema(
    "proposal-base", table: "proposal_base", "A proposal that counts on another to be enacted first.",
    [
      FactColumn("proposal", .proposal, field: "key", "the proposal"),
      FactColumn("base", .proposal, field: "other", "the one to be enacted first"),
    ],
    stage: .links, isDated: false, hasSource: false, path: { "\($0[0].word)/base/\($0[1].word)" })

  /// One line of a change file, which waits until its proposal is enacted. The module for change files fills it in.
  static let proposalStatement = FactSchema(
    "proposal-statement", table: "proposal_statement", "A statement of a proposal: a line of a change file.",
    [
      FactColumn("proposal", .proposal, "the proposal"),
      FactColumn("position", .integer(1...Int64.max), "its place among the statements of the proposal"),
      FactColumn("record", .text(), "the record that it states"),
      FactColumn("fields", .text(), "its fields, by column of the change file, as JSON"),
    ],
    stage: .links, isDated: false, hasSource: false,
    order: "(SELECT key FROM proposal WHERE id = proposal_id), position",
    path: { "\($0[0].word)/\($0[1].word)" },
    flaw: { values in
      let record = values[2].text ?? ""
      return Change.Content.proposedRecords.contains(record)
        ? nil : "a proposal cannot hold a line '\(record)': record it by itself"
    })
}

extension ProposalDetail {
  /// The permanent key of the fact that describes a proposal.
  package static func factKey(ofProposal proposal: String) -> String { "\(proposal)/proposal" }
}

extension Change.Content {
  /// The records that can be proposed. Words and units have no dates, so they cannot. Nothing can be taken back or
  /// erased in advance. A proposal cannot contain another one.
  fileprivate static let proposedRecords: Set<String> = {
    let own: [FactKind] = [.proposalDetail, .proposalBase, .proposalStatement]
    let facts = FactKind.allCases.filter { !own.contains($0) }.map(\.schema.record)
    return Set(facts + ["organisation", "parcel", "open", "close", "retract"])
  }()

  package static func proposal(key: String, _ detail: ProposalDetail) -> Self {
    .fact(
      .proposalDetail,
      [.text(key), Value(detail.day), .text(detail.title), .text(detail.state.rawValue)])
  }

  /// - Parameter base: the proposal that must be enacted before `proposal`.
  package static func proposalBase(of proposal: String, _ base: String) -> Self {
    .fact(.proposalBase, [.text(proposal), .text(base)])
  }

  /// - Parameter fields: as JSON.
  package static func proposed(in proposal: String, record: String, fields: String) -> Self {
    .fact(.proposalStatement, [.text(proposal), .null, .text(record), .text(fields)])
  }

  /// The proposal that a statement describes.
  package var proposal: (key: String, detail: ProposalDetail)? {
    guard case .fact(let fact) = self, fact.kind == .proposalDetail, let day = fact.values[1].day else { return nil }
    return (
      fact.values[0].text ?? "",
      ProposalDetail(
        day: day, title: fact.values[2].text ?? "",
        state: fact.values[3].text.flatMap(ProposalState.init) ?? .open)
    )
  }

  /// What a proposal states, with its fields as JSON.
  package var proposed: (proposal: String, position: Int64?, record: String, fields: String)? {
    guard case .fact(let fact) = self, fact.kind == .proposalStatement else { return nil }
    return (
      fact.values[0].text ?? "", fact.values[1].integer, fact.values[2].text ?? "", fact.values[3].text ?? ""
    )
  }
}
