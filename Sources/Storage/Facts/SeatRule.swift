/// How many holders of a seat the law asks of every body of a kind.
package struct SeatRule: Equatable, Sendable {
  package var kind: String
  package var seat: String
  /// Nil if the source asks for some but gives no number.
  package var minimum: Int?
  /// The first day on which it is in force.
  package var start: Day
  /// The first day on which it is no longer in force. Nil if it is still in force.
  package var end: Day?
}

extension FactSchema {
  static let seatRule = FactSchema(
    "seat-rule", table: "seat_rule", "How many of a seat bodies of a kind need.",
    [
      FactColumn("kind", .word(.kind), "the kind of body"),
      FactColumn("seat", .word(.seat), field: "type", "the seat"),
      FactColumn(
        "minimum", .integer(1...1_000), field: "amount", required: false,
        "at least so many. NULL if the source gives no number"),
      FactColumn("valid_from", .day, field: "from", "the first day"),
      FactColumn(
        "valid_to", .dayAfter, field: "to", required: false, "the first day after (half-open). NULL if it has not ended"
      ),
      .status,
    ],
    stage: .links, isDated: false,
    path: { "\($0[0].word)/seat-rule/\($0[1].word)@\($0[3].word)" })
}

extension Change.Content {
  package static func seatRule(_ rule: SeatRule) -> Self {
    .fact(
      .seatRule,
      [
        .text(rule.kind), .text(rule.seat), Value(rule.minimum.map(Int64.init)), Value(rule.start), Value(rule.end),
        .null,
      ])
  }
}
