import RegistryStorage
import RegistryTestSupport
import Testing

/// Two groups with a chair and some members.
private let world = """
  record,key,event,organisation,other,kind,type,group,nature,value,amount,from,to,source
  seat,chair,,,,,single,,,Chair
  seat,member,,,,,,,,Member
  organisation,a
  organisation,b
  event,founding,,,,,establishment,,,,,2000-04-01,,law
  event,end,,,,,closure,,,,,2010-04-01,,law
  open,,founding,a,,group
  open,,founding,b,,group
  close,,end,b
  seat-rule,,,,,group,chair,,,,1,2000-04-01,,law
  """

private let quirrel = """
  record,organisation,type,group,other,value,from,source
  appointment,a,chair,gp,,Ignatz Quirrelmann,2001-04-01,law
  """

@Suite struct GovernanceTests {
  private func appointments(_ registry: Registry) throws -> [String] {
    try registry.rows(
      """
      SELECT organisation, seat, nature, profession, holder, valid_from, last_day FROM current_appointment
      ORDER BY organisation, seat, valid_from
      """)
  }

  // MARK: Seats

  @Test func `Of a seat that is single, the next appointment begins where the last one ends`() throws {
    let registry = try register(vocabulary, world, quirrel)
    try registry.say(
      """
      record,organisation,type,group,nature,from,source
      appointment,a,chair,,vacant,2003-04-01,law
      appointment,a,chair,nurse,,2004-04-01,law
      """)
    #expect(
      try appointments(registry) == [
        "a|chair|held|gp|holder-1|2001-04-01|2003-03-31", "a|chair|vacant|-|-|2003-04-01|2004-03-31",
        "a|chair|held|nurse|-|2004-04-01|-",
      ])
    #expect(try registry.check() == [])
  }

  @Test func `Of another seat there may be many, and each ends with the body at the latest`() throws {
    let registry = try register(vocabulary, world)
    try registry.say(
      """
      record,key,organisation,type,group,from,source
      appointment,,b,member,gp,2001-04-01,law
      appointment,one-more,b,member,gp,2001-04-01,law
      """)
    #expect(
      try appointments(registry) == Array(repeating: "b|member|held|gp|-|2001-04-01|2010-03-31", count: 2))
  }

  @Test func `The end of a body ends what is said of its seats and its constitution`() throws {
    let registry = try register(vocabulary, world)
    try registry.say(
      """
      record,organisation,type,value,from,source
      appointment,a,chair,,2001-04-01,law
      constitution,a,,1.0,2001-04-01,law
      """)
    try registry.say("record,key,event,organisation,type,from\nevent,last,,,closure,2020-04-01\nclose,,last,a")
    #expect(try appointments(registry) == ["a|chair|held|-|-|2001-04-01|2020-03-31"])
    #expect(try registry.rows("SELECT version, last_day FROM current_constitution") == ["1.0|2020-03-31"])
    try registry.say("record,key,type,from\nevent,last,closure,2021-04-01")
    #expect(try appointments(registry) == ["a|chair|held|-|-|2001-04-01|2021-03-31"])
  }

  @Test func `A constitution is followed by the next version, also by one that is entered late`() throws {
    let registry = try register(vocabulary, world)
    for (version, day) in [("1.0", "2001-04-01"), ("3.0", "2005-04-01"), ("2.0", "2003-04-01")] {
      try registry.say("record,organisation,value,from,source\nconstitution,a,\(version),\(day),law")
    }
    #expect(
      try registry.rows("SELECT version, valid_from, last_day FROM current_constitution ORDER BY valid_from") == [
        "1.0|2001-04-01|2003-03-31", "2.0|2003-04-01|2005-03-31", "3.0|2005-04-01|-",
      ])
  }

  static let misunderstood: [(line: String, reason: String)] = [
    ("appointment,a,chair,gp,vacant,,,2001-04-01,law,", "a seat that is vacant has no holder and no profession"),
    ("appointment,a,throne,gp,,,,2001-04-01,law,", "unknown seat 'throne' (known: chair, member)"),
    ("appointment,a,chair,gp,maybe,,,2001-04-01,law,", "'nature': 'maybe' is none of held, vacant"),
    ("appointment,a,chair,médecin,,,,2001-04-01,law,", "a profession is one word of small letters"),
    ("appointment,a,chair,Max Muster,,,,2001-04-01,law,", "a profession is one word of small letters"),
    ("appointment,a,chair,gp,,,Max Muster,2001-04-01,law,says max muster", "the note repeats the name"),
    ("appointment,a,chair,gp,,max-muster,Max Muster,2001-04-01,law,", "the key of the holder repeats the name"),
  ]

  @Test(arguments: misunderstood) func `What cannot be said of a seat is refused`(line: String, reason: String) throws {
    let registry = try register(vocabulary, world)
    let file = "record,organisation,type,group,nature,other,value,from,source,note\n\(line)"
    let refused = try #require(throws: Refused.self) { try registry.say(file) }
    #expect(refused.description.contains(reason), "\(refused)")
    #expect(!refused.description.lowercased().contains("muster"), "a refusal may end up in a log")
  }

  // MARK: Holders

  @Test func `Saying the same of the same person again changes nothing`() throws {
    let registry = try register(vocabulary, world, quirrel)
    #expect(try registry.say(quirrel).revision == nil)
    #expect(try registry.rows("SELECT key, name FROM holder") == ["holder-1|Ignatz Quirrelmann"])
  }

  @Test func `One person may hold seats of several bodies, by one key`() throws {
    let registry = try register(vocabulary, world, quirrel)
    try registry.say("record,organisation,type,other,from,source\nappointment,b,chair,holder-1,2002-04-01,law")
    #expect(try appointments(registry).filter { $0.contains("holder-1") }.count == 2)
    let problems = try registry.problems(
      of: "record,organisation,type,other,value,from,source\nappointment,b,member,holder-1,Somebody Else,2002-04-01,law"
    )
    #expect(
      problems.map(\.message) == [
        "the holder 'holder-1' has another name, which stays: give this one to another holder"
      ])
  }

  @Test func `The schema lets a name be erased, with its revision, and nothing else`() throws {
    let database = try register(vocabulary, world, quirrel).database
    for sql in [
      "UPDATE holder SET name = 'Other'", "UPDATE holder SET name = NULL", "UPDATE holder SET redacted_in = 3",
      "UPDATE holder SET name = NULL, redacted_in = 3, key = 'x'", "DELETE FROM holder",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try database.run(sql) }
    }
    #expect(try database.run("UPDATE holder SET name = NULL, redacted_in = 3") == 1)
    for sql in ["UPDATE holder SET name = 'Ignatz', redacted_in = NULL", "UPDATE holder SET redacted_in = NULL"] {
      #expect(throws: DatabaseError.self, "\(sql)") { try database.run(sql) }
    }
  }

  // MARK: Erasing

  private func redact(_ registry: Registry, reason: String = "asked for") throws -> Int64? {
    try registry.record(
      ChangeSet(changes: [Change(.redact(holder: "holder-1"))]),
      Registry.Signature(actor: "test", command: "redact", reason: reason)
    ).revision
  }

  @Test func `A name is erased from present and past alike, and only that it was is recorded`() throws {
    let registry = try register(vocabulary, world, quirrel)
    let before = try registry.state()
    let a = try registry.id("a")
    #expect(try registry.detail(of: a, knownIn: 3)?[.appointment].first?["name"] == "Ignatz Quirrelmann")
    #expect(try redact(registry) == 4)
    for revision in [3, 4, latest] {
      let appointment = try #require(try registry.detail(of: a, knownIn: revision)?[.appointment].first)
      #expect(appointment["name"] == nil && appointment["holder"] == "holder-1" && appointment["profession"] == "gp")
    }
    #expect(try registry.state() == before)
    #expect(try registry.rows("SELECT key, name, redacted_in FROM holder") == ["holder-1|-|4"])
    let revision = try #require(try registry.revisions(touching: [a]).last)
    #expect(revision.number == 4 && revision.reason == "asked for" && revision.rowCount == 1)
    #expect(try redact(registry) == nil, "there is nothing left to erase")
    #expect(try registry.check() == [])
  }

  @Test func `A history says no name`() throws {
    let registry = try register(vocabulary, world, quirrel)
    let history = try registry.history(of: registry.id("a"))
    let appointment = try #require(history.first { $0.version.kind == .appointment })
    #expect(appointment.version["holder"] == "holder-1" && appointment.version["name"] == nil)
  }

  @Test func `Undoing brings no name back`() throws {
    let registry = try register(vocabulary, world, quirrel)
    _ = try redact(registry)
    #expect(try registry.undo(4).revision == nil, "that a name was erased is no fact that could be undone")
    try registry.undo(3)
    #expect(try appointments(registry) == [])
    try registry.undo(5)
    #expect(try appointments(registry) == ["a|chair|held|gp|holder-1|2001-04-01|-"])
    #expect(try registry.rows("SELECT count(*) FROM holder WHERE name IS NOT NULL") == ["0"])
  }

  @Test func `The file that a name came from does not bring it back`() throws {
    let registry = try register(vocabulary, world, quirrel)
    _ = try redact(registry)
    let problems = try registry.problems(of: quirrel)
    #expect(
      problems.map(\.message) == [
        "the name of the holder 'holder-1' was erased and does not come back: leave it blank"
      ])
  }

  @Test(arguments: ["on behalf of Ignatz Quirrelmann", "IGNATZ  QUIRRELMANN asked"])
  func `The reason must not repeat the name that it erases`(reason: String) throws {
    let registry = try register(vocabulary, world, quirrel)
    let error = try #require(throws: ChangeError.self) { try redact(registry, reason: reason) }
    #expect(error.description.hasPrefix("the reason repeats the name of the holder"), "\(error)")
    #expect(try registry.rows("SELECT count(*) FROM holder WHERE name IS NOT NULL") == ["1"])
  }

  @Test func `Only a holder that there is has a name to erase`() throws {
    let registry = try register(vocabulary, world)
    let error = try #require(throws: ChangeError.self) { try redact(registry) }
    #expect(error.description == "unknown holder 'holder-1'")
  }
}
