@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// A world with at least one row in every table of facts.
let lawfulWorld = """
  record,key,event,organisation,other,scheme,kind,type,nature,timeline,parcel,partition,basis,unit,value,amount,from,to,source,service
  organisation,a
  organisation,b
  organisation,c
  organisation,board
  event,founding,,,,,,establishment,,,,,,,,,2000-04-01,,law
  event,merger,,,,,,merger,,,,,,,,,2010-04-01,,law
  event,transfer,,,,,,transfer,,,,,,,,,2005-04-01,,law
  open,,founding,a,,,group
  open,,founding,b,,,group
  open,,founding,board,,,board
  open,,merger,c,,,group
  code,,founding,a,,ods,,,,,,,,,00A
  code,,founding,b,,ods,,,,,,,,,00B
  name,,founding,a,,ods,,,,,,,,,Alpha
  relationship,,founding,a,board,,part-of
  measure,,,a,,,patients,,,,,,,,,1000,2004-04-01,2005-03-31,law
  succession,,merger,a,c,,,,succession
  succession,,merger,b,c,,,,succession
  succession,,transfer,a,b,,,,territory
  close,,merger,a
  close,,merger,b
  parcel,P1,,,,,,,,,,area
  parcel,P2,,,,,,,,,,area
  parcel,Q1,,,,,,,,,,practice
  anchor,,,a,,,,,,,P1,,,,,,2000-04-01,,law
  anchor,,,a,,,,,,,P2,,,,,,2000-04-01,,law
  anchor,,,a,,,,,,,Q1,,,,,,2000-04-01,,law
  movement,,transfer,,b,,,,,,P1
  flow,,transfer,a,b,,,,,,,,practices,,,0
  observed,,,a,c,,,,,,,,share,,,0.5,2009-04-01,2011-04-01,law
  seat,chair,,,,,,single,,,,,,,Chair
  seat,member,,,,,,,,,,,,,Member
  appointment,,,a,mx,,,chair,,,,,,,Max Muster,,2001-04-01,,law
  appointment,,,a,mx,,,member,,,,,,,,,2001-04-01,2002-03-31,law
  constitution,,,a,,,,,,,,,,,1.0,,2001-04-01,2003-03-31,law
  identifier,,,a,,,,lei,,,,,,,2138001,,2001-04-01,2003-03-31,law
  seat-rule,,,,,,group,chair,,,,,,,,1,2000-04-01,,law
  may-stand-under,,,,board,,group,part-of
  claim,claim-1,,,,,group,,,,,,,,2,2,2001-01-01,2001-12-31,law
  claim,claim-2,,,,,group,governance,,,,,,,most,,2001-01-01,2001-12-31,law
  claim,claim-4,,a,,,group,authorisation,,,,,,,with conditions,,1999-01-01,1999-01-31,law
  claim,claim-3,,,,,group,patients,,,,,,,1000,,2001-01-01,2001-12-31,law
  responsibility,,founding,,,,group,,sole,,,,,,,,,,,checks

  record,partition,unit,parcel,amount:people,source
  unit,area,u1,P1,100,law
  unit,area,u2,P2,50,law
  unit,practice,p1,Q1,,law

  record,partition,unit,organisation,other,from,source
  move,practice,p1,a,b,2007-04-01,law

  record,key,other,organisation,scheme,value,from,proposal,source
  proposal,more,,,,More of it,2030-04-01,,law
  proposal,most,,,,All of it,2031-04-01,,law
  proposal-base,most,more
  code,,,a,ons,E9,2030-04-01,more
  """

private let tables = [
  "citation", "event_detail", "life", "code", "name", "role", "relationship", "measure", "succession", "anchor",
  "movement", "unit_move", "flow", "observation", "claim", "unit", "unit_amount", "responsibility",
  "appointment", "constitution", "identifier", "seat_rule", "may_stand_under", "proposal_detail", "proposal_base",
  "proposal_statement",
]

@Suite struct RuleTests {
  // MARK: Rules over several rows

