/// Seats of governing bodies, and who holds them.
///
/// Kept here:
/// 1. The name of a holder is written into one row of one table. It never gets into keys, notes, reasons or commands.
/// 2. An erased name does not come back if somebody states the same again.
extension ChangeApplier {
  /// Puts the id of the holder whom a statement names, by key or by name, into `values`.
  /// - Parameter key: the key of the fact. If it is stated again with the same name, its holder stays the same.
  func resolveHolder(of fact: Fact, _ key: String, _ change: Change, _ values: inout [Value]) throws(Failure) {
    let schema = fact.kind.schema
    guard let column = schema.holder else { return }
    let name = schema.unstored.firstIndex { if case .personName = $0.type { true } else { false } }
      .flatMap { fact.values[schema.columns.count + $0].text }
    if let name, let note = change.note, note.mentions(name) {
      throw .misunderstood("the note repeats the name of the holder: leave it out there, so that it can be erased")
    }
    let stored = try attempt(pending.row(fact.kind, key))?.values[column]
    values[column] = Value(try holder(fact.values[column].text, name: name, stored: stored))
  }

  /// - Parameter stored: the id of the holder whom the fact has named so far.
  private func holder(_ key: String?, name: String?, stored: Value?) throws(Failure) -> Int64? {
    if let key {
      guard let known = try known("key", .text(key)) else { return try add(try newKey(key), name: name) }
      try mustAgree(known, name)
      return known.id
    }
    guard let name else { return nil }
    if let stored, let known = try known("id", stored), known.name == name || known.isRedacted {
      try mustAgree(known, name)
      return known.id
    }
    return try add(try attempt(Registry.unusedHolderKey(database)), name: name)
  }

  /// Erases the name of a holder, if it has one.
  func redact(_ key: String) throws(Failure) {
    guard let known = try known("key", .text(key)) else { throw .misunderstood("unknown holder '\(key)'") }
    guard let name = known.name else { return }
    try mustNotBeLogged(name)
    try attempt(
      database.run(
        "UPDATE holder SET name = NULL, redacted_in = ?1 WHERE id = ?2", [.integer(revision), .integer(known.id)]))
    redactions.append(RowChange(action: .changed, table: "holder", key: key, before: "a name", after: "no name"))
  }

  private struct Holder {
    let id: Int64
    let key: String
    let name: String?
    let isRedacted: Bool
  }

  private func known(_ column: String, _ value: Value) throws(Failure) -> Holder? {
    try attempt(
      database.first("SELECT id, key, name, redacted_in IS NOT NULL FROM holder WHERE \(column) = ?1", [value]) {
        Holder(id: $0.integer(0), key: $0.text(1), name: $0.optionalText(2), isRedacted: $0.integer(3) != 0)
      })
  }

  /// Keeps invariant 2. The message gives neither name, because it may end up in a log.
  private func mustAgree(_ known: Holder, _ name: String?) throws(Failure) {
    guard let name, name != known.name else { return }
    if known.isRedacted {
      throw .misunderstood("the name of the holder '\(known.key)' was erased and does not come back: leave it blank")
    }
    throw .misunderstood(
      known.name == nil
        ? "the holder '\(known.key)' is recorded without a name, and stays without one: give the name to another holder"
        : "the holder '\(known.key)' has another name, which stays: give this one to another holder")
  }

  private func add(_ key: String, name: String?) throws(Failure) -> Int64 {
    guard !key.mentions(name) else {
      throw .misunderstood("the key of the holder repeats the name: choose another key, because a key cannot be erased")
    }
    if let name { try mustNotBeLogged(name) }
    return try attempt(keys.addHolder(key, name: name))
  }

  /// Keeps invariant 1.
  private func mustNotBeLogged(_ name: String) throws(Failure) {
    let logged = try attempt(
      database.first("SELECT command, reason FROM revision WHERE id = ?1", [.integer(revision)]) {
        (command: $0.text(0), reason: $0.text(1))
      })
    guard let logged, logged.command.mentions(name) || logged.reason.mentions(name) else { return }
    throw .misunderstood(
      "the \(logged.reason.mentions(name) ? "reason" : "command") repeats the name of the holder: leave it out, because the log is kept for good"
    )
  }
}

extension String {
  /// Whether this text contains the words of a name, one after the other, in any case.
  func mentions(_ name: String?) -> Bool {
    let wanted = name?.plainWords ?? []
    let found = plainWords
    guard !wanted.isEmpty, found.count >= wanted.count else { return false }
    return (0...found.count - wanted.count).contains { found[$0...].starts(with: wanted) }
  }

  private var plainWords: [String] { lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }
}
