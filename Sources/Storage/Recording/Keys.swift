/// Permanent keys and vocabulary words of the register, and the ids behind them.
///
/// It reads all words at first, because they are few, and looks up identities when somebody names them.
package final class Keys {
  private let database: Database
  private let revision: Int64
  private(set) var added = 0
  /// Whether a basis was added, in which every parcel then needs an amount.
  private(set) var addedBasis = false
  private var words: [WordKind: [String: Int64]] = [:]
  /// By the position of the identity.
  private var identities = Identity.allCases.map { _ in Identities() }
  private var exclusiveGroups: [Int64: String] = [:]
  private var singleSeats: Set<Int64> = []
  private var letterCases: [Int64: LetterCase] = [:]

  package enum Identity: String, CaseIterable, Sendable {
    case source, organisation, event = "change_event", parcel, proposal

    package var spoken: String { self == .event ? "event" : rawValue }

    /// Its place among all cases.
    fileprivate var position: Int {
      switch self {
      case .source: 0
      case .organisation: 1
      case .event: 2
      case .parcel: 3
      case .proposal: 4
      }
    }
  }

  /// The known identities of one kind, in both directions.
  private struct Identities {
    private(set) var ids: [String: Int64] = [:]
    private(set) var keys: [Int64: String] = [:]
    /// The ids of those that this revision adds.
    var added: [Int64] = []
    var isWhole = false

    mutating func add(_ key: String, _ id: Int64) {
      ids[key] = id
      keys[id] = key
    }
  }

  private let readsWholeTables: Bool

  init(_ database: Database, revision: Int64, readingWholeTables: Bool) throws(DatabaseError) {
    readsWholeTables = readingWholeTables
    self.database = database
    self.revision = revision
    for word in WordKind.allCases {
      try database.each("SELECT key, id FROM \(word.rawValue)") {
        words[word, default: [:]][$0.text(0)] = $0.integer(1)
      }
    }
    try database.each("SELECT id, exclusive_group FROM kind WHERE exclusive_group IS NOT NULL") {
      exclusiveGroups[$0.integer(0)] = $0.text(1)
    }
    try database.each("SELECT id, letter_case FROM scheme WHERE letter_case IS NOT NULL") {
      letterCases[$0.integer(0)] = LetterCase(rawValue: $0.text(1))
    }
    singleSeats = Set(try database.query("SELECT id FROM seat WHERE is_single") { $0.integer(0) })
  }

  func id(of word: WordKind, _ key: String) -> Int64? { words[word]?[key] }

  /// The ids of the identities of a kind that this revision adds.
  func added(_ identity: Identity) -> [Int64] { identities[identity.position].added }

  func known(_ word: WordKind) -> [String] { (words[word] ?? [:]).keys.sorted() }

  func exclude(_ left: Int64, _ right: Int64) -> Bool {
    left == right || (exclusiveGroups[left] != nil && exclusiveGroups[left] == exclusiveGroups[right])
  }

  /// A code as its scheme writes it.
  func write(_ code: String, in scheme: Int64?) -> String { scheme.flatMap { letterCases[$0] }?.write(code) ?? code }

  /// Whether a body has only one such seat.
  func isSingle(seat: Int64) -> Bool { singleSeats.contains(seat) }

  func id(of identity: Identity, _ key: String) throws(DatabaseError) -> Int64? {
    if let id = identities[identity.position].ids[key] { return id }
    if readsWholeTables {
      try readAll(identity)
    } else if let id = try database.first(
      "SELECT id FROM \(identity.rawValue) WHERE key = ?1", [.text(key)], { $0.integer(0) })
    {
      identities[identity.position].add(key, id)
    }
    return identities[identity.position].ids[key]
  }

  func key(of identity: Identity, _ id: Int64) throws(DatabaseError) -> String? {
    if let key = identities[identity.position].keys[id] { return key }
    let key = try database.first("SELECT key FROM \(identity.rawValue) WHERE id = ?1", [.integer(id)]) { $0.text(0) }
    if let key { identities[identity.position].add(key, id) }
    return key
  }

  /// Reads all identities of a kind, once.
  private func readAll(_ identity: Identity) throws(DatabaseError) {
    guard !identities[identity.position].isWhole else { return }
    identities[identity.position].isWhole = true
    try database.each("SELECT key, id FROM \(identity.rawValue)") {
      identities[identity.position].add($0.text(0), $0.integer(1))
    }
  }

  /// Adds a word, unless it exists with the same meaning.
  /// - Parameter values: in the order of the columns of its kind, with ids in place of keys.
  /// - Returns: false if the word exists with another meaning.
  func define(_ kind: WordKind, _ key: String, _ values: [Value]) throws(DatabaseError) -> Bool {
    let names = kind.columns.map(\.sql)
    if let id = words[kind]?[key] {
      let stored = try database.first(
        "SELECT \(names.joined(separator: ", ")) FROM \(kind.rawValue) WHERE id = ?1", [.integer(id)]
      ) { row in names.indices.map(row.value) }
      return stored == values
    }
    let all = ["key"] + names + ["opened_in"]
    try database.run(
      "INSERT INTO \(kind.rawValue) (\(all.joined(separator: ", "))) VALUES (\(all.indices.map { "?\($0 + 1)" }.joined(separator: ", ")))",
      [.text(key)] + values + [.integer(revision)])
    let id = database.lastInsertedID
    words[kind, default: [:]][key] = id
    for (name, value) in zip(names, values) {
      if kind == .kind, name == "exclusive_group", let group = value.text { exclusiveGroups[id] = group }
      if kind == .scheme, name == "letter_case" { letterCases[id] = value.text.flatMap(LetterCase.init) }
      if kind == .seat, name == "is_single", value == .integer(1) { singleSeats.insert(id) }
    }
    added += 1
    addedBasis = addedBasis || kind == .basis
    return true
  }

  /// Adds a holder. No other code writes the name.
  func addHolder(_ key: String, name: String?) throws(DatabaseError) -> Int64 {
    try database.run(
      "INSERT INTO holder (key, name, opened_in) VALUES (?1, ?2, ?3)", [.text(key), Value(name), .integer(revision)])
    added += 1
    return database.lastInsertedID
  }

  /// Adds an identity, unless it exists.
  @discardableResult
  func add(_ identity: Identity, _ key: String, partition: Int64? = nil) throws(DatabaseError) -> Int64 {
    if let id = try id(of: identity, key) { return id }
    if let partition {
      try database.run(
        "INSERT INTO parcel (key, partition_id, opened_in) VALUES (?1, ?2, ?3)",
        [.text(key), .integer(partition), .integer(revision)])
    } else {
      try database.run(
        "INSERT INTO \(identity.rawValue) (key, opened_in) VALUES (?1, ?2)", [.text(key), .integer(revision)])
    }
    let id = database.lastInsertedID
    identities[identity.position].add(key, id)
    identities[identity.position].added.append(id)
    added += 1
    return id
  }
}
