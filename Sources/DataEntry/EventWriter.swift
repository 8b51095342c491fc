public import RegistryStorage

/// Turns one event into the statements that record it.
///
/// Kept here:
/// 1. It writes nothing. Its statements go through `Registry.record`, with all the checks.
/// 2. Bodies are named by a permanent key or by a code. A body that ends or gives something is named by its code of the
///    day before, and any other by its code of the day.
/// 3. It leaves out what it cannot decide, and says so.
public struct EventWriter {
  let registry: Registry
  let words: EventWords
  let facts: StatedFacts
  let schemes: [Scheme]
  let kinds: [Kind]
  var event = EnteredEvent()
  private(set) var eventKey = ""
  /// The number, among the events of one day, type and body, of the one that may be said again. Nil if this one is new.
  var repeating: Int?
  /// Whether other events of the day, the type and the body have their keys before this one.
  private(set) var hasNumber = false
  /// Whether there is an event with the number that is repeated, so that there may be a next one.
  private(set) var meetsOther = false

  /// - Parameters:
  ///   - registry: where to look up bodies. It is not written.
  ///   - words: what somebody says of the event.
  public init(_ registry: Registry, _ words: EventWords) throws(EntryError) {
    self.registry = registry
    self.words = words
    facts = StatedFacts(registry)
    do {
      schemes = try registry.schemes()
      kinds = try registry.kinds()
    } catch {
      throw .database(error)
    }
  }

  var day: Day { words.day }
  var dayBefore: Day { words.day.previous }

  func asked<Result>(_ answer: @autoclosure () throws(DatabaseError) -> Result) throws(EntryError) -> Result {
    do { return try answer() } catch { throw .database(error) }
  }

  mutating func say(_ content: Change.Content, from start: Change.Start? = nil, status: Certainty = .stated) {
    event.changes.changes.append(Change(content, start: start, status: status))
  }

  /// A statement that holds from the day of the event.
  mutating func sayFromEvent(_ content: Change.Content) { say(content, from: .event(eventKey)) }

  mutating func warn(_ sentence: String) { event.warnings.append(sentence) }

  /// Says what somebody else must decide.
  mutating func leaveOpen(_ sentence: String) { event.undecided.append(sentence) }

  // MARK: The event itself

  /// Describes the event, with its source.
  /// - Parameters:
  ///   - code: the code of the body that matters most, for the key.
  ///   - title: the title if `words` has none.
  ///   - again: the event that did the same already, if this one is said again and the command found it.
  mutating func begin(
    _ type: EventType, code: String, title: String, again: String? = nil
  ) throws(EntryError) {
    let name = "\(type.rawValue)-\(code)"
    var title = words.title ?? title
    if let proposal = words.proposal {
      event.proposalKey = proposal
      eventKey =
        if let key = words.key { key } else { try NewKey.unused("\(proposal)/\(name)", isTaken: isTaken(event:)) }
    } else if words.isProposed {
      let proposal =
        if let key = words.key { key } else { try NewKey.unused(name, isTaken: isTaken(proposal:)) }
      if try isTaken(proposal: proposal) {
        throw .refused("there is a proposal '\(proposal)' already: say another --key")
      }
      event.proposalKey = proposal
      eventKey = "\(proposal)/\(name)"
    } else if let repeating {
      let numbered = repeating == 1 ? "\(day)-\(name)" : "\(day)-\(name)-\(repeating)"
      eventKey = words.key ?? again ?? numbered
      guard let known = try asked(facts.event(eventKey)) else { throw .refused("there is no event '\(eventKey)'") }
      meetsOther = words.key == nil && again == nil
      title = words.title ?? known.content.event?.detail.title ?? title
    } else {
      let wanted = words.key ?? "\(day)-\(name)"
      eventKey = if words.key == nil { try NewKey.unused(wanted, isTaken: isTaken(event:)) } else { wanted }
      hasNumber = eventKey != wanted
    }
    if repeating == nil, try isTaken(event: eventKey) {
      throw .refused("the event '\(eventKey)' is recorded already: amend it, or say another --key")
    }
    event.eventKey = eventKey
    let source = try source()
    if source == nil { warn("the event has no source (see --source)") }
    if day > Moment.today, !words.isProposed {
      warn("\(day) lies in the future: --planned would keep this as a proposal")
    }
    event.changes.changes.append(
      Change(
        .event(
          key: eventKey,
          EventDetail(type: type, day: day, operationalDay: words.operationalDay, title: title)),
        source: source, note: words.note))
  }

