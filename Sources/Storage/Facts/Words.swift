/// The vocabularies of a register: the words that the columns of facts may hold.
///
/// Words are rows, so that the register of another country can bring its own.
public enum WordKind: String, CaseIterable, Sendable {
  /// The vocabularies, as change files call them.
  case scheme, kind, relationshipKind = "relationship_kind", partition, basis, measureKind = "measure_kind", service,
    seat

  package var spoken: String { rawValue.replacing("_", with: " ") }

  /// The word with which a line of a change file begins.
  package var record: String { rawValue.replacing("_", with: "-") }

  package static let byRecord = Dictionary(uniqueKeysWithValues: allCases.map { ($0.record, $0) })

  /// What a register says about a word. The first column is its name.
  package var columns: [FactColumn] {
    switch self {
    case .scheme: Self.schemeColumns
    case .kind: Self.kindColumns
    case .relationshipKind: Self.relationshipColumns
    case .partition: Self.partitionColumns
    case .basis: Self.basisColumns
    case .measureKind: Self.measureColumns
    case .service: Self.serviceColumns
    case .seat: Self.seatColumns
    }
  }

  /// What a word of this vocabulary is, in a sentence.
  package var words: String {
    switch self {
    case .scheme: "A scheme of codes and names, such as that of the Organisation Data Service."
    case .kind: "A kind of body."
    case .relationshipKind: "A way in which one body stands under another."
    case .partition: "A division of the whole territory into units, such as small areas or practices."
    case .basis:
      "What shares are measured by: an amount of every unit of a partition, or shares that somebody published."
    case .measureKind: "What can be measured of a body."
    case .service: "A service line, in the words of whoever says who commissions it."
    case .seat: "A seat in governing bodies."
    }
  }

  private static let name = FactColumn("name", .text(), field: "value", exported: "title", "what it is called")
  private static func unitName(_ words: String) -> FactColumn {
    FactColumn("unit_name", .text(), field: "unit", words)
  }
  private static let schemeColumns = [
    name,
    FactColumn(
      "rank", .integer(-1_000_000...1_000_000), exported: "name_order", otherwise: .integer(0),
      "the scheme with the lowest gives the name that is shown first"),
    FactColumn(
      "letter_case", .choice(LetterCase.self), field: "type", required: false,
      "how its codes are written. NULL if as they are stated"),
  ]
  private static let kindColumns = [
    name,
    FactColumn("tier", .tag, required: false, "bodies of the tier 'place' hold territory. NULL if it has no tier"),
    FactColumn(
      "exclusive_group", .tag, field: "group", required: false, "kinds of one group exclude each other on any day"),
  ]
  private static let relationshipColumns = [
    name,
    FactColumn("is_parent", .flag("parent"), field: "type", "1: the superior is the parent in the hierarchy"),
  ]
  private static let partitionColumns = [name, unitName("what a unit is")]
  private static let basisColumns = [
    name,
    FactColumn(
      "partition", .word(.partition), exported: "unit_partition", required: false,
      "the units that it measures. NULL if it has published shares without units"),
    unitName("what an amount counts"),
    FactColumn("as_at", .day, field: "from", required: false, "the day of the amounts"),
    FactColumn("counts_units", .flag("count"), field: "type", "1: every unit amounts to 1"),
  ]
  private static let measureColumns = [name, unitName("what is counted")]
  private static let serviceColumns = [name]
  private static let seatColumns = [
    name, FactColumn("is_single", .flag("single"), field: "type", "1: a body has just one"),
  ]

  /// What is wrong with a word, in a sentence.
  func flaw(_ values: [Value]) -> String? {
    self == .basis && values[1] == .null && values[4] == .integer(1)
      ? "a basis that counts units needs a 'partition'" : nil
  }
}

/// A word that somebody adds to the register.
public struct Word: Equatable, Sendable {
  /// The vocabulary that it belongs to.
  public let kind: WordKind
  /// Its permanent key.
  public let key: String
  /// In the order of the columns of its kind.
  package let values: [Value]

  package init(_ kind: WordKind, _ key: String, _ values: [Value]) {
    self.kind = kind
    self.key = key
    self.values = values
  }

  /// What people call it.
  public var name: String { values[0].text ?? "" }

  /// The words to which this one refers.
  package var words: [String] {
    zip(kind.columns, values).compactMap { column, value in
      if case .word = column.type { value.text } else { nil }
    }
  }

  /// How a sentence names the word among those of all kinds.
  var spokenKey: String { "\(kind.spoken) \(key)" }
}

extension Change.Content {
  /// Adds a scheme of codes to the register.
  public static func scheme(_ scheme: Scheme) -> Self {
    .word(
      Word(
        .scheme, scheme.key,
        [.text(scheme.name), .integer(Int64(scheme.rank)), Value(scheme.letterCase?.rawValue)]))
  }

  /// Adds a kind of body to the register.
  public static func kind(_ kind: Kind) -> Self {
    .word(Word(.kind, kind.key, [.text(kind.name), Value(kind.tier), Value(kind.exclusiveGroup)]))
  }

