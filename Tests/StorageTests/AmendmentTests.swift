import RegistryStorage
import RegistryTestSupport
import Testing

/// When an event is amended, what it dates moves with it.
@Suite struct AmendmentTests {
  /// The line that describes an event again, on another day.
  private static func amended(_ event: String, _ day: String) -> String {
    let described = [
      "founding": "event,founding,establishment,The founding", "merger": "event,merger,merger,a and b become c",
      "renaming": "event,renaming,rename,The board is renamed",
    ]
    return "record,key,type,value,from,source\n\(described[event] ?? ""),\(day),law\n"
  }

  @Test(arguments: [
    ("merger", "2010-04-01", "2010-07-01"), ("merger", "2010-04-01", "2009-10-01"),
    ("renaming", "2005-04-01", "2006-01-01"), ("founding", "2000-04-01", "2000-10-01"),
    ("founding", "2000-04-01", "1999-04-01"),
  ]) func `An amended event gives what it would have given at once`(event: String, day: String, other: String) throws {
    let registry = try register(vocabulary, smallWorld)
    // The first code of the scheme ons has a day of its own, which is that of the founding.
    let foundingCode = "record,key,organisation,scheme,value,from,source\ncode,,a,ons,E01,2000-04-01,law"
    let atOnce = smallWorld.split(separator: "\n").map { line in
      line.hasPrefix("event,\(event),") ? String(line).replacing(day, with: other) : String(line)
    }.joined(separator: "\n")
    if event == "founding" && other > day {
      // A fact with a day of its own does not move, so it would begin before the life of its body.
      let problems = try registry.problems(of: Self.amended(event, other))
      #expect(problems.contains { $0.rule == "fact-inside-life" && $0.message.contains("E01") }, "\(problems)")
      #expect(try registry.problems(of: foundingCode).isEmpty)
      return
    }
    try registry.say(Self.amended(event, other))
    #expect(try registry.state() == register(vocabulary, atOnce).state())
    #expect(try registry.check().isEmpty)
    #expect(try registry.problems(of: Self.amended(event, day)).isEmpty)
    #expect(try registry.state() == register(vocabulary, smallWorld).state())
  }

  @Test func `An amendment that turns a fact round is refused with its name`() throws {
    let registry = try register(vocabulary, smallWorld)
    let state = try registry.state()
    let problems = try registry.problems(of: Self.amended("merger", "2006-04-01"))
    #expect(problems.count == 1)
    #expect(problems[0].message.contains("'a/code/ons/E03@2007-01-01' would begin on 2007-01-01"), "\(problems)")
    #expect(try registry.state() == state)
  }

  @Test func `The operational day moves the operational life`() throws {
    let words = """
      record,key,event,organisation,kind,type,from,operational,source
      organisation,n
      event,start,,,,establishment,2015-04-01,2014-11-26,law
      open,,start,n,group
      """
    let registry = try register(vocabulary, words)
    try registry.say(
      "record,key,type,from,operational,source\nevent,start,establishment,2015-06-01,2014-12-01,law\n")
    #expect(
      try registry.rows("SELECT timeline, valid_from FROM current_life ORDER BY 1")
        == ["legal|2015-06-01", "operational|2014-12-01"])
  }

  @Test func `What was known before stays readable`() throws {
    let registry = try register(vocabulary, smallWorld)
    let before = try registry.latestRevision()
    try registry.say(Self.amended("merger", "2010-07-01"))
    let id = try registry.id("c")
    #expect(try registry.detail(of: id, knownIn: before)?.organisation.firstDay == Day("2010-04-01"))
    #expect(try registry.detail(of: id)?.organisation.firstDay == Day("2010-07-01"))
  }
}
