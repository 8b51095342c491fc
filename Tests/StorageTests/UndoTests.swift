import RegistryStorage
import RegistryTestSupport
import Testing

/// Two bodies under a board, with territory.
private let country = """
  record,key,event,organisation,other,scheme,kind,type,value,amount,parcel,partition,unit,basis,from,to,source
  organisation,a
  organisation,b
  organisation,board
  event,founding,,,,,,establishment,The founding,,,,,,2000-04-01,,law
  open,,founding,a,,,group
  open,,founding,b,,,group
  open,,founding,board,,,board
  code,,founding,a,,ods,,,00A
  code,,founding,b,,ods,,,00B
  name,,founding,a,,ods,,,Alpha
  name,,founding,b,,ods,,,Beta
  relationship,,founding,a,board,,part-of
  relationship,,founding,b,board,,part-of
  parcel,p,,,,,,,,,,area
  parcel,q,,,,,,,,,,area
  anchor,,,a,,,,,,,p,,,,2000-04-01,,law
  anchor,,,b,,,,,,,q,,,,2000-04-01,,law
  unit,,,,,,,,,,p,area,U1,,,,law
  unit,,,,,,,,,,q,area,U2,,,,law
  """

private let withoutTerritory = country.split(separator: "\n").filter { !$0.contains("anchor") }.joined(separator: "\n")

private let merger = """
  record,key,event,organisation,other,scheme,kind,type,nature,value,from,source
  organisation,c
  event,merger,,,,,,merger,,A and b become c,2010-04-01,law
  close,,merger,a
  close,,merger,b
  open,,merger,c,,,group
  code,,merger,c,,ods,,,,00C
  name,,merger,c,,ods,,,,Gamma
  relationship,,merger,c,board,,part-of
  succession,,merger,a,c,,,,succession
  succession,,merger,b,c,,,,succession
  """

/// A change file with a short header.
private func name(_ organisation: String, _ value: String, _ event: String = "founding") -> String {
  "record,event,organisation,scheme,value\nname,\(event),\(organisation),ods,\(value)"
}

@Suite struct UndoTests {
  /// Expects that an undo is refused and that the register is as it was.
  /// - Returns: the messages of the refusal.
  private func refusal(
    _ registry: Registry, _ revision: Int64, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String] {
    let (rows, sizes) = (try registry.currentRows(), try registry.sizes())
    do {
      try registry.undo(revision)
      Issue.record("revision \(revision) was undone", sourceLocation: sourceLocation)
      return []
    } catch let error as Refused {
      #expect(try registry.currentRows() == rows, sourceLocation: sourceLocation)
      #expect(try registry.sizes() == sizes, sourceLocation: sourceLocation)
      return error.problems.map(\.message)
    }
  }

  // MARK: What an undo restores

  @Test func `An undone merger never happened`() throws {
    let registry = try register(vocabulary, country)
    let before = try registry.currentRows()
    #expect(before.contains { $0.hasPrefix("placement: ") })
    try registry.say(merger)
    let after = try registry.currentRows()
    let (revision, difference) = try registry.undo(3)
    #expect(revision == 4)
    #expect(Set(difference.rows.map(\.action)) == [.changed, .retracted])
    #expect(try registry.currentRows() == before)
    #expect(try registry.check().isEmpty)
    // The body is an identity and stays. The merger can still be read as it was known.
    let c = try registry.id("c")
    #expect(try registry.detail(of: c)?[.code].isEmpty == true)
    #expect(try registry.detail(of: c, knownIn: 3)?[.code].compactMap { $0["value"] } == ["00C"])
    // The same merger, recorded again, gives the same rows.
    try registry.say(merger)
    #expect(try registry.currentRows() == after)
  }