  static let breaches: [(rule: String, file: String)] = [
    (
      "fact-inside-life",
      """
      record,organisation,scheme,value,from,to,source
      code,a,ons,E1,1999-04-01,2001-03-31,law
      """
    ),
    (
      "fact-inside-life",
      """
      record,organisation,scheme,value,from,to,source
      name,a,ons,Too long,2009-04-01,2010-04-01,law
      """
    ),
    (
      "fact-inside-life",
      """
      record,organisation,kind,from,to,source
      role,board,proxy,1999-04-01,2001-03-31,law
      """
    ),
    (
      "fact-inside-life",
      """
      record,organisation,type,from,to,source
      appointment,a,member,1999-04-01,2001-03-31,law
      """
    ),
    (
      "fact-inside-life",
      """
      record,organisation,value,from,to,source
      constitution,b,2.0,2009-04-01,2011-04-01,law
      """
    ),
    (
      "relationship-inside-both-lives",
      """
      record,organisation,other,kind,from,to,source
      relationship,b,board,part-of,2009-01-01,2011-01-01,law
      """
    ),
    (
      "relationship-inside-both-lives",
      """
      record,organisation,other,kind,from,to,source
      relationship,board,a,supports,2009-01-01,2010-12-31,law
      """
    ),
    (
      "predecessor-lives-the-day-before",
      """
      record,key,event,organisation,other,type,nature,from,source
      event,late,,,,transfer,,2010-04-02,law
      succession,,late,a,c,,territory
      """
    ),
    (
      "successor-lives-on-the-day",
      """
      record,key,event,organisation,other,type,nature,from,source
      event,early,,,,transfer,,2009-04-01,law
      succession,,early,a,c,,territory
      """
    ),
    (
      "movement-follows-a-succession",
      """
      record,event,parcel,other
      movement,transfer,P2,board
      """
    ),
    (
      "flow-follows-a-succession",
      """
      record,event,organisation,other,basis,amount
      flow,transfer,b,a,practices,1
      """
    ),
    (
      "giver-keeps-only-while-it-lives",
      """
      record,event,organisation,other,basis,amount
      flow,merger,a,a,areas,1
      """
    ),
    (
      "amounts-are-parts-of-a-whole",
      """
      record,event,organisation,other,basis,amount
      flow,transfer,a,b,practices,2
      """
    ),
    (
      "parcel-moves-once-a-day",
      """
      record,key,event,organisation,other,type,nature,parcel,from,source
      event,again,,,,transfer,,,2005-04-01,law
      succession,,again,a,board,,territory
      movement,,again,,board,,,P1
      """
    ),
    (
      "parcel-lies-in-a-living-place-body",
      """
      record,key,organisation,parcel,partition,from,source
      parcel,P3,,,area
      anchor,,board,P3,,2001-04-01,law
      """
    ),
    (
      "parcel-lies-in-a-living-place-body",
      """
      record,key,organisation,parcel,partition,from,source
      parcel,P3,,,area
      anchor,,a,P3,,1999-04-01,law
      """
    ),
    (
      "unit-and-parcel-share-a-partition",
      """
      record,partition,unit,parcel,source
      unit,practice,p2,P1,law
      """
    ),
    (
      "unit-leaves-a-living-body",
      """
      record,partition,unit,organisation,other,from,source
      move,practice,p1,c,b,2009-01-01,law
      """
    ),
    (
      "unit-joins-a-living-body",
      """
      record,partition,unit,organisation,other,from,source
      move,practice,p1,b,c,2009-01-01,law
      """
    ),
    (
      "unit-leaves-the-body-in-which-it-lies",
      """
      record,partition,unit,organisation,other,from,source
      move,practice,p1,a,b,2008-04-01,law
      """
    ),
    (
      "unit-moves-once-a-day",
      """
      record,key,partition,unit,organisation,other,from,source
      move,second,practice,p1,a,b,2007-04-01,law
      """
    ),
    (
      "unit-moves-once-a-day",
      """
      record,partition,unit,parcel,organisation,other,from,source
      unit,area,u1,P1
      move,area,u1,,a,b,2005-04-01,law
      """
    ),
    (
      "moving-unit-is-known",
      """
      record,partition,unit,organisation,other,from,source
      move,practice,p9,a,b,2007-04-01,law
      """
    ),
    (
      "units-of-a-parcel-move-together",
      """
      record,partition,unit,parcel,source
      unit,practice,p2,Q1,law
      """
    ),
    (
      "claim-is-about-a-kind-of-its-body",
      """
      record,key,organisation,kind,type,value,from,source
      claim,claim-5,board,group,authorisation,with conditions,1999-01-01,law
      """
    ),
    ("proposal-is-described", "record,key\nretract,more/proposal"),
  ]

  @Test(arguments: breaches) func `What breaks a rule is refused with its name`(rule: String, file: String) throws {
    let registry = try register(vocabulary, lawfulWorld)
    let sizes = try registry.sizes()
    let problems = try registry.problems(of: file)
    #expect(problems.contains { $0.rule == rule }, "\(problems)")
    #expect(try registry.sizes() == sizes)
  }