  private func isTaken(event key: String) throws(EntryError) -> Bool {
    try asked(facts.event(key)) != nil
  }

  private func isTaken(proposal key: String) throws(EntryError) -> Bool {
    try asked(registry.hasProposal(key))
  }

  /// The key of the source. A source that the register does not know by its key or citation gets a new one.
  mutating func source() throws(EntryError) -> String? {
    guard let text = try words.source.map(tidied) else { return nil }
    if try asked(registry.hasSource(text)) { return text }
    let found = CitationWords(text)
    if let known = try asked(registry.source(cited: found.citation)) {
      return known
    }
    guard !found.key.isEmpty else { throw .refused("--source '\(text)' is not a citation: give at least a title") }
    let key = try NewKey.unused(found.key) { key throws(EntryError) in
      try asked(registry.hasSource(key))
    }
    let known = try asked(registry.sources(beginningWith: ""))
    if let near = known.first(where: { Self.isNearly($0, found.citation) }) {
      warn(
        "this is a new source, but '\(near.word)' is cited nearly so: \(near.meaning ?? "") (if it is meant: --source \(near.word))"
      )
    }
    event.changes.changes.append(Change(.source(key: key, found.citation)))
    return key
  }

  /// The key of the source that somebody cites, if they cite one. A new one is added to the changes of `entered`.
  package static func source(
    cited text: String?, in registry: Registry, _ entered: inout EnteredEvent
  ) throws(EntryError) -> String? {
    var writer = try EventWriter(registry, EventWords(day: Moment.today, source: text))
    let key = try writer.source()
    entered = writer.event
    return key
  }

  /// Whether a known source may be meant by a citation that differs from it.
  private static func isNearly(_ known: Suggestion, _ citation: Citation) -> Bool {
    func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
    let (one, other) = (letters(known.meaning ?? ""), letters(citation.title))
    return other.count > 5 && (one == other || !nearWords(one, among: [other]).isEmpty)
  }

  // MARK: Bodies

  /// The one body that `reference` means on a day.
  func body(_ reference: String, on day: Day) throws(EntryError) -> Organisation {
    let reference = try tidied(reference)
    for spelling in [reference, reference.uppercased()] {
      let living = try bodies(spelling, on: day).filter { Self.lives($0, on: day) }
      if living.count == 1, let body = living.first { return body }
      if living.count > 1 {
        throw .refused(
          "'\(reference)' means several bodies on \(day): name one by its key (\(living.map { "\($0.key) \($0.name ?? "")" }.joined(separator: ", ")))"
        )
      }
    }
    throw .refused(try absence(of: reference, on: day))
  }

  private func bodies(_ reference: String, on day: Day?) throws(EntryError) -> [Organisation] {
    try asked(registry.organisations(withIDs: registry.organisations(named: reference, on: day)))
  }

  private static func lives(_ body: Organisation, on day: Day) -> Bool {
    body.firstDay.map { $0 <= day } ?? true && body.lastDay.map { $0 >= day } ?? true
  }

