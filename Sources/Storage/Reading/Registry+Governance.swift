/// What the register says of a seat of a body on a day.
package struct SeatedAppointment: Sendable {
  package let organisation: OrganisationID
  package let seat: String
  package let nature: AppointmentNature
  package let profession: String?
  package let source: String?
}

/// The constitution of a body on a day.
package struct ConstitutionVersion: Sendable {
  package let organisation: OrganisationID
  package let version: String
  package let firstDay: Day
  package let source: String?
}

/// A rule on seats, with its source.
package struct CitedSeatRule: Sendable {
  package let rule: SeatRule
  /// Where its dates come from.
  package let status: Certainty
  package let source: String?
}

extension Registry {
  /// The seats for which the register has words, in its order.
  package func seats() throws(DatabaseError) -> [Seat] {
    try database.query("SELECT key, name, is_single FROM seat ORDER BY id") {
      Seat(key: $0.text(0), name: $0.text(1), isSingle: $0.integer(2) != 0)
    }
  }

  /// The rules in force on `day`, in the order of kinds and seats.
  package func seatRules(on day: Day, knownIn revision: Int64 = latest) throws(DatabaseError) -> [CitedSeatRule] {
    try database.query(
      """
      SELECT kind.key, seat.key, minimum, valid_from, valid_to, status, citation.title
      FROM seat_rule JOIN kind ON kind.id = kind_id JOIN seat ON seat.id = seat_id
        LEFT JOIN citation ON citation.source_id = seat_rule.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("seat_rule")) AND \(Self.holds("seat_rule", on: "?2")) ORDER BY kind.id, seat.id
      """, [.integer(revision), Value(day)]
    ) {
      CitedSeatRule(
        rule: SeatRule(
          kind: $0.text(0), seat: $0.text(1), minimum: $0.optionalInteger(2).map(Int.init), start: $0.day(3),
          end: $0.optionalDay(4)), status: $0.certainty(5), source: $0.optionalText(6))
    }
  }

  /// The appointments of all bodies on `day`, without names.
  package func appointments(on day: Day, knownIn revision: Int64 = latest) throws(DatabaseError) -> [SeatedAppointment]
  {
    try database.query(
      """
      SELECT organisation_id, seat.key, nature, profession, citation.title
      FROM appointment JOIN seat ON seat.id = seat_id
        LEFT JOIN citation ON citation.source_id = appointment.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("appointment")) AND \(Self.holds("appointment", on: "?2")) ORDER BY appointment.id
      """, [.integer(revision), Value(day)]
    ) {
      SeatedAppointment(
        organisation: $0.organisation(0), seat: $0.text(1), nature: AppointmentNature(rawValue: $0.text(2)) ?? .held,
        profession: $0.optionalText(3), source: $0.optionalText(4))
    }
  }

  /// The constitutions in force on `day`.
  package func constitutions(on day: Day, knownIn revision: Int64 = latest) throws(DatabaseError)
    -> [ConstitutionVersion]
  {
    try database.query(
      """
      SELECT organisation_id, version, valid_from, citation.title FROM constitution
        LEFT JOIN citation ON citation.source_id = constitution.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("constitution")) AND \(Self.holds("constitution", on: "?2")) ORDER BY constitution.id
      """, [.integer(revision), Value(day)]
    ) {
      ConstitutionVersion(
        organisation: $0.organisation(0), version: $0.text(1), firstDay: $0.day(2), source: $0.optionalText(3))
    }
  }

  // MARK: Holders

  package func hasHolder(_ key: String) throws(DatabaseError) -> Bool {
    try database.hasRow("SELECT 1 FROM holder WHERE key = ?1", [.text(key)])
  }

  /// The keys of the holders of this name.
  package func holders(named name: String) throws(DatabaseError) -> [String] {
    try database.query("SELECT key FROM holder WHERE name = ?1 ORDER BY id", [.text(name)]) { $0.text(0) }
  }

  /// A key that no holder has.
  package func unusedHolderKey() throws(DatabaseError) -> String { try Self.unusedHolderKey(database) }

  static func unusedHolderKey(_ database: Database) throws(DatabaseError) -> String {
    let number = try database.first("SELECT ifnull(max(id), 0) + 1 FROM holder") { $0.integer(0) } ?? 1
    return try NewKey.unused("holder-\(number)") { key throws(DatabaseError) in
      try database.hasRow("SELECT 1 FROM holder WHERE key = ?1", [.text(key)])
    }
  }

  /// Rewrites the file, so that no unused page still holds what was erased, and empties the log beside it.
  /// - Returns: false if another reader keeps the log from being emptied. Then the caller must try again.
  package func eraseRemains() throws(DatabaseError) -> Bool {
    try database.mustNotBeReading()
    try database.execute("VACUUM")
    return try database.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) == 0 } ?? false
  }
}
