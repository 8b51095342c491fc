@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// Texts and limits at the door of storage, through which every command, change file and import goes.
@Suite struct TextDoorTests {
  private static let schemes = """
    record,key,value,rank,type
    scheme,upper,Upper,1,upper
    scheme,lower,Lower,2,lower
    scheme,free,Free,3,
    """

  private func world() throws -> Registry { try register(Self.schemes, vocabulary, lawfulWorld) }

  // MARK: Spelling

  @Test(arguments: [
    ("Alpha", "Alpha"), ("  Alpha  Beta ", "Alpha Beta"), ("Alpha\u{A0}\u{2003}Beta\u{A0}", "Alpha Beta"),
    ("Cafe\u{301}", "Caf\u{E9}"), ("\u{212B}ngstr\u{F6}m", "\u{C5}ngstr\u{F6}m"), ("\u{3000}Trust\u{202F}1", "Trust 1"),
    ("Żółw & \u{1F600}", "Żółw & \u{1F600}"),
  ])
  func `A text has one spelling`(said: String, kept: String) throws {
    #expect(Array(try PlainText.tidied(said).unicodeScalars) == Array(kept.unicodeScalars))
    #expect(Array(try PlainText.tidied(kept).unicodeScalars) == Array(kept.unicodeScalars))
    let registry = try world()
    try registry.say(.name(organisation: "b", scheme: "ods", value: said))
    let stored = try registry.rows(
      """
      SELECT CAST(value AS BLOB) = CAST(?1 AS BLOB) FROM name JOIN organisation AS body ON body.id = organisation_id
      WHERE body.key = 'b'
      """, [.text(kept)])
    #expect(stored == ["1"])
  }

  @Test(arguments: [
    "Alp\tha", "Alp\nha", "Alp\u{0}ha", "\u{1B}[31mAlpha", "Al\u{202E}pha", "Al\u{200B}pha", "Al\u{AD}pha",
    "\u{FEFF}Alpha", "Al\u{2028}pha", "Al\u{3164}pha", "Al\u{7F}pha", "Al\u{9B}pha", "Al\u{E0041}pha",
  ])
  func `What nobody can see is refused, and shown as its number`(text: String) throws {
    let registry = try world()
    let sizes = try registry.sizes()
    for content in [
      Change.Content.name(organisation: "b", scheme: "ods", value: text),
      .code(organisation: "b", scheme: "ons", value: text), .organisation(key: text),
      .source(key: "other", Citation(title: text)), .source(key: text, Citation(title: "Other")),
      .scheme(Scheme(key: "new", name: text, rank: 9)),
    ] {
      let problem = try #require(try registry.problems(of: content).first, "\(content)")
      #expect(problem.message.contains("which cannot be seen: leave it out"), "\(problem)")
      #expect(try PlainText.tidied(problem.message) == problem.message)
    }
    #expect(try registry.sizes() == sizes)
  }

  @Test(arguments: ["", " ", "\u{A0}", "-", "...", "\u{2014}"])
  func `A name of nothing is refused`(text: String) throws {
    let registry = try world()
    let problems = try registry.problems(of: .name(organisation: "b", scheme: "ods", value: text))
    #expect(problems.count == 1)
    let reason = text.contains { $0.isPunctuation } ? "has no letter and no digit in it" : "the name is blank"
    #expect(problems.first?.message.contains(reason) == true, "\(problems)")
  }

  @Test func `A code has no blanks inside`() throws {
    let problems = try world().problems(of: .code(organisation: "b", scheme: "ods", value: " 00\u{A0}L "))
    #expect(problems.map(\.message) == ["the code '00 L' has blanks in it"])
  }

  @Test(arguments: [("upper", "q1a", "Q1A"), ("lower", "Q1A", "q1a"), ("free", "q1A", "q1A")])
  func `A code has the case of its scheme, and is found in any`(scheme: String, said: String, kept: String) throws {
    let registry = try world()
    try registry.say(.code(organisation: "b", scheme: scheme, value: " \(said)\u{A0}"))
    #expect(try registry.rows("SELECT value FROM code WHERE value LIKE 'q1a'") == [kept])
    // It is the same code again, and means the same body.
    try registry.say(.code(organisation: "b", scheme: scheme, value: kept))
    #expect(try registry.rows("SELECT value FROM code WHERE value LIKE 'q1a'") == [kept])
    try registry.say(.name(organisation: " \(said) ", scheme: "ods", value: "Beta"))
    #expect(try registry.rows("SELECT count(*) FROM name WHERE value = 'Beta'") == ["1"])
  }

  @Test func `A second body cannot have a code in another case`() throws {
    let registry = try world()
    try registry.say(.code(organisation: "b", scheme: "upper", value: "QYG"))
    #expect(try registry.problems(of: .code(organisation: "board", scheme: "upper", value: "qyg")).count == 1)
  }

