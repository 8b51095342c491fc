import RegistryStorage
import RegistryTestSupport
import Testing

/// Three bodies under a board, one of which closes, with one fact of every kind.
@Suite struct RecorderTests {
  // MARK: Saying things again, and in another order

  @Test func `Saying the same twice changes nothing`() throws {
    let registry = try register(vocabulary, smallWorld)
    let (state, sizes) = (try registry.state(), try registry.sizes())
    for file in [vocabulary, smallWorld] {
      let (revision, difference) = try registry.say(file)
      #expect(revision == nil)
      #expect(difference.isEmpty)
    }
    #expect(try registry.state() == state)
    #expect(try registry.sizes() == sizes)
    #expect(try registry.revisions().count == 2)
  }

  @Test func `The order of lines does not matter`() throws {
    let all = try changes("\(vocabulary)\n\n\(smallWorld)")
    let state = try register(vocabulary, smallWorld).state()
    #expect(state.count > 25)
    var generator = SeededGenerator(seed: 7)
    for round in 1...50 {
      let registry = try Registry.inMemory()
      try registry.say(ChangeSet(changes: all.changes.shuffled(using: &generator)))
      #expect(try registry.state() == state, "round \(round)")
    }
  }

  @Test func `Each fact may come in a revision of its own`() throws {
    let state = try register(vocabulary, smallWorld).state()
    let world = try changes(smallWorld).changes
    let isFact = { (change: Change) in
      guard case .fact(let fact) = change.content else { return false }
      return [.code, .name, .role, .relationship, .measure, .responsibility].contains(fact.kind)
    }
    var generator = SeededGenerator(seed: 8)
    for round in 1...5 {
      let registry = try register(vocabulary)
      try registry.say(ChangeSet(changes: world.filter { !isFact($0) }))
      for fact in world.filter(isFact).shuffled(using: &generator) { try registry.say(ChangeSet(changes: [fact])) }
      #expect(try registry.state() == state, "round \(round)")
      #expect(try registry.check().isEmpty)
    }
  }

  @Test func `A preview tells and writes nothing`() throws {
    let registry = try register(vocabulary)
    let sizes = try registry.sizes()
    let difference = try registry.preview(try changes(smallWorld))
    #expect(difference.rows.contains { $0.table == "code" && $0.after == "00A from 2000-04-01 to 2010-03-31" })
    #expect(difference.newIdentities == 7)
    #expect(try registry.sizes() == sizes)
    #expect(try registry.say(smallWorld).difference.rowCount == difference.rowCount)
  }

  // MARK: Timelines

