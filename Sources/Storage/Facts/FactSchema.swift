/// The description of one kind of fact.
///
/// Kept here:
/// 1. All code that reads, writes, compares, takes back, exports or shows facts asks their schema. `Migrations/` makes
///    the table, and a test holds schema and table equal.
/// 2. Columns have the order in which people see them, which need not be the order of the table.
/// 3. A schema is data, with a few closures for what data cannot say. A kind that needs more is recorded by hand.
package final class FactSchema: Sendable {
  /// The word with which a line of a change file begins.
  package let record: String
  package let table: String
  /// What a row is, in a sentence.
  package let words: String
  /// Under what topic people look for it.
  package let topic: FactTopic
  /// The label of such facts in a list of all that is known of a body.
  package let heading: String
  /// The columns of the table that say what the fact is. Key, period, source, note and revisions are not among them.
  package let columns: [FactColumn]
  /// What a statement also says, although no column keeps it.
  package let unstored: [FactColumn]
  /// When statements of this kind take effect.
  let stage: Stage
  /// Whether facts hold for a period.
  package let isDated: Bool
  /// Whether facts end with the bodies that they name.
  package let endsWithBodies: Bool
  /// Whether facts say where parcels lie. A change of such a fact calls for a replay.
  let isTerritorial: Bool
  /// Whether the two bodies that a fact names must differ.
  let joinsTwoBodies: Bool
  /// Whether every body of a kind is expected to have such facts.
  package let isExpected: Bool
  /// Whether facts have a source. A citation, for one, has none, because it describes a source.
  package let hasSource: Bool
  /// The columns that may name the owner of a fact. The first that is filled in counts.
  package let owners: [Int]
  /// The order in which facts of this kind are listed, in SQL over the columns of their table.
  let order: String
  /// The facts that follow one another. The next one begins where the last one ends.
  let timeline: Rivals?
  /// The facts that cannot hold on one day.
  let exclusion: Exclusion?
  /// The fact as part of a sentence, in SQL over the columns of its table.
  let told: String
  /// The permanent key of an undated fact, or the middle part of the key of a dated one. The closure gets the words of
  /// the columns, with permanent keys in place of codes. If it returns nil, whoever states the fact must give it a key.
  let path: @Sendable ([Value]) -> String?
  /// What is wrong with a statement, in a sentence. Nil if nothing is.
  package let flaw: @Sendable ([Value]) -> String?

  /// Says which facts of one body or thing are rivals.
  struct Rivals: Sendable {
    /// Rivals agree in these columns.
    let sharing: [Int]
    /// Which of the facts that agree are rivals. Without a test, all of them.
    var test: (@Sendable ([Value], [Value], Keys) -> Bool)?

    func include(_ one: [Value], _ other: [Value], _ keys: Keys) -> Bool {
      sharing.allSatisfy { one[$0] == other[$0] } && (test?(one, other, keys) ?? true)
    }
  }

  /// Facts of which only one can hold on any day.
  struct Exclusion: Sendable {
    /// The name of the rule, for example `code-means-one-organisation`.
    let rule: String
    let rivals: Rivals
    /// Which rows can be rivals, in SQL. Nil means all rows of the table.
    var condition: String?
    /// What rivals share, in SQL, for a row by its name. Nil means the columns of `rivals`.
    var shared: [@Sendable (_ row: String) -> String]?
  }

  init(
    _ record: String, table: String? = nil, _ words: String, topic: FactTopic = .links, heading: String? = nil,
    _ columns: [FactColumn], unstored: [FactColumn] = [], stage: Stage = .facts, isDated: Bool = true,
    endsWithBodies: Bool = true, isTerritorial: Bool = false,
    joinsTwoBodies: Bool = false, isExpected: Bool = false, hasSource: Bool = true, owners: [Int] = [0],
    order: String = "key", timeline: Rivals? = nil, exclusion: Exclusion? = nil, told: String = "'a fact'",
    path: @escaping @Sendable ([Value]) -> String?, flaw: @escaping @Sendable ([Value]) -> String? = { _ in nil }
  ) {
    self.record = record
    self.table = table ?? record
    self.words = words
    self.topic = topic
    self.heading = heading ?? record
    self.columns = columns
    self.unstored = unstored
    self.stage = stage
    self.isDated = isDated
    self.endsWithBodies = isDated && endsWithBodies
    self.isTerritorial = isTerritorial
    self.joinsTwoBodies = joinsTwoBodies
    self.isExpected = isExpected
    self.hasSource = hasSource
    self.owners = owners
    self.order = order
    self.timeline = timeline
    self.exclusion = exclusion
    self.told = told
    self.path = path
    self.flaw = flaw
    bodies = columns.indices.filter { columns[$0].type.isBody }
    otherBody = isDated ? columns.indices.first { columns[$0].type.isBody && !owners.contains($0) } : nil
    event = columns.firstIndex { if case .event = $0.type { true } else { false } }
    describedEvent = columns.firstIndex { if case .establishes(.event) = $0.type { true } else { false } }
    parcel = columns.firstIndex { if case .parcel = $0.type { true } else { false } }
    unit = zip(columns.indices, columns.indices.dropFirst()).first { partition, code in
      if case .word(.partition, _) = columns[partition].type, case .tag = columns[code].type { true } else { false }
    }.map { (partition: $0, code: $1) }
    holder = columns.firstIndex { if case .holder = $0.type { true } else { false } }
    owner = owners[0]
    references = columns.map(\.reference)
    spoken = columns.indices.filter { !columns[$0].type.holdsID }
    allColumns =
      ["key"] + columns.map(\.sql) + (isDated ? Self.periodColumns : []) + (hasSource ? ["source_id"] : []) + ["note"]
    columnList = allColumns.joined(separator: ", ")
  }

  /// Why the table forbids a row. A rule has a sentence of its own. A limit that no statement is meant to reach has
  /// none, so the sentence says what such rows are.
  func sentence(of error: DatabaseError) -> String {
    error.isRule ? error.message : "this cannot be such a row (\(words.dropLast()))"
  }

  // MARK: What follows from it

  static let periodColumns = ["valid_from", "valid_to", "from_status", "to_status", "from_event_id", "to_event_id"]

  /// The columns that name bodies.
  package let bodies: [Int]
  /// The column of a dated fact that names a body other than its owner.
  package let otherBody: Int?
  /// Whether facts tie their owner to another body, so that both bodies show them.
  package var tiesBodies: Bool { otherBody != nil && columns[owner].isRequired }
  /// The column that names the event of an undated fact.
  package let event: Int?
  /// The column that names the event that a fact describes.
  let describedEvent: Int?
  /// The column that names a parcel.
  let parcel: Int?
  /// The columns that name a unit: its partition and its code.
  let unit: (partition: Int, code: Int)?
  /// The column that names the holder of a seat.
  let holder: Int?
  /// The column that says whose the fact is, if one body has it.
  package let owner: Int
  /// What each column refers to. Recording asks this of every fact, so it holds nothing that must be counted.
  let references: [ColumnType.Reference]
  /// The columns that people can read. The others hold ids.
  let spoken: [Int]
  /// All columns of the table but the id and the revisions.
  let allColumns: [String]
  /// All columns, as SQL lists them.
  let columnList: String

  /// Reads the current rows, each after its id.
  var selectCurrent: String { "SELECT id, \(columnList) FROM \(table) WHERE superseded_in IS NULL" }

  /// The current rows whose column has the value ?1.
  func selectCurrent(where column: String) -> String { "\(selectCurrent) AND \(column) = ?1" }

  /// The statement that inserts a number of rows. It is long, so it is made only for those who write.
  func insert(_ rows: Int) -> String {
    let row = "(" + repeatElement("?", count: allColumns.count + 1).joined(separator: ", ") + ")"
    return "INSERT INTO \(table) (\(columnList), opened_in) VALUES "
      + repeatElement(row, count: rows).joined(separator: ", ")
  }
}

