@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// What recording refuses although each line alone is right, and what it lets through because it was wrong before.
extension RuleTests {
  static let doors: [(rule: String, file: String)] = [
    (
      "nothing-stands-above-itself",
      """
      record,organisation,other,kind,from,source
      relationship,board,a,part-of,2001-01-01,law
      """
    ),
    (
      "nothing-stands-above-itself",
      """
      record,organisation,other,kind,from,to,source
      relationship,board,b,part-of,2001-01-01,2009-12-31,law
      relationship,b,a,part-of,2005-01-01,2005-12-31,law
      """
    ),
    (
      "life-is-ended-by-one-event",
      """
      record,key,event,organisation,other,type,nature,from,source
      event,second,,,,merger,,2010-04-01,law
      succession,,second,a,c,,succession
      """
    ),
    (
      "movement-takes-what-its-giver-holds",
      """
      record,key,event,organisation,other,type,nature,parcel,from,source
      event,late,,,,transfer,,,2006-04-01,law
      succession,,late,a,b,,territory
      movement,,late,,b,,,P1
      """
    ),
    (
      "movement-takes-what-its-giver-holds",
      """
      record,key,event,organisation,other,type,nature,parcel,partition,from,source
      parcel,nowhere,,,,,,,area,,law
      movement,,transfer,,b,,,nowhere
      """
    ),
    (
      "may-stand-under",
      """
      record,organisation,other,kind,from,to,source
      relationship,b,a,part-of,2005-01-01,2005-12-31,law
      """
    ),
    (
      "may-stand-under",
      """
      record,key,kind,type,other
      retract,group/part-of/board
      may-stand-under,,group,part-of,trust
      """
    ),
    (
      "code-needs-a-life",
      """
      record,key,organisation,scheme,value,from,to,status,to_status,source
      organisation,lifeless
      code,,lifeless,ods,Z9,2004-04-01,2005-03-31,stated,unknown,law
      """
    ),
  ]

  @Test(arguments: doors) func `What a later or another statement makes false is refused`(
    rule: String, file: String
  ) throws {
    let registry = try register(vocabulary, lawfulWorld)
    let sizes = try registry.sizes()
    let problems = try registry.problems(of: file)
    #expect(problems.contains { $0.rule == rule }, "\(problems)")
    #expect(try registry.sizes() == sizes)
  }

  @Test func `What ended by one event is not ended again, nor earlier, nor later`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    for day in ["2010-04-01", "2009-04-01", "2011-04-01"] {
      let problems = try registry.problems(
        of: """
          record,key,event,organisation,type,from,source
          event,again,,,closure,\(day),law
          close,,again,a
          """)
      #expect(problems.count == 1, "\(problems)")
      #expect(problems.first?.message.contains("'a' ended already, on 2010-04-01 by the event merger") == true)
    }
    // The same event may say it again.
    #expect(
      try registry.problems(
        of: """
          record,event,organisation
          close,merger,a
          """) == [])
  }

  @Test func `An event that would empty a later one is refused, and names it`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    let problems = try registry.problems(
      of: """
        record,key,event,organisation,other,type,nature,parcel,from,source
        event,early,,,,transfer,,,2003-04-01,law
        succession,,early,a,board,,territory
        movement,,early,,board,,,P1
        """)
    #expect(
      problems.contains {
        $0.rule == "movement-takes-what-its-giver-holds"
          && $0.message.contains(
            "the event transfer takes the parcel P1 from a body in which it does not lie: on 2005-03-31, the day before, "
              + "it lies in board")
      }, "\(problems)")
  }

  @Test func `Of a body nothing but a code may be known`() throws {
    let registry = try register(vocabulary, lawfulWorld)
    #expect(
      try registry.problems(
        of: """
          record,key,organisation,scheme,value,from,to,status,to_status,source
          organisation,lifeless
          code,,lifeless,ods,Z9,2004-04-01,2005-03-31,unknown,unknown,law
          """) == [])
  }

  @Test(.enabled(if: England.shared != nil, "the folder ../shared is not there"))
  func `A movement of what its giver does not hold is refused`() throws {
    func text(_ name: String) throws -> String {
      String(decoding: try sharedCase("movement/\(name).csv"), as: UTF8.self)
    }
    let registry = try register(text("base"))
    let problems = try registry.problems(of: text("gives-what-it-does-not-hold"))
    #expect(problems.map(\.rule) == ["movement-takes-what-its-giver-holds"])
    #expect(problems.first?.origin?.line == 5 && problems.first?.message.contains("P3") == true, "\(problems)")
  }

  @Test func `What ended by itself tells its last day`() throws {
    let problems = try register(
      vocabulary,
      "record,key,organisation,timeline,from,to,source\norganisation,x\nlife,,x,legal,2001-01-01,2005-03-31,law"
    )
    .problems(of: "record,key,event,organisation,type,from,source\nevent,late,,,closure,2010-04-01,law\nclose,,late,x")
    #expect(problems.map(\.message) == ["'x' ended already: its last day was 2005-03-31"])
  }

  /// A code from before the body began, which another program wrote.
  private func hurt() throws -> Registry {
    let registry = try register(vocabulary, lawfulWorld)
    try registry.database.run(
      """
      INSERT INTO code
        (key, organisation_id, scheme_id, value, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'hurt', organisation_id, scheme_id, 'A00', '1990-04-01', '1991-04-01', 'stated', 'stated', opened_in
      FROM code WHERE value = '00A'
      """)
    #expect(try registry.check().map(\.rule) == ["fact-inside-life"])
    return registry
  }

  @Test func `A register that was hurt before takes what is right, and refuses what is wrong`() throws {
    let registry = try hurt()
    #expect(
      try registry.problems(
        of: """
          record,organisation,scheme,value,from,source
          name,a,ons,Also Alpha,2004-04-01,law
          """) == [])
    let wrong = try registry.problems(
      of: """
        record,organisation,scheme,value,from,source
        name,a,ons,Before Alpha,1995-04-01,law
        """)
    #expect(wrong.count == 1 && wrong.first?.message.contains("1995-04-01") == true, "\(wrong)")
    #expect(try registry.check().map(\.rule) == ["fact-inside-life"])
  }

  @Test func `The hurt does not bar its repair`() throws {
    let registry = try hurt()
    #expect(try registry.problems(of: "record,key\nretract,hurt\n") == [])
    #expect(try registry.check() == [])
  }
}