  @Test func `A new code of a scheme ends the running one`() throws {
    let registry = try register(vocabulary, smallWorld)
    #expect(
      try registry.rows("SELECT code, valid_from, last_day FROM current_code WHERE scheme = 'ons' ORDER BY valid_from")
        == ["E01|2000-04-01|2003-07-02", "E02|2003-07-03|2006-12-31", "E03|2007-01-01|2010-03-31"])
  }

  @Test func `A new name of a scheme ends the running one and leaves other schemes alone`() throws {
    let registry = try register(
      vocabulary, smallWorld,
      """
      record,organisation,scheme,value,from,source
      name,board,ons,The Board,2004-01-01,law
      name,board,ods,Newest board,2008-01-01,law
      """)
    #expect(
      try registry.rows(
        "SELECT name, valid_from, last_day FROM current_name WHERE organisation = 'board' ORDER BY valid_from")
        == [
          "Old board|2000-04-01|2005-03-31", "The Board|2004-01-01|-", "New board|2005-04-01|2007-12-31",
          "Newest board|2008-01-01|-",
        ])
  }

  @Test func `A new role of a group ends the running one and leaves other roles alone`() throws {
    let registry = try register(vocabulary, smallWorld)
    #expect(
      try registry.rows("SELECT kind, valid_from, last_day FROM current_role WHERE organisation = 'b'")
        == ["group|2000-04-01|2003-12-31", "trust|2004-01-01|2010-03-31"])
    #expect(
      try registry.rows("SELECT kind, valid_from, last_day FROM current_role WHERE organisation = 'a'").sorted()
        == ["group|2000-04-01|2010-03-31", "proxy|2002-01-01|2002-12-31"])
  }

  @Test(arguments: [false, true]) func `A name with a last day also ends the running one`(isSaidFirst: Bool) throws {
    let lines = [
      "name,,x,ods,Running,2000-01-01,,law", "name,,x,ods,Short,2005-01-01,2005-12-31,law",
    ]
    let registry = try register(
      vocabulary,
      """
      record,key,organisation,scheme,value,from,to,source,timeline
      organisation,x
      life,,x,,,2000-01-01,,law,legal
      \((isSaidFirst ? lines.reversed() : lines).joined(separator: "\n"))
      """)
    #expect(
      try registry.rows("SELECT name, valid_from, last_day FROM current_name ORDER BY valid_from")
        == ["Running|2000-01-01|2004-12-31", "Short|2005-01-01|2005-12-31"])
  }

  // MARK: Closing

  @Test func `Closing ends life, codes, names, roles and relationships in both directions`() throws {
    let registry = try register(
      vocabulary, smallWorld,
      """
      record,key,event,organisation,type,from,source
      event,end,,,closure,2012-04-01,law
      close,,end,board
      """)
    for view in ["life", "code", "name", "role", "relationship"] {
      #expect(
        try registry.rows(
          "SELECT count(*) FROM current_\(view) WHERE organisation = 'a' AND ifnull(last_day, '9999') > '2010-03-31'")
          == ["0"], "\(view)")
      #expect(
        try registry.rows("SELECT 1 FROM current_\(view) WHERE organisation = 'board' AND last_day IS NULL").isEmpty)
    }
    // The relationships below it end, and c still lives.
    #expect(
      try registry.rows("SELECT organisation, last_day FROM current_relationship ORDER BY organisation")
        == ["a|2010-03-31", "b|2010-03-31", "c|2012-03-31"])
    #expect(try registry.rows("SELECT last_day FROM current_life WHERE organisation = 'c'") == ["-"])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A fact that ended earlier keeps its end`() throws {
    let registry = try register(vocabulary, smallWorld)
    #expect(try registry.rows("SELECT last_day FROM current_role WHERE kind = 'proxy'") == ["2002-12-31"])
  }

  @Test func `A fact said again after its body closed stays closed`() throws {
    let registry = try register(vocabulary, smallWorld)
    let state = try registry.state()
    let (revision, _) = try registry.say(
      """
      record,organisation,other,scheme,kind,value,event,from,source
      name,a,,ods,,Alpha,founding
      code,a,,ons,,E03,,2007-01-01,law
      role,b,,,trust,,,2004-01-01,law
      relationship,b,board,,part-of,,,2001-01-01,law
      """)
    #expect(revision == nil)
    #expect(try registry.state() == state)
  }

  @Test func `A fact first said after its body closed ends with the body`() throws {
    let registry = try register(
      vocabulary, smallWorld,
      """
      record,organisation,scheme,value,from,source
      name,b,ons,B of the statisticians,2001-01-01,law
      """)
    #expect(
      try registry.rows("SELECT last_day FROM current_name WHERE scheme = 'ons'") == ["2010-03-31"])
  }

  @Test func `A body that never lived cannot be closed`() throws {
    let registry = try register(vocabulary, smallWorld)
    let problems = try registry.problems(
      of: """
        record,key,event,organisation,type,from,source
        organisation,ghost
        event,end,,,closure,2012-04-01,law
        close,,end,ghost
        """)
    #expect(problems.map(\.message) == ["'ghost' cannot be closed: the register does not know that it ever lived"])
  }

  @Test func `A body is not closed before a fact of its begins`() throws {
    let registry = try register(vocabulary, smallWorld)
    let problems = try registry.problems(
      of: """
        record,key,event,organisation,type,from,source
        event,end,,,closure,2004-04-01,law
        close,,end,board
        """)
    #expect(problems.count == 1)
    #expect(problems[0].message.contains("amend or retract it"))
  }

  // MARK: Corrections

  @Test func `A corrected fact supersedes and the old one can still be read`() throws {
    let registry = try register(vocabulary)
    try registry.say(smallWorld, at: "2020-01-01T00:00:00Z")
    let (revision, difference) = try registry.say(
      """
      record,event,organisation,scheme,value
      name,founding,a,ods,Alfa
      """, at: "2021-01-01T00:00:00Z")
    let id = try registry.id("a")
    #expect(difference.rows.map(\.action) == [.changed])
    #expect(difference.rows.first?.before == "Alpha from 2000-04-01 to 2010-03-31")
    #expect(difference.rows.first?.after == "Alfa from 2000-04-01 to 2010-03-31")
    func name(_ revision: Int64) throws -> [String] {
      try #require(try registry.detail(of: id, knownIn: revision))[.name].compactMap { $0["value"] }
    }
    #expect(try name(latest) == ["Alfa"])
    #expect(try name(try #require(revision)) == ["Alfa"])
    #expect(try name(try registry.revision(knownOn: try #require(Day("2020-06-01")))) == ["Alpha"])
    #expect(try registry.revision(knownOn: try #require(Day("2020-01-01"))) == 2)
    #expect(
      try registry.rows(
        "SELECT value, opened_in, superseded_in FROM name WHERE key = 'a/name/ods@founding' ORDER BY id")
        == ["Alpha|2|3", "Alfa|3|-"])
  }

  @Test func `Lists can be read as known earlier`() throws {
    let registry = try register(vocabulary)
    try registry.say(smallWorld)
    try registry.say("record,event,organisation,scheme,value\nname,founding,a,ods,Alfa")
    let day = try #require(Day("2001-01-01"))
    func names(_ revision: Int64) throws -> [String?] {
      try registry.organisations(kind: "group", on: day, knownIn: revision).map(\.name)
    }
    #expect(try names(1) == [])
    #expect(try names(2) == ["Alpha", "Beta"])
    #expect(try names(3) == ["Alfa", "Beta"])
    #expect(try registry.organisations(named: "E01", knownIn: 1).isEmpty)
    #expect(try registry.organisations(matching: "ALF", knownIn: 2).isEmpty)
    #expect(try registry.organisations(matching: "ALF", knownIn: 3).map(\.key) == ["a"])
  }

  @Test func `A retracted fact is gone and can still be read`() throws {
    let registry = try register(vocabulary, smallWorld)
    let (_, difference) = try registry.say("record,key\nretract,b/name/ods@founding")
    #expect(difference.rows.map(\.action) == [.retracted])
    #expect(try registry.rows("SELECT 1 FROM current_name WHERE organisation = 'b'").isEmpty)
    #expect(try registry.detail(of: try registry.id("b"), knownIn: 2)?[.name].count == 1)
    #expect(
      try registry.problems(of: "record,key\nretract,b/name/ods@founding").map(\.message)
        == ["no current fact has the key 'b/name/ods@founding'"])
  }

  @Test func `A word keeps its meaning`() throws {
    let registry = try register(vocabulary)
    let problems = try registry.problems(of: "record,key,value,tier\nkind,trust,Trust,system")
    #expect(problems.map(\.message) == ["the kind 'trust' already means something else in this register"])
  }

  // MARK: Events

  @Test func `An event dates its facts`() throws {
    let registry = try register(
      vocabulary,
      """
      record,key,event,organisation,scheme,kind,type,value,from,operational,source
      organisation,x
      event,founding,,,,,establishment,,2015-04-01,2014-11-26,law
      open,,founding,x,,group
      code,,founding,x,ods,,,13T
      """)
    #expect(
      try registry.rows("SELECT timeline, valid_from FROM current_life ORDER BY 1")
        == ["legal|2015-04-01", "operational|2014-11-26"])
    #expect(try registry.rows("SELECT code, valid_from FROM current_code") == ["13T|2015-04-01"])
    #expect(
      try registry.rows("SELECT citation.title FROM code JOIN citation USING (source_id)") == ["The law"])
    let detail = try #require(try registry.detail(of: try registry.id("x")))
    #expect(detail[.code].map(\.startEvent) == ["founding"])
    #expect(detail.events.map(\.key) == ["founding"])
  }

  // MARK: References

  @Test func `A body may be named by its code on the day or the day before`() throws {
    let registry = try register(vocabulary, smallWorld)
    // 00A is the code of a until 2010-03-31 and of c after; b had 00B until 2010-03-31.
    try registry.say(
      """
      record,organisation,scheme,value,from,to,source
      name,00A,ons,first,2001-01-01,2001-12-31,law
      name,00A,ons,second,2010-04-01,2010-12-31,law
      """)
    #expect(
      try registry.rows("SELECT organisation, name FROM current_name WHERE scheme = 'ons' ORDER BY name")
        == ["a|first", "c|second"])
    let problems = try registry.problems(
      of: "record,organisation,scheme,value,from,source\nname,00B,ons,late,2010-04-02,law")
    #expect(problems.map(\.message) == ["no organisation has the key or, on 2010-04-02, the code '00B'"])
    // A closing or succession names a body by the code that it had the day before.
    let again = try registry.problems(
      of: "record,event,organisation,other,nature\nsuccession,merger,00B,00A,succession")
    #expect(again.isEmpty)
  }

  @Test(arguments: [
    ("code,,a,xyz,,V1,2001-01-01", "unknown scheme 'xyz' (known: ods, ons)"),
    ("role,,a,,xyz,,2001-01-01", "unknown kind 'xyz' (known: board, group, proxy, trust)"),
    ("role,,xyz,,group,,2001-01-01", "no organisation has the key or, on 2001-01-01, the code 'xyz'"),
    ("relationship,,a,,xyz,,2001-01-01,board", "unknown relationship kind 'xyz' (known: part-of, supports)"),
    ("measure,,a,,xyz,,2001-01-01,,5", "unknown measure kind 'xyz' (known: patients)"),
    ("name,xyz,a,ods,,N", "unknown event 'xyz'"),
    ("name,,a,ods,,N,2001-01-01,,,xyz", "unknown source 'xyz'"),
    ("name,,a,ods,,N", "the line needs a first day ('from') or an 'event'"),
  ]) func `What the register does not know is named with what it knows`(line: String, message: String) throws {
    let registry = try register(vocabulary, smallWorld)
    let problems = try registry.problems(
      of: "record,event,organisation,scheme,kind,value,from,other,amount,source\n\(line)")
    #expect(problems.map(\.message) == [message])
    #expect(problems.map { $0.origin?.line } == [2])
  }

  // MARK: Problems

  @Test func `Every problem is reported with file and line`() throws {
    let registry = try register(vocabulary, smallWorld)
    let problems = try registry.problems(
      of: """
        record,event,organisation,scheme,value,from,source
        name,,a,ods,Fine,2001-01-01,law
        name,,ghost,ods,X,2001-01-01,law
        name,,a,nothing,X,2001-01-01,law
        code,never,a,ods,X
        """)
    #expect(problems.map { $0.origin?.description } == ["test.csv:3", "test.csv:4", "test.csv:5"])
    #expect(problems.allSatisfy { $0.description.hasPrefix("test.csv:") })
  }

  @Test func `A broken rule names the line that said it`() throws {
    let registry = try register(vocabulary, smallWorld)
    let problems = try registry.problems(
      of: """
        record,organisation,scheme,value,from,source
        name,board,ons,Fine,2001-01-01,law
        code,board,ons,E99,1999-01-01,law
        code,b,ods,00X,1998-01-01,law
        """)
    #expect(problems.count == 2)
    #expect(Set(problems.map(\.rule)) == ["fact-inside-life"])
    #expect(problems.compactMap { $0.origin?.line }.sorted() == [3, 4])
  }

  @Test(arguments: [
    "name,ghost,ods,X,2001-01-01,law",  // not understood
    "code,board,ons,E99,1999-01-01,law",  // breaks a rule
    "code,board,ods,00A,2001-01-01,law",  // refused by a trigger
  ]) func `Nothing is written when one line is wrong`(line: String) throws {
    let registry = try register(vocabulary, smallWorld)
    let (sizes, state) = (try registry.sizes(), try registry.state())
    let problems = try registry.problems(
      of: """
        record,key,organisation,scheme,value,from,source
        source,new-source,,,A new source
        organisation,new-body
        name,,a,ons,A good line,2001-01-01,law
        \(line.replacingFirst(",", with: ",,"))
        """)
    #expect(problems.map { $0.origin?.line } == [5])
    #expect(try registry.sizes() == sizes)
    #expect(try registry.state() == state)
    #expect(try registry.latestRevision() == 2)
    // The register still takes changes.
    try registry.say("record,organisation,scheme,value,from,source\nname,a,ons,A good line,2001-01-01,law")
    #expect(try registry.latestRevision() == 3)
  }

  @Test func `A revision remembers who, what, why and from which files`() throws {
    let registry = try register(vocabulary)
    var world = try changes(smallWorld)
    world.files = [RevisionFile(name: "a.csv", sha256: String(repeating: "0", count: 64), lineCount: 33)]
    let (revision, difference) = try registry.record(
      world, Registry.Signature(actor: "ann", command: "apply", reason: "because", time: "2020-02-29T23:59:59Z"))
    let last = try #require(try registry.revisions().last)
    #expect(last.recordedAt == "2020-02-29T23:59:59Z")
    #expect([last.actor, last.command, last.reason] == ["ann", "apply", "because"])
    #expect(last.rowCount == difference.rowCount)
    #expect(last.number == revision)
    #expect(revision == 2)
    #expect(try registry.rows("SELECT revision_id, file_name, line_count FROM revision_file") == ["2|a.csv|33"])
  }
}

extension String {
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    replacing(part, with: other, maxReplacements: 1)
  }
}