/// What facts are about, for people who ask for a part of what is known of a body.
package enum FactTopic: Sendable {
  case lives, kinds, codes, names, ties, amounts, services, governance, publications
  /// Events and territory, which belong to no single body.
  case links
}

/// A column of a kind of fact.
package struct FactColumn: Sendable {
  /// Its name in its table.
  package let sql: String
  /// Its name in a change file.
  package let field: String?
  /// Its name in JSON.
  package let name: String
  /// Its name in exported tables.
  package let exported: String
  package let type: ColumnType
  package let isRequired: Bool
  /// What the column holds if a statement leaves it out.
  package let otherwise: Value
  /// What it says, in a few words.
  package let words: String

  /// - Parameters:
  ///   - sql: the column of the table, without the `_id` of one that holds ids.
  ///   - field: its field in a change file, if that differs from `sql`.
  init(
    _ sql: String, _ type: ColumnType, field: String? = nil, name: String? = nil, exported: String? = nil,
    required: Bool = true, otherwise: Value = .null, _ words: String = ""
  ) {
    self.sql = type.holdsID ? "\(sql)_id" : sql
    self.field = if case .status = type { nil } else { field ?? sql }
    self.name = name ?? sql
    self.exported = exported ?? self.name
    self.type = type
    isRequired = required && otherwise == .null
    self.otherwise = otherwise
    self.words = words
  }

  /// What a statement names in it. A text without which there is no fact must name something.
  var reference: ColumnType.Reference {
    if case .text = type, isRequired { return .title }
    return type.reference
  }

  /// The body that a fact is about.
  static let organisation = FactColumn("organisation", .body(.onFirstDay), "the body")
  /// The event that a fact belongs to.
  static let event = FactColumn("event", .event, "the event")
  static let status = FactColumn("status", .status)
}