  @Test func `An undone correction says again what was said to the last column`() throws {
    let registry = try register(
      vocabulary, country,
      """
      record,key,organisation,scheme,value,status,to_status,from,to,source,note
      name,a-second,a,ons,Alpha two,derived,unknown,2003-01-01,2004-12-31,law,as in the list
      """)
    let before = try registry.currentRows()
    #expect(
      before.contains { $0.contains("a-second") && $0.contains("derived|unknown") && $0.contains("as in the list") })
    try registry.say(
      "record,key,organisation,scheme,value,from,to,source\nname,a-second,a,ons,Alpha 2,2003-01-01,2004-12-31,law")
    #expect(try registry.undo(4).difference.rows.map(\.action) == [.changed])
    #expect(try registry.currentRows() == before)
  }

  @Test func `An undone retraction brings the fact back`() throws {
    let registry = try register(vocabulary, country)
    let before = try registry.currentRows()
    try registry.say("record,key\nretract,b/name/ods@founding\nretract,q/anchor\nretract,a/part-of/board@founding")
    let difference = try registry.undo(3).difference
    #expect(difference.rows.map(\.action) == [.new, .new, .new])
    #expect(try registry.currentRows() == before)
    #expect(try registry.check().isEmpty)
  }

  @Test func `Units and their amounts go back too`() throws {
    let registry = try register(
      vocabulary, country,
      "record,parcel,partition,unit,amount:people,source\nunit,p,area,U1,100,law\nunit,p,area,U3,50,law")
    let before = try registry.currentRows()
    try registry.say(
      """
      record,parcel,partition,unit,amount:people,source
      unit,q,area,U1,120,law
      unit,q,area,U4,7,law
      """)
    let after = try registry.currentRows()
    #expect(after.contains { $0.hasPrefix("parcel_amount: ") } && after != before)
    let difference = try registry.undo(4).difference
    #expect(difference.rows.isEmpty && difference.unitRows == 4)
    #expect(try registry.currentRows() == before)
    try registry.undo(5)
    #expect(try registry.currentRows() == after)
    #expect(try registry.check().isEmpty)
  }

  @Test func `The whole of a register can be taken back`() throws {
    let registry = try register(vocabulary, country)
    let before = try registry.currentRows()
    try registry.undo(2)
    #expect(try registry.currentRows().allSatisfy { $0.hasPrefix("citation: ") || $0.hasPrefix("piece: ") })
    #expect(try registry.check().isEmpty)
    try registry.undo(3)
    #expect(try registry.currentRows() == before)
  }

  // MARK: Undoing again

  @Test func `An undo can be undone`() throws {
    let registry = try register(vocabulary, country, merger)
    let after = try registry.currentRows()
    try registry.undo(3)
    let before = try registry.currentRows()
    try registry.undo(4)
    #expect(try registry.currentRows() == after)
    // The merger holds again, so it can be undone again, by its own number or by that of the last undo.
    try registry.undo(3)
    #expect(try registry.currentRows() == before)
  }

  @Test func `What is undone is not undone twice`() throws {
    let registry = try register(vocabulary, country, merger)
    try registry.undo(3)
    let sizes = try registry.sizes()
    let (revision, difference) = try registry.undo(3)
    #expect(revision == nil && difference.isEmpty)
    #expect(try registry.sizes() == sizes)
  }

  @Test func `Words and identities alone leave nothing to undo`() throws {
    let registry = try register(vocabulary, "record,key,value,tier\nkind,office,Office\n\nrecord,key\norganisation,x")
    let (revision, difference) = try registry.undo(2)
    #expect(revision == nil && difference.isEmpty)
  }

  @Test(arguments: [0, -1, 3, 4, Int64.max]) func `A revision that does not exist is refused`(revision: Int64) throws {
    let registry = try register(vocabulary, country)
    #expect(
      try refusal(registry, revision)
        == ["there is no revision \(revision) that could be undone: they are numbered from 1 to 2"])
  }

  @Test func `An empty register has nothing to undo`() throws {
    #expect(
      try refusal(try Registry.inMemory(), 1)
        == ["there is no revision 1 that could be undone: nothing was recorded yet"])
  }

  @Test func `A preview tells and writes nothing`() throws {
    let registry = try register(vocabulary, country, merger)
    let (rows, sizes) = (try registry.currentRows(), try registry.sizes())
    let preview = try registry.preview(ChangeSet(changes: [Change(.undo(revision: 3))]))
    #expect(try registry.currentRows() == rows && registry.sizes() == sizes)
    #expect(try registry.undo(3).difference.rows == preview.rows)
  }

  // MARK: Refusals

  @Test func `A fact that was changed since is not overwritten`() throws {
    let registry = try register(vocabulary, country)
    try registry.say(name("a", "Alfa"), at: "2020-01-01T00:00:00Z")
    try registry.say(name("a", "Alpha One"), at: "2020-01-02T00:00:00Z")
    let reason =
      "revision 3 cannot be undone: revision 4 (2020-01-02T00:00:00Z, test) changed the name 'a/name/ods@founding'"
    #expect(try refusal(registry, 3) == [reason])
    // Newest first, the undo works, because what has been taken back no longer counts.
    try registry.undo(4)
    try registry.undo(3)
    #expect(try registry.rows("SELECT name FROM current_name WHERE organisation = 'a'") == ["Alpha"])
  }

  @Test func `A fact that was retracted since is named`() throws {
    let registry = try register(vocabulary, country, name("a", "Alfa"), "record,key\nretract,a/name/ods@founding")
    let reasons = try refusal(registry, 3)
    #expect(reasons.count == 1 && reasons[0].contains("revision 4 ("), "\(reasons)")
    #expect(reasons[0].hasSuffix(" retracted the name 'a/name/ods@founding'"), "\(reasons)")
  }

  @Test func `A fact said again since it was retracted is named`() throws {
    let registry = try register(vocabulary, country, "record,key\nretract,a/name/ods@founding", name("a", "Alfa"))
    let reasons = try refusal(registry, 3)
    #expect(reasons.count == 1 && reasons[0].hasSuffix(" changed the name 'a/name/ods@founding'"), "\(reasons)")
  }

  @Test func `Every revision that stands in the way is listed newest first`() throws {
    let registry = try register(vocabulary, country, merger, name("c", "Gamma 2", "merger"), name("b", "B"))
    try registry.say("record,organisation,scheme,value,from,source\nname,c,ons,Late,2011-01-01,law")
    let reasons = try refusal(registry, 3)
    #expect(
      reasons.map { $0.replacing(#/\(.*?\)/#, with: "()") } == [
        "revision 3 cannot be undone: revision 6 () recorded the name 'c/name/ons@2011-01-01', "
          + "which rests on the organisation 'c' of revision 3",
        "revision 3 cannot be undone: revision 5 () changed the name 'b/name/ods@founding'",
        "revision 3 cannot be undone: revision 4 () changed the name 'c/name/ods@merger'",
      ])
  }

  @Test(arguments: [
    ("record,organisation,other,kind,from,source\nrelationship,x,c,supports,2011-01-01,law", "organisation 'c'"),
    ("record,organisation,kind,amount,from,source\nmeasure,c,patients,5,2011-01-01,law", "organisation 'c'"),
    ("record,event,organisation,scheme,value\ncode,merger,x,ods,00X", "event 'merger'"),
    (
      "record,key,parcel,partition,organisation,from,source\nparcel,r,,area\nanchor,,r,,c,2011-01-01,law",
      "organisation 'c'"
    ),
    ("record,event,organisation,other,nature\nsuccession,merger,y,x,duties", "event 'merger'"),
  ]) func `Later facts that rest on the revision are named`(later: String, rest: String) throws {
    let registry = try register(
      vocabulary, country,
      """
      record,key,organisation,timeline,from,source
      organisation,x
      organisation,y
      life,,x,legal,2001-01-01,law
      life,,y,legal,2001-01-01,law
      """, merger + "\nsource,order,,,,,,,,The order")
    try registry.say(later)
    let reasons = try refusal(registry, 4)
    #expect(reasons.count == 1 && reasons[0].contains("revision 5 ("), "\(reasons)")
    #expect(reasons[0].hasSuffix(", which rests on the \(rest) of revision 4"), "\(reasons)")
    try registry.undo(5)
    try registry.undo(4)
    #expect(try registry.check().isEmpty)
  }

  /// As identities do, so that two people may cite one notice.
  @Test(arguments: [
    "record,organisation,kind,amount,from,source\nmeasure,a,patients,5,2003-01-01,order",
    "record,parcel,partition,unit,source\nunit,p,area,U9,order",
  ]) func `A source that later facts cite stays, and bars no undo`(later: String) throws {
    let registry = try register(vocabulary, country, merger + "\nsource,order,,,,,,,,The order")
    try registry.say(later)
    try registry.undo(3)
    #expect(try registry.rows("SELECT name FROM current_name WHERE name = 'Gamma'").isEmpty)
    #expect(try registry.rows("SELECT title FROM citation WHERE superseded_in IS NULL").contains("The order"))
    #expect(try registry.check().isEmpty)
    // With the last fact that cites it, it can go.
    try registry.undo(4)
    #expect(try registry.check().isEmpty)
  }

  @Test func `Facts of earlier revisions may lose their body`() throws {
    let registry = try register(
      vocabulary, "record,key,organisation,scheme,value,from,source\norganisation,x\nname,,x,ods,X,2001-01-01,law",
      "record,organisation,timeline,from,source\nlife,x,legal,2001-01-01,law")
    try registry.say("record,key\nretract,x/name/ods@2001-01-01")
    // The name is of a later revision now, but it says what it said before there was a life.
    try registry.undo(4)
    try registry.undo(3)
    #expect(try registry.rows("SELECT name FROM current_name") == ["X"])
  }

  @Test(arguments: [
    ("a/code/ods/00A@founding", "code,b,,ods,,00A,2001-01-01,law", "code 'b/code/ods/00A@2001-01-01'"),
    ("a/name/ods@founding", "name,a,,ods,,Other,2001-01-01,law", "name 'a/name/ods@2001-01-01'"),
    ("a/role/group@founding", "role,a,,,trust,,2001-01-01,law", "role 'a/role/trust@2001-01-01'"),
    (
      "a/part-of/board@founding", "relationship,a,board,,part-of,,2001-01-01,law",
      "relationship 'a/part-of/board@2001-01-01'"
    ),
  ]) func `A fact does not come back where another took its place`(key: String, line: String, rival: String) throws {
    // A body without a role holds no territory.
    let registry = try register(
      vocabulary, withoutTerritory, "record,key\nretract,\(key)",
      "record,organisation,other,scheme,kind,value,from,source\n\(line)"
    )
    let reasons = try refusal(registry, 3)
    #expect(reasons.count == 1 && reasons[0].contains("revision 4 ("), "\(reasons)")
    #expect(reasons[0].contains(" recorded the \(rival), which the "), "\(reasons)")
    #expect(reasons[0].hasSuffix("'\(key)' would contradict"), "\(reasons)")
  }

  @Test func `A role of another group takes no place`() throws {
    let registry = try register(
      vocabulary, country,
      "record,key,organisation,kind,from,source\nretract,board/role/board@founding",
      "record,organisation,kind,from,source\nrole,board,proxy,2001-01-01,law")
    try registry.undo(3)
    #expect(try registry.rows("SELECT kind FROM current_role WHERE organisation = 'board'").count == 2)
  }

  @Test func `A broken rule names the revision of the fact`() throws {
    let registry = try register(
      vocabulary, withoutTerritory,
      "record,key,organisation,timeline,from,source\nlife,a/life/legal,a,legal,1990-04-01,law")
    try registry.say(
      "record,organisation,scheme,value,from,to,source\nname,a,ons,Early,1995-01-01,1996-12-31,law",
      at: "2020-01-02T00:00:00Z")
    let reasons = try refusal(registry, 3)
    #expect(reasons.count == 1 && reasons[0].hasPrefix("a/name/ons@1995-01-01: the name Early holds"), "\(reasons)")
    #expect(reasons[0].hasSuffix("; it was recorded in revision 4 (2020-01-02T00:00:00Z, test)"), "\(reasons)")
  }

  @Test func `An undone amendment moves the facts back unless later ones count on it`() throws {
    let registry = try register(vocabulary, withoutTerritory)
    let before = try registry.currentRows()
    let amended = "record,key,type,value,from,source\nevent,founding,establishment,The founding,2000-05-01,law"
    try registry.say(amended)
    #expect(try registry.rows("SELECT DISTINCT valid_from FROM current_life") == ["2000-05-01"])
    try registry.undo(3)
    #expect(try registry.currentRows() == before)
    try registry.say(amended)
    try registry.say("record,event,organisation,scheme,value\nname,founding,a,ons,Alpha of the statisticians")
    let reasons = try refusal(registry, 5)
    #expect(
      reasons.count == 1 && reasons[0].hasPrefix("a/name/ons@founding: the fact begins on 2000-05-01"), "\(reasons)")
    #expect(reasons[0].contains("; it was recorded in revision 6 ("), "\(reasons)")
  }

  @Test func `A parcel outside a living body names the revision that put it there`() throws {
    let registry = try register(
      vocabulary, country,
      """
      record,key,organisation,kind,timeline,from,source
      organisation,x
      life,,x,,legal,2001-01-01,law
      """, "record,organisation,kind,from,source\nrole,x,trust,2001-01-01,law")
    try registry.say(
      "record,key,parcel,partition,organisation,from,source\nparcel,r,,area\nanchor,,r,,x,2011-01-01,law")
    let reasons = try refusal(registry, 4)
    #expect(reasons.count == 1 && reasons[0].hasPrefix("r: the parcel lies"), "\(reasons)")
    #expect(reasons[0].contains("; it was recorded in revision 5 ("), "\(reasons)")
  }
}