  @Test func `A note that is blank is none, and keys may have blanks around them`() throws {
    let registry = try world()
    try registry.say(
      """
      record,organisation,scheme,value,from,source,note
      name, b ,ods,Beta,2001-01-01,law\u{A0},\u{A0}
      """)
    #expect(try registry.rows("SELECT note FROM name WHERE value = 'Beta'") == ["-"])
  }

  @Test func `The log keeps a command with what nobody can see as numbers`() throws {
    let registry = try world()
    func record(_ signature: Registry.Signature) throws(ChangeError) {
      try registry.record(
        ChangeSet(changes: [
          Change(.name(organisation: "b", scheme: "ods", value: "Beta"), start: .day(.healthAndCare), source: "law")
        ]), signature)
    }
    for signature in [
      Registry.Signature(actor: " ", command: "test"), Registry.Signature(actor: "a\u{1B}", command: "test"),
      Registry.Signature(actor: "a", command: ""), Registry.Signature(actor: "a", command: "test", reason: "\u{202E}"),
      Registry.Signature(actor: "a", command: "test", time: "yesterday"),
    ] {
      let error = #expect(throws: ChangeError.self) { try record(signature) }
      guard case .refused(let problems) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(problems.count == 1 && !Self.isSQL(problems[0].message), "\(problems)")
    }
    try record(Registry.Signature(actor: "a", command: "name \u{1B}[1m"))
    #expect(try registry.rows("SELECT command FROM revision ORDER BY id DESC LIMIT 1") == ["name <U+001B>[1m"])
  }

  // MARK: Limits

  private static func isSQL(_ message: String) -> Bool {
    ["constraint", "CHECK", "NOT NULL", "UNIQUE", "SELECT", "datatype", "cannot store", "valid_to", "<>", "strftime"]
      .contains(where: message.contains)
  }

  /// Each statement of a world with all kinds of facts, with each of its values replaced by what cannot be stored.
  @Test func `No limit of a table reaches a user as SQL`() throws {
    let registry = try world()
    let sizes = try registry.sizes()
    let statements = try changes(lawfulWorld).changes
    #expect(Set(statements.compactMap { if case .fact(let fact) = $0.content { fact.kind } else { nil } }).count > 15)
    let hostile: [Value] = [
      .null, .text(""), .text(" "), .text("no such word"), .text("\u{1B}"), .integer(-1), .integer(.max), .real(-1),
      .real(.infinity), .real(.nan),
    ]
    var refusals = 0
    func attempt(_ change: Change) throws {
      do {
        _ = try registry.preview(ChangeSet(changes: [change]))
      } catch {
        guard case .refused(let problems) = error else {
          Issue.record("\(change): \(error)")
          return
        }
        refusals += 1
        for problem in problems where Self.isSQL(problem.message) { Issue.record("\(problem)") }
      }
    }
    for statement in statements {
      var change = statement
      if let end = change.end, case .day(let start)? = change.start {
        change.end = end < start ? end : start
        try attempt(change)
        change = statement
      }
      change.end = .distantPast
      try attempt(change)
      guard case .fact(let fact) = statement.content else { continue }
      for index in fact.values.indices {
        for value in hostile {
          var worse = fact
          worse.values[index] = value
          change = statement
          change.content = .fact(worse)
          change.key = statement.key.map { "\($0)-\(index)" }
          try attempt(change)
        }
      }
    }
    #expect(refusals > 500)
    #expect(try registry.sizes() == sizes)
  }

  /// The tables themselves, behind the door: every limit has the sentence of its kind of fact.
  @Test(arguments: FactKind.allCases) func `A limit has a sentence that says what such rows are`(kind: FactKind) throws
  {
    let registry = try world()
    let names = kind.schema.allColumns
    for name in names {
      let values = names.map { $0 == name ? "CASE typeof(\($0)) WHEN 'text' THEN '' ELSE -1 END" : $0 }
      do {
        try registry.database.execute(
          """
          INSERT INTO \(kind.schema.table) (\(names.joined(separator: ", ")), opened_in)
          SELECT \(values.joined(separator: ", ")), opened_in FROM \(kind.schema.table) LIMIT 1
          """)
      } catch {
        guard error.isConstraint else { throw error }
        let sentence = kind.schema.sentence(of: error)
        #expect(!Self.isSQL(sentence), "\(name): \(sentence)")
      }
    }
  }
}

extension Day {
  fileprivate static let healthAndCare = Day(year: 2005, month: 7, day: 1) ?? .distantFuture
}

extension Registry {
  /// States something from 2001 on.
  fileprivate func say(_ content: Change.Content) throws { try say(ChangeSet(changes: [statement(content)])) }

  fileprivate func problems(of content: Change.Content) throws -> [Problem] {
    do { try say(content) } catch let error as Refused { return error.problems }
    return []
  }

  private func statement(_ content: Change.Content) -> Change {
    guard case .fact(let fact) = content, fact.kind.schema.isDated else { return Change(content) }
    return Change(content, start: .day(Day(year: 2001, month: 1, day: 1) ?? .distantFuture), source: "law")
  }
}
