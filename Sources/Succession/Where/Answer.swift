public import RegistryStorage

/// Where a body or a unit of one day lies on another day: parts that together are all of it.
///
/// Kept here:
/// 1. There is at least one part, and the parts add up to the whole exactly.
/// 2. No two parts lie in the same place for the same reason. Parts in bodies come first, in the order of the bodies.
public struct Answer: Equatable, Sendable {
  /// The parts. Parts that weigh nothing come last.
  public let parts: [Part]
  /// How it was found, in the order of the steps.
  package let trace: Trace

  /// The parts that weigh something.
  public var weighty: [Part] { parts.filter { !$0.isWeightless } }

  /// The one body in which all of it lies. Nil if there are several, or none.
  public var body: OrganisationID? {
    let weighty = weighty
    guard weighty.count == 1, case .body(let body) = weighty[0].place else { return nil }
    return body
  }

  /// The key of the basis that measured the parts. Nil if nothing had to be measured.
  public var basis: String? { parts.lazy.compactMap(\.basis).first }

  init(_ parts: [Part], _ trace: Trace = Trace()) {
    self.parts = parts
    self.trace = trace
  }

  /// All of it is one part.
  init(
    _ place: Place, _ weight: Weight? = nil, events: [EventID] = [], remark: Remark? = nil, _ trace: Trace = Trace()
  ) {
    var method: Method?
    if case .body = place { method = .whole }
    self.init(
      [
        Part(
          place: place, ratio: .whole, amount: weight?.amount, total: weight?.amount, basis: weight?.basis,
          method: method, events: events, remark: remark)
      ], trace)
  }

  /// What something weighs in a basis.
  struct Weight {
    let basis: String
    let amount: Amount
  }
}

extension Answer {
  /// A part of what was asked about.
  public struct Part: Equatable, Sendable {
    /// Where the part lies on the other day.
    public let place: Place
    /// The share of the part, as an exact ratio.
    public let ratio: Ratio
    /// What the part amounts to in the basis, on the first day. Nil if no basis measures it.
    public let amount: Amount?
    /// What all parts amount to. Nil if no basis measures them.
    public let total: Amount?
    /// The key of the basis that measured the part.
    public let basis: String?
    /// How the share was found. Nil unless the part lies in a body.
    public let method: Method?
    /// The ids of the events between the two days that took the part along, in the order of time.
    public let events: [EventID]
    /// What one should know of the part.
    public let remark: Remark?

    /// The share as a number from 0 to 1.
    public var share: Double { ratio.double }

    /// Whether the part weighs nothing in the basis that decided.
    public var isWeightless: Bool { ratio.numerator == 0 }
  }

  /// Where a part lies.
  public enum Place: Hashable, Sendable {
    /// The id of a body.
    case body(OrganisationID)
    /// In no body of the level that is asked for, because a source says where it lies instead.
    case none(Elsewhere)
    /// No source says where.
    case gap(Gap)
  }

  /// Where a part lies that is in no body of the level that is asked for.
  public enum Elsewhere: Hashable, Sendable {
    /// In a body of another kind.
    case otherKind(OrganisationID)
    /// In no body at all.
    case noBody(on: Day)
  }

  /// What is missing to say where something went.
  public enum Gap: Hashable, Sendable {
    /// The body did not live on the first day. It lived in these periods.
    case notAlive([Period])
    /// An event divides bodies, and no source says which units, or how much, went where.
    case event(EventID)
    /// The body ended on the day before, and no source says who succeeded it.
    case ended(OrganisationID, Day)
    /// The body began on the day, and no source says what it came from.
    case began(OrganisationID, Day)
    /// A body has no parent, or several, of the kinds that are asked for.
    case parent(of: OrganisationID, kinds: String, on: Day, several: Bool)
    /// The basis was observed between these two days only, and only from the first to the second.
    case observedOnOtherDays(basis: String, from: Day, to: Day)
    /// No basis measures it.
    case notMeasured
  }

  /// How a share was found.
  public enum Method: String, Sendable {
    /// It went as one, so nothing had to be measured.
    case whole
    /// Its units are known.
    case exact
    /// A division that is known by amounts alone, or by observation, lies between.
    case proportional
  }

  /// What one should know of a part.
  public enum Remark: Hashable, Sendable {
    /// Only duties are known to have passed.
    case duties
    /// Only some of the units are known to have gone anywhere. The others have no voice.
    case voices(Amount, of: Amount)
  }

  /// A share as the ratio of two whole numbers without a common divisor.
  public struct Ratio: Hashable, Sendable {
    /// From 0 to the denominator.
    public let numerator: UInt128
    /// At least 1.
    public let denominator: UInt128

    /// All of it.
    public static let whole = Ratio(1, 1)

    init(_ numerator: UInt128, _ denominator: UInt128) {
      let divisor = Self.commonDivisor(numerator, max(denominator, 1))
      self.numerator = numerator / divisor
      self.denominator = max(denominator, 1) / divisor
    }

    init(_ amount: Amount, of total: Amount) { self.init(amount.units.magnitude, total.units.magnitude) }

    /// The nearest binary fraction.
    public var double: Double { Double(numerator) / Double(denominator) }

    private static func commonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
      var (first, second) = (first, second)
      while second != 0 { (first, second) = (second, first % second) }
      return max(first, 1)
    }
  }

  /// How an answer was found: what the events did, and what became of each basis.
  package struct Trace: Equatable, Sendable {
    /// The bodies that a body became, or came from, on a day.
    package struct Step: Equatable, Sendable {
      package let day: Day
      package let from: OrganisationID
      package let to: [OrganisationID]
      package let events: [EventID]
    }

    package enum Outcome: Equatable, Sendable {
      case taken
      /// All parts were in one place, so it was not needed.
      case wentAsOne
      case measuresNothing
      /// The share that is missing, and the first reason.
      case gaps(Ratio, Gap)
      case observedOnOtherDays
    }

    package var steps: [Step] = []
    package var bases: [(basis: String, outcome: Outcome)] = []

    package static func == (left: Self, right: Self) -> Bool {
      left.steps == right.steps && left.bases.elementsEqual(right.bases, by: ==)
    }
  }
}

extension Answer.Gap {
  /// An order of gaps: the kind of gap, then the event or the body.
  var rank: (Int, Int64) {
    switch self {
    case .event(let event): (0, event.number)
    case .ended(let body, _): (1, body.number)
    case .began(let body, _): (2, body.number)
    case .parent(let body, _, _, _): (3, body.number)
    case .notAlive: (4, 0)
    case .observedOnOtherDays: (5, 0)
    case .notMeasured: (6, 0)
    }
  }
}

extension Answer.Place {
  /// An order of places: bodies by their numbers, then what is elsewhere, then gaps.
  var rank: (Int, Int, Int64) {
    switch self {
    case .body(let id): (0, 0, id.number)
    case .none(.otherKind(let id)): (1, 0, id.number)
    case .none(.noBody): (1, 1, 0)
    case .gap(let gap): (2, gap.rank.0, gap.rank.1)
    }
  }
}
