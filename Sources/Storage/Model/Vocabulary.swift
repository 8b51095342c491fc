/// The words of a register. They are rows, so that a register of another country brings its own.

/// Who gives codes and names, for example `ods`.
public struct Scheme: Equatable, Sendable {
  public let key: String
  public let name: String
  /// The scheme of lowest rank gives the name that is shown first.
  public let rank: Int

  public init(key: String, name: String, rank: Int) {
    self.key = key
    self.name = name
    self.rank = rank
  }
}

/// A kind of body, for example `ccg`.
public struct Kind: Equatable, Sendable {
  public let key: String
  public let name: String
  /// Bodies of the tier `place` hold parcels; other tiers are read through the parents; nil: no territory.
  public let tier: String?
  /// Kinds of one group exclude each other on one body on one day.
  public let exclusiveGroup: String?

  public static let placeTier = "place"
  /// The tier of groupings that no law made.
  public static let groupingTier = "grouping"

  public init(key: String, name: String, tier: String?, exclusiveGroup: String?) {
    self.key = key
    self.name = name
    self.tier = tier
    self.exclusiveGroup = exclusiveGroup
  }
}

/// How one body stands to another, for example `part-of`.
public struct RelationshipKind: Equatable, Sendable {
  public let key: String
  public let name: String
  /// Whether territory is read upward through it.
  public let isParent: Bool

  public init(key: String, name: String, isParent: Bool) {
    self.key = key
    self.name = name
    self.isParent = isParent
  }
}

/// A division of the whole territory into units.
public struct Partition: Equatable, Sendable {
  public let key: String
  public let name: String
  /// What one unit is, for example "GP practice".
  public let unitName: String

  public init(key: String, name: String, unitName: String) {
    self.key = key
    self.name = name
    self.unitName = unitName
  }
}

/// What is measured of a partition on a stated day; without a partition: shares known without units.
public struct Basis: Equatable, Sendable {
  public let key: String
  public let name: String
  public let partition: String?
  /// What an amount counts, for example "people".
  public let unitName: String
  public let asAt: Day?
  /// Whether the amount of a parcel is simply its number of units.
  public let countsUnits: Bool

  public init(key: String, name: String, partition: String?, unitName: String, asAt: Day?, countsUnits: Bool) {
    self.key = key
    self.name = name
    self.partition = partition
    self.unitName = unitName
    self.asAt = asAt
    self.countsUnits = countsUnits
  }
}

/// What is commissioned, for example specialised services.
public struct Service: Equatable, Sendable {
  public let key: String
  public let name: String

  public init(key: String, name: String) {
    self.key = key
    self.name = name
  }
}

public struct MeasureKind: Equatable, Sendable {
  public let key: String
  public let name: String
  public let unitName: String

  public init(key: String, name: String, unitName: String) {
    self.key = key
    self.name = name
    self.unitName = unitName
  }
}