  /// Adds a way in which one body stands under another.
  public static func relationshipKind(_ kind: RelationshipKind) -> Self {
    .word(Word(.relationshipKind, kind.key, [.text(kind.name), Value(kind.isParent)]))
  }

  package static func partition(_ partition: Partition) -> Self {
    .word(Word(.partition, partition.key, [.text(partition.name), .text(partition.unitName)]))
  }

  package static func basis(_ basis: Basis) -> Self {
    .word(
      Word(
        .basis, basis.key,
        [
          .text(basis.name), Value(basis.partition), .text(basis.unitName), Value(basis.asAt), Value(basis.countsUnits),
        ]))
  }

  package static func measureKind(_ kind: MeasureKind) -> Self {
    .word(Word(.measureKind, kind.key, [.text(kind.name), .text(kind.unitName)]))
  }

  package static func service(_ service: Service) -> Self { .word(Word(.service, service.key, [.text(service.name)])) }

  package static func seat(_ seat: Seat) -> Self {
    .word(Word(.seat, seat.key, [.text(seat.name), Value(seat.isSingle)]))
  }
}

/// Who gives codes and names, for example `ods`.
public struct Scheme: Equatable, Sendable {
  /// Its permanent key.
  public let key: String
  /// What people call it.
  public let name: String
  /// The scheme with the lowest rank gives the name that is shown first.
  public let rank: Int
  /// How its codes are written. Nil if as they are stated.
  public let letterCase: LetterCase?

  /// Describes a scheme, which `Change.Content` can then add to a register.
  public init(key: String, name: String, rank: Int, letterCase: LetterCase? = nil) {
    self.key = key
    self.name = name
    self.rank = rank
    self.letterCase = letterCase
  }

  /// A code as this scheme writes it.
  package func write(_ code: String) -> String { letterCase?.write(code) ?? code }
}

/// A kind of body, for example `ccg`.
public struct Kind: Equatable, Sendable {
  /// Its permanent key.
  public let key: String
  /// What people call it.
  public let name: String
  /// Bodies of the tier `place` hold parcels. Those of other tiers hold the parcels of the bodies below them. Bodies
  /// without a tier have no territory.
  public let tier: String?
  /// A body cannot have two kinds of one group on one day.
  public let exclusiveGroup: String?

  /// The kind that a statement adds to the register. Nil if it adds none.
  package init?(_ content: Change.Content) {
    guard case .word(let word) = content, word.kind == .kind else { return nil }
    self.init(
      key: word.key, name: word.name, tier: word.values[1].text, exclusiveGroup: word.values[2].text)
  }

  /// The tier of bodies that hold territory themselves.
  public static let placeTier = "place"
  /// The tier of groupings that no law made.
  public static let groupingTier = "grouping"

  /// Describes a kind, which `Change.Content` can then add to a register.
  public init(key: String, name: String, tier: String?, exclusiveGroup: String?) {
    self.key = key
    self.name = name
    self.tier = tier
    self.exclusiveGroup = exclusiveGroup
  }
}

/// How one body stands to another, for example `part-of`.
public struct RelationshipKind: Equatable, Sendable {
  /// Its permanent key.
  public let key: String
  /// What people call it.
  public let name: String
  /// Whether territory is read upward through it.
  public let isParent: Bool

  /// Describes a kind of relationship, which `Change.Content` can then add to a register.
  public init(key: String, name: String, isParent: Bool) {
    self.key = key
    self.name = name
    self.isParent = isParent
  }
}

/// A division of the whole territory into units.
package struct Partition: Equatable, Sendable {
  package let key: String
  package let name: String
  /// What one unit is, for example "GP practice".
  package let unitName: String

  package init(key: String, name: String, unitName: String) {
    self.key = key
    self.name = name
    self.unitName = unitName
  }
}

/// What is measured of a partition on a stated day. A basis without a partition stands for published shares.
package struct Basis: Equatable, Sendable {
  package let key: String
  package let name: String
  package let partition: String?
  /// What an amount counts, for example "people".
  package let unitName: String
  package let asAt: Day?
  /// Whether the amount of a parcel is simply its number of units.
  package let countsUnits: Bool

  package init(key: String, name: String, partition: String?, unitName: String, asAt: Day?, countsUnits: Bool) {
    self.key = key
    self.name = name
    self.partition = partition
    self.unitName = unitName
    self.asAt = asAt
    self.countsUnits = countsUnits
  }
}

/// What is commissioned, for example specialised services.
package struct Service: Equatable, Sendable {
  package let key: String
  package let name: String
}

package struct MeasureKind: Equatable, Sendable {
  package let key: String
  package let name: String
  package let unitName: String
}

/// A seat in governing bodies, for example `chair`.
package struct Seat: Equatable, Sendable {
  package let key: String
  package let name: String
  /// Whether a body has only one such seat. Then the next appointment begins where the last one ends.
  package let isSingle: Bool
}
