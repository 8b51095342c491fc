public import RegistryStorage

/// What is asked: where something of one day lies on another, at which level, by which bases.
public struct Question: Hashable, Sendable {
  /// The day of what is asked about.
  public var from: Day
  /// The other day. It may be the earlier one.
  public var to: Day
  /// The kind of the bodies of the other day. Nil for any body of the tier of what is asked about.
  public var toKind: String?
  /// Other kinds that count as the one that is asked for, such as systems of an earlier name.
  package var kindsAlike: [String] = []
  /// The keys of the bases, in the order in which to try them. Nil for the order of the register: the people of each
  /// partition before the counts of its units, the first partition first, and amounts alone last.
  public var bases: [String]?
  /// What becomes of parts that lie in another kind than the one that is asked for.
  public var otherKinds: OtherKinds
  /// Which days decide whether a body lives on the first day.
  public var dates: Timeline

  /// What becomes of parts in another kind.
  public enum OtherKinds: String, Sendable, CaseIterable {
    /// They stay parts that lie in no body of the kind.
    case keep
    /// The other parts get them, in their own ratio.
    case spread
  }

  /// Asks where something lies.
  public init(
    from: Day, to: Day, toKind: String? = nil, bases: [String]? = nil, otherKinds: OtherKinds = .keep,
    dates: Timeline = .legal
  ) {
    self.from = from
    self.to = to
    self.toKind = toKind
    self.bases = bases
    self.otherKinds = otherKinds
    self.dates = dates
  }
}
