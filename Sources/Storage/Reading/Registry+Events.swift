/// An amount that a body gave to another at an event, as a source states it.
package struct Flow: Sendable {
  package let event: EventID
  package let day: Day
  /// Nil if the amount comes from no body of the register.
  package let predecessor: OrganisationID?
  package let successor: OrganisationID
  /// The index of the basis in `Territory.bases`.
  package let basis: Int
  package let amount: Amount
}

/// When a body lived, in the order of time.
package struct Timelines: Sendable {
  package var legal: [Period] = []
  package var operational: [Period] = []

  /// The periods on a timeline, or on the other if nothing is known of that one.
  package func periods(_ timeline: Timeline) -> [Period] {
    timeline == .legal ? (legal.isEmpty ? operational : legal) : (operational.isEmpty ? legal : operational)
  }
}

extension Registry {
  /// All stated amounts that went from body to body, in the order of time.
  package func flows(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Flow] {
    let bases = try database.query("SELECT id FROM basis ORDER BY id") { $0.integer(0) }
    let indices = Dictionary(uniqueKeysWithValues: zip(bases, bases.indices))
    return try TerritoryFacts.flows(in: database, knownIn: revision).compactMap { flow in
      indices[flow.basis].map {
        Flow(
          event: flow.event, day: flow.day, predecessor: flow.predecessor, successor: flow.successor, basis: $0,
          amount: flow.amount)
      }
    }
  }

  /// When each body lived, on both timelines.
  package func timelines(knownIn revision: Int64 = latest) throws(DatabaseError) -> [OrganisationID: Timelines] {
    var timelines: [OrganisationID: Timelines] = [:]
    try database.each(
      """
      SELECT organisation_id, timeline, valid_from, valid_to FROM life WHERE \(Self.known("life"))
      ORDER BY organisation_id, valid_from
      """, [.integer(revision)]
    ) { row in
      if row.text(1) == Timeline.legal.rawValue {
        timelines[row.organisation(0), default: Timelines()].legal.append(row.period(2))
      } else {
        timelines[row.organisation(0), default: Timelines()].operational.append(row.period(2))
      }
    }
    return timelines
  }
}
