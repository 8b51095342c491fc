/// What a register says of a seat for a period: that somebody holds it, or that it is vacant.
package struct Appointment: Equatable, Sendable {
  package var seat: String
  package var nature: AppointmentNature
  /// What the holder is, for example `gp`. It is never a name.
  package var profession: String?
  /// The permanent key of the holder. Without one, the register makes a key if a name is recorded.
  package var holder: String?
  /// The holder's name, on its way into the register. Reading gives a name only on request.
  package var name: String?

  package init(
    seat: String, nature: AppointmentNature = .held, profession: String? = nil, holder: String? = nil,
    name: String? = nil
  ) {
    self.seat = seat
    self.nature = nature
    self.profession = profession
    self.holder = holder
    self.name = name
  }

  /// The permanent key of an appointment that comes without one. It says nothing of a person but the holder's key.
  package func key(of organisation: String, from day: Day) -> String {
    "\(organisation)/\(Self.path(seat: seat, isVacant: nature == .vacant, holder: holder))@\(day)"
  }

  /// The part of the key that tells apart the appointments of one body on one day.
  fileprivate static func path(seat: String, isVacant: Bool, holder: String?) -> String {
    "seat/\(seat)" + (isVacant ? "/vacant" : holder.map { "/\($0)" } ?? "")
  }
}

package enum AppointmentNature: String, Sendable, CaseIterable {
  case held, vacant
}

extension FactSchema {
  /// Appointments to a single seat follow one another.
  private static let oneSeat = Rivals(
    sharing: [0, 1], test: { one, _, keys in keys.isSingle(seat: one[1].integer ?? 0) })

  /// A single seat has one holder at a time. Nobody holds two seats of one kind, either.
  private static let oneHolder = Rivals(
    sharing: [0, 1],
    test: { one, other, keys in
      keys.isSingle(seat: one[1].integer ?? 0) || one[4] == other[4] && one[4] != .null
    })

  static let appointment = FactSchema(
    "appointment", "A seat of a body is held, or vacant.", topic: .governance, heading: "seat",
    [
      .organisation, FactColumn("seat", .word(.seat), field: "type", "the seat"),
      FactColumn(
        "nature", .choice(AppointmentNature.self), otherwise: .text(AppointmentNature.held.rawValue), "held or vacant"),
      FactColumn("profession", .text(), field: "group", required: false, "of the holder, for example gp"),
      FactColumn(
        "holder", .holder, field: "other", required: false, "the holder's key; names stay in the register"),
    ],
    unstored: [FactColumn("name", .personName, field: "value", required: false)],
    timeline: oneSeat,
    exclusion: Exclusion(
      rule: "appointment-does-not-overlap", rivals: oneHolder,
      condition: "seat_id IN (SELECT id FROM seat WHERE is_single)",
      shared: [{ "\($0).organisation_id" }, { "\($0).seat_id" }]),
    told: "'an appointment'",
    path: {
      Appointment.path(seat: $0[1].word, isVacant: $0[2].text == AppointmentNature.vacant.rawValue, holder: $0[4].text)
    },
    flaw: { values in
      if values[2].text == AppointmentNature.vacant.rawValue, !values[3...].allSatisfy({ $0 == .null }) {
        return "a seat that is vacant has no holder and no profession"
      }
      if let profession = values[3].text, !profession.isWord {
        return "a profession is one word of small letters and hyphens, such as gp or ward-manager; a name does not "
          + "belong there, where it could not be erased"
      }
      return nil
    })
}

extension Change.Content {
  package static func appointment(organisation: String, _ appointment: Appointment) -> Self {
    .fact(
      .appointment,
      [
        .text(organisation), .text(appointment.seat), .text(appointment.nature.rawValue),
        Value(appointment.profession), Value(appointment.holder), Value(appointment.name),
      ])
  }

  /// The appointment that a statement describes.
  package var appointment: Appointment? {
    guard case .fact(let fact) = self, fact.kind == .appointment else { return nil }
    return Appointment(
      seat: fact.values[1].text ?? "", nature: fact.values[2].text.flatMap(AppointmentNature.init) ?? .held,
      profession: fact.values[3].text, holder: fact.values[4].text, name: fact.values[5].text)
  }
}

extension String {
  /// Whether it is one word such as `gp` or `ward-manager`.
  fileprivate var isWord: Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return !isEmpty && utf8.allSatisfy { letters.contains($0) || $0 == UInt8(ascii: "-") }
  }
}
