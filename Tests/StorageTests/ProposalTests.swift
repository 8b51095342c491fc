import RegistryFormats
import RegistryTestSupport
import Testing

@testable import RegistryStorage

/// Proposals are facts that are kept, changed and taken back, and that come over from an older register.
@Suite struct ProposalTests {
  private let world = Result { try register(vocabulary, lawfulWorld) }

  private func statements(_ registry: Registry, of proposal: String) throws -> [String] {
    try StatedFacts(registry).statements(of: proposal).compactMap(\.content.proposed).map {
      "\($0.position ?? 0) \($0.record) \($0.fields)"
    }
  }

  @Test func `A proposal makes no facts`() throws {
    let registry = try world.get()
    #expect(try registry.rows("SELECT count(*) FROM code WHERE value = 'E9'") == ["0"])
    #expect(
      try statements(registry, of: "more") == [
        #"1 code {"from":"2030-04-01","organisation":"a","scheme":"ons","value":"E9"}"#
      ])
    #expect(try registry.check() == [])
  }

  @Test func `The same statement is the same fact, and another gets the next place`() throws {
    let registry = try world.get()
    let file = """
      record,key,organisation,scheme,value,from,proposal
      code,,a,ons,E9,2030-04-01,more
      """
    #expect(try registry.say(file).revision == nil)
    try registry.say(file.replacing("E9", with: "E10"))
    try registry.say("record,key\nretract,more/2")
    try registry.say(file.replacing("E9", with: "E11"))
    #expect(
      try registry.rows("SELECT key FROM proposal_statement WHERE superseded_in IS NULL ORDER BY key") == [
        "more/1", "more/3",
      ])
  }

  @Test(arguments: [
    ("unit,,,,,,area,u1,P1", "a proposal cannot hold a line 'unit': record it by itself"),
    ("kind,hamlet,,,Hamlet", "a proposal cannot hold a line 'kind': record it by itself"),
    ("proposal,other,,,Other,2030-04-01", "a proposal cannot hold a line 'proposal': record it by itself"),
    ("proposal-base,most,more", "a proposal cannot hold a line 'proposal-base': record it by itself"),
    ("appointment,,,a,Max Muster,2030-04-01,,,,chair", "a proposal keeps no names of people"),
    ("code,,,a,E9", "a line 'code' needs a 'scheme'"),
    ("event,e,,,,,,,,marriage", "'type': 'marriage' is none of"),
    ("movement,,group-new,a,,,,u1", "a line 'movement' of a unit needs a 'event'"),
  ])
  func `What cannot be proposed is refused when it is stored`(line: String, message: String) throws {
    let padded = line + String(repeating: ",", count: 9 - line.count { $0 == "," })
    let file = "record,key,other,organisation,value,from,partition,unit,parcel,type,proposal\n\(padded),more"
    let problem = try #require(try world.get().problems(of: file).first)
    #expect(problem.message.hasPrefix(message), "\(problem)")
    #expect(problem.origin == Change.Origin(file: "test.csv", line: 2))
  }

  @Test func `A proposal is named before it is spoken of`() throws {
    let registry = try world.get()
    #expect(
      try registry.problems(of: "record,key,proposal\norganisation,x,nothing").map(\.message) == [
        "unknown proposal 'nothing'"
      ])
    #expect(
      try registry.problems(of: "record,key\nretract,more/proposal").map(\.rule) == ["proposal-is-described"])
  }

  @Test func `Proposals build on each other, but not in a circle`() throws {
    let registry = try world.get()
    #expect(try StatedFacts(registry).openBases(of: "most") == ["more"])
    for line in ["proposal-base,more,most", "proposal-base,more,more"] {
      #expect(try registry.problems(of: "record,key,other\n\(line)").map(\.rule) == ["proposal_base"], "\(line)")
    }
  }

  @Test(arguments: [ProposalState.enacted, .withdrawn])
  func `What is closed is not added to`(state: ProposalState) throws {
    let registry = try world.get()
    let closing = "record,key,value,from,nature,source\nproposal,more,More of it,2030-04-01,\(state.rawValue),law"
    try registry.say(closing)
    #expect(try StatedFacts(registry).proposals(state).compactMap(\.content.proposal?.key) == ["more"])
    #expect(try StatedFacts(registry).proposals(.open).compactMap(\.content.proposal?.key) == ["most"])
    #expect(
      try registry.problems(of: "record,key,proposal\norganisation,x,more").map(\.message) == [
        "the proposal 'more' is \(state.rawValue): make another one"
      ])
    try registry.undo(3)
    #expect(try registry.problems(of: "record,key,proposal\norganisation,x,more") == [])
  }

  @Test func `Adding a proposal is undone with all its statements, but not from under later ones`() throws {
    let registry = try register(vocabulary, "record,key,value,from\nproposal,p,Some,2030-04-01")
    try registry.say("record,key,proposal\norganisation,x,p")
    #expect(throws: Refused.self) { try registry.undo(2) }
    try registry.undo(3)
    try registry.undo(2)
    #expect(try registry.rows("SELECT count(*) FROM proposal_detail WHERE superseded_in IS NULL") == ["0"])
    #expect(try registry.check() == [])
  }

  // MARK: Words of commands, as earlier versions kept them

  /// A register of the last version that kept the words of commands, with an open plan and one that was withdrawn.
  private func older() throws -> Database {
    let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let database = try Database(path: ":memory:", access: .create)
    let dump = try Files.read("/\(path)/Golden/register-with-planned-events.sql")
    try database.execute(String(decoding: dump, as: UTF8.self))
    return database
  }

  @Test func `Words that were planned stay readable, with their history`() throws {
    let database = try older()
    let facts = "SELECT key, value, valid_from, valid_to FROM name ORDER BY id"
    let before = try database.rows(facts)
    let registry = try Registry.upToDate(database)
    // The placements were rebuilt by the rules of today.
    #expect(try registry.check() == [])
    #expect(try registry.rows("SELECT count(*) FROM placement") == ["5"])
    #expect(try !before.isEmpty && database.rows(facts) == before)
    let shown = { (revision: Int64) in
      try StatedFacts(registry).proposals(.open, knownIn: revision).map { change in
        let (key, detail) = try #require(change.content.proposal)
        return [key, detail.day.description, detail.title, change.note ?? ""]
      }
    }
    let note = "planned as the words of a command by an earlier version: enter it again"
    let open = [
      "2030-04-01-rename-00A", "2030-04-01",
      #"rename 00A --name 'Gamma "upon" Sea, and It'\''s new' --on 2030-04-01 --source list --note draft"#,
      "draft; \(note)",
    ]
    let withdrawn = [
      "2031-04-01-rename-00A", "2031-04-01", "rename 00A --name Delta --on 2031-04-01 --source list", note,
    ]
    #expect(try shown(latest) == [open])
    #expect(try shown(3) == [open, withdrawn])
    #expect(try shown(1) == [])
    #expect(try statements(registry, of: open[0]) == [])
    try registry.undo(4)
    #expect(try shown(latest) == [open, withdrawn])
  }

  @Test func `A plan under any key is brought over`() throws {
    let database = try older()
    for key in ["free", "x", "x/plan"] {
      try database.run(
        "INSERT INTO planned_event (key, planned_for, words, opened_in) VALUES (?1, '2030-01-01', '[\"a\"]', 4)",
        [.text(key)])
    }
    try database.run(
      "INSERT INTO planned_event (key, planned_for, words, opened_in) VALUES ('bad', '2030-01-01', '[\"a\"b\"]', 4)")
    try _ = Registry.upToDate(database)
    let keys = try StatedFacts(Registry(database)).proposals(.open).compactMap(\.content.proposal?.key)
    #expect(keys == ["bad", "free", "x/plan", "x", "2030-04-01-rename-00A"])
  }
}