  /// Breaches of rules that a change file cannot break, because it describes every event and source that it names.
  static let rawBreaches: [(rule: String, sql: String)] = [
    ("event-is-described", "INSERT INTO change_event (key, opened_in) VALUES ('bare', 1)"),
    ("source-is-cited", "INSERT INTO source (key, opened_in) VALUES ('bare', 1)"),
  ]

  @Test(arguments: rawBreaches) func `What other means break is found`(rule: String, sql: String) throws {
    let registry = try register(vocabulary, lawfulWorld)
    try registry.database.run(sql)
    #expect(try registry.check().map(\.rule) == [rule])
  }

  @Test func `Every rule has a test`() {
    let definition = Rules.all
    let rules = Set(definition.matches(of: /SELECT '([a-z-]+)'/).map { String($0.1) })
    #expect(rules.count > 8)
    let tested = Set(
      Self.breaches.map(\.rule) + Self.rawBreaches.map(\.rule) + Self.corruptions.map(\.rule) + Self.doors.map(\.rule))
    #expect(rules.subtracting(tested).isEmpty)
  }

  @Test
  func `What an event is, is not retracted while facts depend on it`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    let problems = try registry.problems(of: "record,key\nretract,merger/detail")
    #expect(problems.contains { $0.rule == "event-is-described" }, "\(problems)")
  }

  // MARK: Overlaps

  static let overlaps: [(trigger: String, message: String, file: String)] = [
    (
      "life_does_not_overlap", "a body lives once at a time: its lives overlap",
      "record,key,organisation,timeline,from,source\nlife,second,a,legal,2005-01-01,law"
    ),
    (
      "code_means_one_organisation", "within one scheme a code means one organisation on any day",
      "record,organisation,scheme,value,from,source\ncode,board,ods,00A,2001-01-01,law"
    ),
    (
      "name_does_not_overlap", "names of one scheme do not overlap",
      "record,key,organisation,scheme,value,from,to,source\nname,second,a,ods,X,2000-04-01,2002-01-01,law"
    ),
    (
      "role_excludes_others", "roles that exclude each other do not overlap",
      "record,key,organisation,kind,from,to,source\nrole,second,a,trust,2000-04-01,2002-01-01,law"
    ),
    (
      "appointment_does_not_overlap", "a seat of which a body has one is held or vacant once at a time",
      "record,key,organisation,type,from,to,source\nappointment,second,a,chair,2001-04-01,2003-01-01,law"
    ),
    (
      "appointment_does_not_overlap", "nobody holds a seat twice",
      "record,organisation,type,other,from,to,source\nappointment,a,member,mx,2002-01-01,2003-01-01,law"
    ),
    (
      "constitution_does_not_overlap", "a body has one constitution at a time",
      "record,key,organisation,value,from,to,source\nconstitution,second,a,1.1,2001-04-01,2002-01-01,law"
    ),
    (
      "identifier_means_one_organisation", "within one register an identifier means one organisation on any day",
      "record,organisation,type,value,from,source\nidentifier,board,lei,2138001,2002-01-01,law"
    ),
    (
      "seat_rule_does_not_overlap", "of a kind of body and a seat one rule is in force at a time",
      "record,kind,type,amount,from,source\nseat-rule,group,chair,2,2005-01-01,law"
    ),
    (
      "proposal_base_makes_no_circle", "a proposal does not build on itself, nor on one that builds on it",
      "record,key,other\nproposal-base,more,most"
    ),
    (
      "relationship_does_not_overlap", "a relationship does not overlap itself",
      "record,organisation,other,kind,from,source\nrelationship,a,board,part-of,2003-01-01,law"
    ),
    (
      "responsibility_does_not_overlap",
      "a sole responsibility excludes others for the same service, and none overlaps itself",
      "record,kind,service,nature,from,source\nresponsibility,board,checks,sole,2003-01-01,law"
    ),
  ]

  @Test(arguments: overlaps) func `An overlap is refused with its reason`(
    trigger: String, message: String, file: String
  ) throws {
    let registry = try register(vocabulary, lawfulWorld)
    let sizes = try registry.sizes()
    let problems = try registry.problems(of: file)
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains(message) == true, "\(problems)")
    #expect(problems.first?.origin?.line == 2)
    #expect(try registry.sizes() == sizes)
  }

  @Test func `Among many rows each that is forbidden is told`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    let sizes = try registry.sizes()
    let first = try #require(Day(year: 2001, month: 1, day: 1))
    let lines = (0..<100).map { number in
      let (day, taken) = (first.advanced(by: number), [40: "00A", 90: "00B"])
      return "code,board,ods,\(taken[number] ?? "N\(number)"),\(day),\(day),law"
    }
    let header = ["record,organisation,scheme,value,from,to,source"]
    let problems = try registry.problems(of: (header + lines).joined(separator: "\n"))
    #expect(problems.map { $0.origin?.line } == [42, 92])
    #expect(problems.allSatisfy { $0.message.contains("a code means one organisation") }, "\(problems)")
    #expect(try registry.sizes() == sizes)
  }

  @Test func `Every overlap trigger has a test`() throws {
    let triggers = try Registry.inMemory().rows(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'trigger' AND name NOT LIKE '%\\_is\\_never\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_is\\_permanent' ESCAPE '\\'
      """)
    #expect(Set(triggers) == Set(Self.overlaps.map(\.trigger)))
  }

  @Test func `A code may pass to another body the day after`() throws {
    let registry = try register(
      vocabulary, lawfulWorld, "record,organisation,scheme,value,event\ncode,c,ods,00A,merger")
    #expect(try registry.check().isEmpty)
  }

  @Test func `A unit is not described in two ways at once`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    let problems = try registry.problems(
      of: "record,partition,unit,parcel,amount:people,source\nunit,area,u1,P1,1,law\nunit,area,u1,P1,2,law")
    #expect(
      problems.map(\.description) == [
        "test.csv:3: the unit 'u1' is described twice in one change set: say all of it in one line"
      ])
  }

  // MARK: What is written stays

  @Test func `The world has a row in every table of facts`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    for table in tables { #expect(try registry.rows("SELECT count(*) > 0 FROM \(table)") == ["1"], "\(table)") }
    let superseding = try registry.rows(
      """
      SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
      WHERE m.type = 'table' AND c.name = 'superseded_in'
      """)
    #expect(Set(superseding) == Set(tables))
  }

  @Test(arguments: tables) func `A recorded fact is superseded and never rewritten or deleted`(table: String) throws {
    let database = try register(vocabulary, lawfulWorld).database
    let rewriting = try #require(throws: DatabaseError.self) { try database.run("UPDATE \(table) SET note = 'other'") }
    #expect(rewriting.message == "a recorded \(table) is superseded, never rewritten")
    let backdating = try #require(throws: DatabaseError.self) {
      try database.run("UPDATE \(table) SET opened_in = opened_in + 1, superseded_in = opened_in + 2")
    }
    #expect(backdating.message == "a recorded \(table) is superseded, never rewritten")
    let deleting = try #require(throws: DatabaseError.self) { try database.run("DELETE FROM \(table)") }
    #expect(deleting.message == "a recorded \(table) is superseded, never deleted")
    // A row can be superseded once.
    try database.run("INSERT INTO revision (recorded_at, actor, command) VALUES ('2020-01-01T00:00:00Z', 'a', 'b')")
    try database.run("INSERT INTO revision (recorded_at, actor, command) VALUES ('2020-01-01T00:00:00Z', 'a', 'b')")
    #expect(try database.run("UPDATE \(table) SET superseded_in = 3") > 0)
    for value in ["4", "NULL"] {
      let error = try #require(throws: DatabaseError.self) {
        try database.run("UPDATE \(table) SET superseded_in = \(value)")
      }
      #expect(error.message == "a recorded \(table) is superseded, never rewritten")
    }
  }

  @Test(arguments: ["source", "organisation", "change_event", "parcel", "proposal"])
  func `An identity is permanent`(table: String) throws {
    let database = try register(vocabulary, lawfulWorld).database
    for sql in ["UPDATE \(table) SET key = key || 'x'", "DELETE FROM \(table)"] {
      let error = try #require(throws: DatabaseError.self) { try database.run(sql) }
      #expect(error.message == "an identity is permanent")
    }
  }

  @Test func `Revisions only grow`() throws {
    let database = try register(vocabulary, lawfulWorld).database
    let error = try #require(throws: DatabaseError.self) { try database.run("DELETE FROM revision WHERE id = 2") }
    #expect(error.message == "revisions only grow")
  }

  @Test(arguments: ["2020-1-1", "20200101", "", "yesterday", "2020-01-01 00:00"])
  func `The schema takes only days`(day: String) throws { try refuses(day) }

  @Test
  func `The schema takes only days that there are`() throws { try refuses("2020-02-30") }

  private func refuses(_ day: String) throws {
    let database = try register(vocabulary, lawfulWorld).database
    let error = try #require(throws: DatabaseError.self) {
      try database.run(
        """
        INSERT INTO life (key, organisation_id, timeline, valid_from, from_status, to_status, opened_in)
        SELECT 'x', id, 'operational', ?1, 'stated', 'stated', 2 FROM organisation WHERE key = 'a'
        """, [.text(day)])
    }
    #expect(error.message.contains("valid_from IS date(valid_from, '+0 days')"))
  }
}
