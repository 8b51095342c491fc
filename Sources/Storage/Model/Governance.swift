/// A seat in governing bodies, for example `chair`. A word of the register.
public struct Seat: Equatable, Sendable {
  public let key: String
  public let name: String
  /// Whether a body has just one of it: then the next appointment begins where the last one ends.
  public let isSingle: Bool

  public init(key: String, name: String, isSingle: Bool) {
    self.key = key
    self.name = name
    self.isSingle = isSingle
  }
}

/// What is said of a seat of a body over a period: somebody holds it, or it is vacant.
public struct Appointment: Equatable, Sendable {
  public var seat: String
  public var nature: AppointmentNature
  /// What the holder is, for example `gp`; never a name.
  public var profession: String?
  /// The permanent key of the holder; nil: nobody says who, or it is made when a name is recorded.
  public var holder: String?
  /// The holder's name, on its way into the register. What is read from a register has none, unless it is asked for.
  public var name: String?

  public init(
    seat: String, nature: AppointmentNature = .held, profession: String? = nil, holder: String? = nil,
    name: String? = nil
  ) {
    self.seat = seat
    self.nature = nature
    self.profession = profession
    self.holder = holder
    self.name = name
  }
}

extension Appointment {
  /// What tells appointments of one body and one day apart.
  var path: String { "seat/\(seat)" + (nature == .vacant ? "/vacant" : holder.map { "/\($0)" } ?? "") }

  /// The permanent key that an appointment gets which is given none: it says nothing of a person but the holder's key.
  public func key(of organisation: String, from day: Day) -> String { "\(organisation)/\(path)@\(day)" }
}

public enum AppointmentNature: String, Sendable, CaseIterable {
  case held, vacant
}

/// How many of a seat the law asks of every body of a kind.
public struct SeatRule: Equatable, Sendable {
  public var kind: String
  public var seat: String
  /// nil: some; the source gives no number.
  public var minimum: Int?
  /// The first day on which it is in force.
  public var start: Day
  /// The first day on which it no longer is; nil: it goes on.
  public var end: Day?

  public init(kind: String, seat: String, minimum: Int?, start: Day, end: Day?) {
    self.kind = kind
    self.seat = seat
    self.minimum = minimum
    self.start = start
    self.end = end
  }
}