  /// Why `reference` means no body: it is closed, not yet open, or unknown.
  private func absence(of reference: String, on day: Day) throws(EntryError) -> String {
    let others = try bodies(reference, on: nil) + bodies(reference.uppercased(), on: nil)
    guard let other = others.last else {
      let near = try asked(registry.nearBodies(reference, on: day))
      return "no body has the key or code '\(reference)' (try 'orgreg find')"
        + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", or "))?")
    }
    if let last = other.lastDay, last < day {
      return "\(reference) (\(other.key)) closed on \(last), before \(day): name the body that succeeded it"
    }
    if let first = other.firstDay, first > day {
      return
        "\(reference) (\(other.key)) opens on \(first), after \(day): correct the day, or amend the event that opens it"
    }
    return "\(reference) (\(other.key)) has that code on other days than \(day): name it by its key"
  }

  /// Refuses a code that a body has on the day, unless the body ends then.
  func mustBeFree(_ code: String, closing: [Organisation] = []) throws(EntryError) {
    // The body that an event opened has its code when the event is said again.
    if repeating != nil { return }
    let holders = try bodies(code, on: day).filter { holder in
      Self.lives(holder, on: day) && !closing.contains { $0.key == holder.key }
    }
    guard let holder = holders.first else { return }
    throw .refused(
      "the code \(code) is in use on \(day), by \(holder.key) (\(holder.name ?? "")): choose another, or absorb into that body"
    )
  }

  /// The key of a new body. Without a wish it is one such as `ccg-72Q`.
  private func key(of newcomer: Newcomer, _ kind: String) throws(EntryError) -> String {
    if let key = newcomer.key { return key }
    if repeating != nil { return try body(newcomer.code, on: day).key }
    return try NewKey.unused(NewKey.wanted(forKind: kind, code: newcomer.code)) { key throws(EntryError) in
      try asked(registry.isTaken(organisation: key))
    }
  }

  /// The scheme with this name, or the first of the register.
  func scheme(_ name: String?) throws(EntryError) -> String {
    let keys = schemes.map(\.key)
    if let name {
      try mustKnow(name, among: keys, as: "scheme")
      return name
    }
    guard let first = keys.first else { throw .refused("the register has no scheme of codes yet") }
    return first
  }

  func mustKnow(kind: String) throws(EntryError) {
    try mustKnow(kind, among: kinds.map(\.key), as: "kind")
  }

  /// Refuses a key that is not among those of the register.
  func mustKnow(_ key: String, among known: [String], as word: String) throws(EntryError) {
    guard known.contains(key) else {
      throw .refused(
        "unknown \(word) '\(key)' (known: \(known.joined(separator: ", ")))\(didYouMean(key, among: known))")
    }
  }

  /// What sentences call a body: its code in the first scheme that gives it one, or else its key.
  func spoken(_ body: Organisation) -> String {
    schemes.lazy.compactMap { body.codes[$0.key] }.first ?? body.key
  }

  /// A body by its code and name, for a sentence that names it for the first time.
  func named(_ body: Organisation) -> String { body.name.map { "\(spoken(body)) \($0)" } ?? spoken(body) }

  /// The body with a permanent key, by its code and name.
  func named(key: String) throws(EntryError) -> String {
    try asked(registry.organisations(withKeys: [key])[key]).map { named($0) } ?? key
  }

  /// A kind of relationship as a part of a sentence: `part of`, for `part-of`.
  func spoken(tie: String) -> String { tie.replacing("-", with: " ") }

  /// Opens a new body, and gives it a code and a name.
  /// - Returns: its key.
  mutating func open(_ newcomer: Newcomer, kind: String, scheme: String) throws(EntryError) -> String {
    let key = try key(of: newcomer, kind)
    if repeating == nil, try asked(registry.isNameTaken(newcomer.name, on: day)) {
      warn("another body has the name '\(newcomer.name)' on \(day)")
    }
    say(.organisation(key: key))
    say(.open(event: eventKey, organisation: key, kind: kind))
    sayFromEvent(.code(organisation: key, scheme: scheme, value: newcomer.code))
    sayFromEvent(.name(organisation: key, scheme: scheme, value: newcomer.name))
    for (scheme, code) in newcomer.otherCodes {
      try mustBeFree(code)
      sayFromEvent(.code(organisation: key, scheme: scheme, value: code))
    }
    for (scheme, name) in newcomer.otherNames {
      sayFromEvent(.name(organisation: key, scheme: scheme, value: name))
    }
    return key
  }
}
