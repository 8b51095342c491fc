import ChangeFiles
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct ExportTests {
  @Test func `Every record goes out and comes in again`() throws {
    let world = try register(everyRecord)
    let bytes = try world.exported()
    let again = try Registry.inMemory()
    try again.say(read(bytes))
    #expect(try world.say(read(again.exported())).revision == nil)
    #expect(try again.state() == world.state())
    #expect(try again.exported() == bytes)
    #expect(try again.check() == [])
  }

  @Test func `Saying the export of a register to it changes nothing`() throws {
    let world = try register(everyRecord)
    let (revision, difference) = try world.say(read(world.exported()))
    #expect(revision == nil, "\(difference.rows)")
  }

  @Test func `The order of entry does not show in the bytes`() throws {
    let statements = try read(register(everyRecord).exported()).changes
    var generator = SeededGenerator(seed: 7)
    let words = statements.prefix { !isSource($0) }
    let lines = statements.filter { isProposed($0) }
    let others = statements.dropFirst(words.count).filter { !isProposed($0) }
    let shuffled = words + others.shuffled(using: &generator) + lines
    let other = try Registry.inMemory()
    try other.say(ChangeSet(changes: Array(shuffled)))
    #expect(try other.exported() == written(statements))
  }

  private func isProposed(_ change: Change) -> Bool {
    if case .fact(let fact) = change.content { fact.kind == .proposalStatement } else { false }
  }

  private func isSource(_ change: Change) -> Bool {
    if case .fact(let fact) = change.content { fact.kind == .citation } else { false }
  }

  @Test func `Lives are written as such, and only columns that are used`() throws {
    let text = String(decoding: try register(everyRecord).exported(), as: UTF8.self)
    let steps = text.split(separator: "\n").filter { $0.hasPrefix("open,") || $0.hasPrefix("close,") }
    #expect(steps.count == 2 && steps.allSatisfy { $0.contains(",2030-order/") }, "only those of a proposal")
    #expect(text.contains("\nlife,a/life/legal,founding,a,"))
    let bare = String(decoding: try register(vocabulary).exported(), as: UTF8.self)
    #expect(bare.hasPrefix("record,key,partition,unit,type,tier,group,rank,value,from\nscheme,ods,,,,,,2,ODS,\n"))
  }

  @Test func `An empty register is a header without lines`() throws {
    #expect(try Registry.inMemory().exported() == Array("record\n".utf8))
  }

  @Test func `What was superseded is left out`() throws {
    let world = try register(vocabulary, "record,key\norganisation,x\n", Self.alpha)
    let before = try world.exported()
    try world.say(Self.alpha.replacing("Alpha", with: "Beta"))
    #expect(!String(decoding: try world.exported(), as: UTF8.self).contains("Alpha"))
    try world.undo(4)
    #expect(try world.exported() == before)
  }

  private static let alpha = """
    record,key,organisation,scheme,timeline,value,from,source
    life,,x,,legal,,2000-01-01,law
    name,n,x,ods,,Alpha,2000-01-01,law
    """

  @Test(arguments: [["a"], ["b"], ["c"], ["d"], ["board"], ["a", "d"]])
  func `A part brings what it needs, and nothing of the rest`(bodies: [String]) throws {
    let world = try register(everyRecord)
    let bytes = try world.exported(about: Set(bodies))
    let part = try Registry.inMemory()
    try part.say(read(bytes))
    for body in bodies {
      for table in [
        "life", "code", "name", "role", "relationship", "measure", "responsibility", "appointment", "constitution",
      ] {
        let query = """
          SELECT fact.key, fact.valid_from, fact.valid_to, fact.note FROM \(table) AS fact
          JOIN organisation ON organisation.id = fact.organisation_id
          WHERE organisation.key = ?1 AND superseded_in IS NULL ORDER BY 1
          """
        #expect(try part.rows(query, [.text(body)]) == world.rows(query, [.text(body)]), "\(table)")
      }
    }
    #expect(try part.exported() == bytes)
    #expect(try world.say(read(bytes)).revision == nil)
    #expect(try part.rows("SELECT count(*) FROM unit") == ["0"])
  }

  @Test func `A part names the links of its events between any bodies`() throws {
    let text = String(decoding: try register(everyRecord).exported(about: ["a"]), as: UTF8.self)
    #expect(text.contains("\nsuccession,merger/succession/b/c,merger,b,c,"))
    #expect(text.contains("\nresponsibility,a/commissions/clinics/a@2002-01-01,,a,a,"))
    #expect(text.contains("\nservice,clinics,") && !text.contains("\nservice,checks,"))
    #expect(text.contains("\nlife,b/life/legal,"))
    #expect(text.contains("\nclaim,a-allowed,") && text.contains("\nclaim,a-patients,"))
    #expect(text.contains("\nmeasure-kind,patients,") && !text.contains("\nclaim,leaders,"))
    #expect(!text.contains("division") && !text.contains("own-key"))
    #expect(!text.contains("\nkind,trust") && !text.contains("\npartition,practice"))
  }

  @Test func `Names of holders stay at home, unless they are asked for`() throws {
    let world = try register(everyRecord)
    let (plain, named) = (try world.exported(), try world.exported(namingHolders: true))
    #expect(!String(decoding: plain, as: UTF8.self).contains("Muster"))
    let lines = String(decoding: named, as: UTF8.self).split(separator: "\n").filter { $0.contains("Max Muster") }
    #expect(lines.count == 2, "each appointment says who holds it")
    let again = try Registry.inMemory()
    try again.say(read(named))
    #expect(try again.exported(namingHolders: true) == named)
    #expect(try world.say(read(named)).revision == nil)
    let nameless = try Registry.inMemory()
    try nameless.say(read(plain))
    #expect(try nameless.rows("SELECT key, name FROM holder") == ["h-1|-"])
    #expect(try nameless.state() == world.state())
  }

  @Test func `A name that is erased has no line`() {
    #expect(throws: Unwritable.self) { try ChangeFileWriter([Change(.redact(holder: "h"))]) }
  }

  @Test func `A revision that is undone has no line`() {
    #expect(throws: Unwritable.self) { try ChangeFileWriter([Change(.undo(revision: 1))]) }
  }

  @Test func `What is said of events by steps is read back as it was`() throws {
    let steps: [Change] = [
      Change(.open(event: "e", organisation: "o", kind: "group"), status: .derived, source: "law", note: "n"),
      Change(.close(event: "e", organisation: "o")), Change(.retract(key: "k")),
      Change(.movement(event: "e", parcel: "p", successor: "o"), key: "m"),
    ]
    var back = try read(written(steps)).changes
    for index in back.indices { back[index].origin = nil }
    #expect(back.map { "\($0)" } == steps.map { "\($0)" })
  }
}
