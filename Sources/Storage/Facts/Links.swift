/// What a succession carries.
public enum SuccessionNature: String, Sendable, CaseIterable {
  /// The body as a whole: whatever no movement or flow sends elsewhere.
  case succession
  /// Only what movements and flows show.
  case territory
  /// Functions and duties, but no territory.
  case duties
}

extension FactSchema {
  static let succession = FactSchema(
    "succession", "A link of an event from one body to another.",
    [
      .event,
      FactColumn("predecessor", .body(.dayBeforeEvent), field: "organisation", "the body before"),
      FactColumn("successor", .body(.onFirstDay), field: "other", "the body after"),
      FactColumn(
        "nature", .choice(SuccessionNature.self),
        "succession: the body as a whole; territory: what movements or flows show; duties: no territory"),
      .status,
    ],
    stage: .links, isDated: false, isTerritorial: true, joinsTwoBodies: true, owners: [0],
    path: { "\($0[0].word)/succession/\($0[1].word)/\($0[2].word)" })

  static let movement = FactSchema(
    "movement", "A parcel that goes to a body in an event that divides; all others follow by themselves.",
    [
      .event, FactColumn("parcel", .parcel, "the parcel"),
      FactColumn("successor", .body(.onFirstDay), field: "other", "the body that it goes to"),
    ],
    stage: .links, isDated: false, isTerritorial: true,
    path: { "\($0[0].word)/movement/\($0[1].word)" })

  /// A unit that changes its body by itself. No event of bodies takes part in it.
  static let unitMove = FactSchema(
    "move", table: "unit_move", "A unit that goes from one body to another by itself, without an event of bodies.",
    [
      FactColumn("partition", .word(.partition), exported: "unit_partition", "the partition"),
      FactColumn("unit_code", .tag, field: "unit", exported: "unit", "the code of the unit"),
      FactColumn("predecessor", .body(.dayBefore(column: 4)), field: "organisation", "the body that it leaves"),
      FactColumn("successor", .body(.onDay(column: 4)), field: "other", "the body that it joins"),
      FactColumn("moved_on", .day, field: "from", "the first day in the new body"),
    ],
    stage: .links, isDated: false, isTerritorial: true, joinsTwoBodies: true,
    exclusion: Exclusion(rule: "unit-moves-once-a-day", rivals: Rivals(sharing: [0, 1, 4])),
    path: { "\($0[0].word)/\($0[1].word)/move@\($0[4].word)" })

  static let flow = FactSchema(
    "flow",
    "How much of a predecessor went to a successor, where only the amount is known. What stays goes to the body itself.",
    [
      .event,
      FactColumn(
        "predecessor", .body(.dayBeforeEvent), field: "organisation", required: false,
        "the body before. NULL if it is no body of the register"),
      FactColumn("successor", .body(.onFirstDay), field: "other", "the body after"),
      FactColumn("basis", .word(.basis), "what the amount counts"),
      FactColumn("amount", .number(isNegative: false), "how much"),
    ],
    stage: .links, isDated: false, isTerritorial: true,
    path: { "\($0[0].word)/flow/\($0[1].text ?? "outside")/\($0[2].word)/\($0[3].word)" })

  static let anchor = FactSchema(
    "anchor", "The body in which a source places a parcel on one day; every other day follows from the events.",
    [
      FactColumn("parcel", .parcel, "the parcel"),
      FactColumn("organisation", .body(.onDay(column: 2)), "the body"),
      FactColumn("anchored_on", .day, field: "from", "the day"), .status,
    ],
    stage: .links, isDated: false, isTerritorial: true,
    exclusion: Exclusion(rule: "anchor-is-one", rivals: Rivals(sharing: [0])),
    path: { "\($0[0].word)/anchor" })

  static let observation = FactSchema(
    "observed", table: "observation",
    "How much of a body on one day lay in a body on another, as somebody observed it.",
    [
      FactColumn("predecessor", .body(.onDay(column: 1)), field: "organisation", "the body on the one day"),
      FactColumn("predecessor_on", .day, field: "from", "the one day"),
      FactColumn("successor", .body(.onDay(column: 3)), field: "other", "the body on the other day"),
      FactColumn("successor_on", .day, field: "to", "the other day"),
      FactColumn("basis", .word(.basis), "what the amount counts"),
      FactColumn("amount", .number(isNegative: false), "how much"),
    ],
    stage: .links, isDated: false,
    path: { words in
      "\(words[4].word)/\(words[0].word)@\(words[1].word)/\(words[2].word)@\(words[3].word)"
    })
}

extension Change.Content {
  /// States that one body succeeds another in an event. All three are given by their permanent keys.
  public static func succession(
    event: String, predecessor: String, successor: String, nature: SuccessionNature
  ) -> Self {
    .fact(
      .succession, [.text(event), .text(predecessor), .text(successor), .text(nature.rawValue), .null])
  }

  package static func movement(event: String, parcel: String, successor: String) -> Self {
    .fact(.movement, [.text(event), .text(parcel), .text(successor)])
  }

  /// States that a unit goes from one body to another, without an event of bodies.
  /// - Parameter day: the first day in the new body.
  package static func move(
    partition: String, unit: String, from predecessor: String, to successor: String, on day: Day
  ) -> Self {
    .fact(.unitMove, [.text(partition), .text(unit), .text(predecessor), .text(successor), Value(day)])
  }

  /// - Parameter predecessor: nil if the amount comes from no body of the register.
  package static func flow(
    event: String, predecessor: String?, successor: String, basis: String, amount: Double
  ) -> Self {
    .fact(.flow, [.text(event), Value(predecessor), .text(successor), .text(basis), .real(amount)])
  }

  package static func anchor(parcel: String, organisation: String, on day: Day) -> Self {
    .fact(.anchor, [.text(parcel), .text(organisation), Value(day), .null])
  }

  package static func observation(
    predecessor: String, predecessorDay: Day, successor: String, successorDay: Day, basis: String, amount: Double
  ) -> Self {
    .fact(
      .observation,
      [
        .text(predecessor), Value(predecessorDay), .text(successor), Value(successorDay), .text(basis), .real(amount),
      ])
  }
}