/// What a column of a fact holds: in its table, in a statement and in a change file.
package enum ColumnType: Sendable {
  /// - Parameter only: unless empty, the only words that the column keeps. It leaves others to another column.
  case text(only: [String] = [])
  /// A word that needs no vocabulary.
  case tag
  /// A short text by which things are found.
  case code
  case day
  /// The first day after a period. A change file gives the last day instead.
  case dayAfter
  /// - Parameter isNegative: whether the number may be negative.
  case number(isNegative: Bool)
  case integer(ClosedRange<Int64>)
  case choice([String])
  /// 0 or 1. A change file gives the word for 1 and nothing for 0.
  case flag(String)
  case event
  case proposal
  /// The identity that a fact establishes.
  case establishes(Keys.Identity)
  case body(Reading)
  case parcel
  /// - Parameter besides: words that another column with the same field keeps.
  case word(WordKind, besides: [String] = [])
  case holder
  /// The name of a person, on its way to the one table that keeps it.
  case personName
  /// How certain an undated fact is.
  case status

  /// The day on which to read a code that names a body.
  package enum Reading: Sendable {
    /// The first day of the fact, or the day of its event.
    case onFirstDay
    case dayBeforeEvent
    /// The day in another column.
    case onDay(column: Int)
    /// The day before the one in another column.
    case dayBefore(column: Int)
  }

  /// What a statement names in a column by a word.
  enum Reference: Sendable {
    /// Nothing: the value is stored as it is.
    case none
    /// Nothing, but a text is stored as the register spells it.
    case text
    /// Nothing, but the text must name something.
    case title
    /// Nothing, but the text is a code.
    case code
    /// Nothing, but an amount of territory must be one that can be added up.
    case amount
    case status
    case identity(Keys.Identity, isNew: Bool)
    case body(Reading)
    case word(WordKind)
  }

  var reference: Reference {
    switch self {
    case .status: .status
    case .text, .tag, .choice, .personName: .text
    case .code: .code
    case .number(isNegative: false): .amount
    case .event: .identity(.event, isNew: false)
    case .proposal: .identity(.proposal, isNew: false)
    case .parcel: .identity(.parcel, isNew: false)
    case .establishes(let identity): .identity(identity, isNew: true)
    case .body(let reading): .body(reading)
    case .word(let kind, _): .word(kind)
    default: .none
    }
  }

  package var isBody: Bool { if case .body = self { true } else { false } }

  var holdsID: Bool {
    switch self {
    case .event, .proposal, .establishes, .body, .parcel, .word, .holder: true
    default: false
    }
  }

  /// The table to which an id in this column refers.
  package var referredTable: String? {
    switch self {
    case .event: Keys.Identity.event.rawValue
    case .proposal: Keys.Identity.proposal.rawValue
    case .establishes(let identity): identity.rawValue
    case .body: Keys.Identity.organisation.rawValue
    case .parcel: Keys.Identity.parcel.rawValue
    case .word(let kind, _): kind.rawValue
    case .holder: "holder"
    default: nil
    }
  }
}

extension ColumnType {
  static func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> ColumnType
  where Choice.RawValue == String {
    .choice(Choice.allCases.map(\.rawValue))
  }
}
