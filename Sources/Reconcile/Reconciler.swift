package import RegistryStorage

/// Holds what files say against the register, row by row: what is new, the same, or different.
///
/// Kept here:
/// 1. A file says what held on its day of issue: a name in it is the name of the body that has the code then, or of the
///    closed body at its end, never of a body that had the code before. An older file never turns anything back.
/// 2. What the register has is kept, and the difference reported, unless the policy prefers the source. Of two dated
///    issues of one series the later counts, in whichever order they come.
/// 3. Each row has one verdict: rejected, differs, new or same, in this order. What several rows say is reported once.
/// 4. What would break a rule of the register is not entered: it is cut to what is possible and reported, or rejected.
/// 5. Nothing is taken as seen on the day of issue if nobody states that day.
package struct Reconciler {
  package enum Policy: String, Sendable, CaseIterable {
    case keep
    case preferSource = "prefer-source"
  }

  /// In what a file differs from the register.
  package struct Finding: Equatable, Sendable {
    package enum Outcome: String, Sendable {
      case kept = "the register's was kept"
      case replaced = "the file's was taken"
      case cut = "entered as far as both bodies existed"
      case untilNext = "entered until the other begins"
      case earlier = "the earlier first day counts"
      case ended = "taken to end the day before its successor begins"
    }

    /// What differs, in whichever row it stands.
    package struct Content: Hashable, Sendable {
      package let code: String
      /// `name`, `opened`, `closed`, `code`, `last day`, `kind`, `unit`, a relationship or a succession.
      package let what: String
      /// What the register says, and its source.
      package let register: String
      package let file: String
      package let outcome: Outcome
    }

    /// The first line that says it.
    package let line: Int
    package let content: Content

    init(line: Int, _ content: Content) { (self.line, self.content) = (line, content) }

    package var code: String { content.code }
    package var what: String { content.what }
    package var register: String { content.register }
    package var file: String { content.file }
    package var outcome: Outcome { content.outcome }
  }

  package private(set) var changes: [Change] = []
  package private(set) var findings: [Finding] = []
  package private(set) var rejects: [Reject] = []
  /// How many rows were not rejected, by their verdict.
  package var verdicts: (new: Int, same: Int, differing: Int) = (0, 0, 0)
  /// How many relationships were left out because the register lacks the upper body.
  package var lostRelationships = 0
  /// Codes that no body of the register ever had, in the order of the file.
  package private(set) var missing: [String] = []

  package let issue: Issue
  package let file: String
  package let scheme: String
  package let policy: Policy
  /// The key of the source that new facts cite.
  package let source: String
  package var index: RegisterIndex
  private var told: Set<Finding.Content> = []
  private var missingCodes: Set<String> = []
  private var differs = false
  private(set) var rejectedRow = false

  package init(
    _ registry: Registry, file: String, _ issue: Issue, scheme: String = "ods", policy: Policy,
    vocabulary: [Change] = []
  ) throws(DatabaseError) {
    self.file = file
    self.issue = issue
    self.scheme = scheme
    source = issue.key
    self.policy = policy
    index = try RegisterIndex(registry, vocabulary: vocabulary)
  }

  /// The day up to which the file surely knows what happened.
  package var issued: Day { issue.day }

  /// Whether the file is a later issue of the series from which a fact comes.
  func isLater(than fact: RegisterIndex.Fact) -> Bool { issue.day(ofSource: fact.source).map { $0 < issued } ?? false }

  /// Whether a fact of the register counts less than what the file says.
  func yields(_ fact: RegisterIndex.Fact) -> Bool { policy == .preferSource || isLater(than: fact) }

  // MARK: Verdicts

  /// Runs the comparison of one row and counts its verdict.
  package mutating func judge(_ body: (inout Reconciler) -> Void) {
    (differs, rejectedRow) = (false, false)
    let before = changes.count
    body(&self)
    if rejectedRow {
      return
    } else if differs {
      verdicts.differing += 1
    } else if changes.count > before {
      verdicts.new += 1
    } else {
      verdicts.same += 1
    }
  }

  /// - Parameter way: how the file's bodies are taken in, if the row is rejected because the register lacks one.
  package mutating func reject(
    _ line: Int, _ column: Int, _ value: String, _ reason: String, way: Reject.WayIn? = nil
  ) {
    rejectedRow = true
    rejects.append(Reject(file: file, line: line, column: column, value: value, reason: reason, way: way))
  }

  package mutating func reject(_ line: Int, missing code: String, column: Int, way: Reject.WayIn = .createMissing) {
    note(missing: code)
    reject(line, column, code, "no body of the register ever had the code '\(code)'", way: way)
  }

  mutating func note(missing code: String) {
    if missingCodes.insert(code).inserted { missing.append(code) }
  }

  package mutating func note(
    _ line: Int, _ code: String, _ what: String, register: String, from source: String? = nil, file: String,
    _ outcome: Finding.Outcome = .kept
  ) {
    differs = true
    let content = Finding.Content(
      code: code, what: what, register: register + (source.map { " (\($0))" } ?? ""), file: file, outcome: outcome)
    guard told.insert(content).inserted else { return }
    findings.append(Finding(line: line, content))
  }

  // MARK: Saying

  /// Hands over all changes, after `first`. Without changes, `first` is left out too.
  package mutating func takeChanges(after first: [Change]) -> [Change] {
    guard !changes.isEmpty else { return [] }
    var all: [Change] = []
    swap(&all, &changes)
    all.insert(contentsOf: first, at: 0)
    return all
  }

  /// States something that has no period.
  package mutating func say(_ content: Change.Content, line: Int, source: String? = nil) {
    changes.append(Change(content, source: source, origin: Change.Origin(file: file, line: line)))
  }

  /// States what several rows mean together, unless the register has all of it.
  /// - Parameter rows: how many rows these are.
  /// - Returns: whether anything was new.
  package mutating func say(
    _ statements: [Change], line: Int, unlessKnownTo facts: StatedFacts, rows: Int
  ) throws(DatabaseError) -> Bool {
    var isNew = false
    for statement in statements {
      if case .fact(let fact) = statement.content, fact.kind == .movement, let parcel = fact.parcel {
        let known = try facts.whereabouts(of: parcel)
        isNew = isNew || !known.contains { $0.content == statement.content }
      } else {
        isNew = true
      }
    }
    if isNew {
      for var statement in statements {
        statement.source = statement.source ?? source
        statement.origin = Change.Origin(file: file, line: line)
        changes.append(statement)
      }
      verdicts.new += rows
    } else {
      verdicts.same += rows
    }
    return isNew
  }

  /// States a dated fact, and adds it to the index.
  /// - Parameter key: the key of the fact that it corrects. Without it, the fact is new.
  package mutating func say(
    _ kind: FactKind, of body: RegisterIndex.Index, _ word: String, value: String? = nil,
    superior: RegisterIndex.Index? = nil, _ period: Period, _ status: Certainty = .stated,
    _ endStatus: Certainty = .stated, key: String? = nil, line: Int
  ) {
    let owner = index.bodies[body].key
    let above = superior.map { index.bodies[$0].key }
    let schema = kind.schema
    let other = schema.otherBody
    let values = schema.columns.indices.map { column -> Value in
      switch column {
      case 0: .text(owner)
      case 1: .text(word)
      case other: Value(above)
      default: Value(value)
      }
    }
    changes.append(
      Change(
        .fact(Fact(kind, values)), key: key, start: .day(period.start), end: period.end, status: status,
        endStatus: endStatus, source: source, origin: Change.Origin(file: file, line: line)))
    if let key {
      index.move(key, kind, of: body, to: period)
    } else {
      index.add(
        RegisterIndex.Fact(
          key: nil, word: word, value: value, superior: superior, period: period, startStatus: status,
          endStatus: endStatus, source: source), kind, to: body)
    }
  }

  /// A new body under an unused key. A body about which nothing is stated any more, because it was undone, comes back.
  /// - Parameter kind: the first kind of the body. Nil if it is not known yet.
  mutating func add(bodyOf kind: String?, _ code: String, line: Int) -> RegisterIndex.Index {
    let key = NewKey.unused(NewKey.wanted(forKind: kind, code: code)) { key in
      guard let other = index.body(key) else { return false }
      return !index.bodies[other].lives.isEmpty || !index.bodies[other].codes.isEmpty
    }
    if let known = index.body(key) { return known }
    say(.organisation(key: key), line: line)
    return index.add(body: key)
  }
}
