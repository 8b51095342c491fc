import RegistryStorage
import RegistryTestSupport
import Testing

/// A fact that is entered after the event that ended its body ends as if it had been entered before.
@Suite struct LateEntryTests {
  private static let bodies = """
    record,key,event,organisation,kind,timeline,type,from,to,source
    organisation,a
    organisation,board
    event,founding,,,,,establishment,2000-04-01,,law
    open,,founding,a,group
    open,,founding,board,board
    """

  private static let relationship = """
    record,organisation,other,kind,from,source
    relationship,a,board,part-of,2001-01-01,law
    """

  private static func closing(_ body: String) -> String {
    """
    record,key,event,organisation,type,from,source
    event,end-\(body),,,closure,\(body == "a" ? "2012" : "2010")-04-01,law
    close,,end-\(body),\(body)
    """
  }

  @Test(arguments: [["board"], ["a"], ["a", "board"], ["board", "a"]])
  func `A relationship ends with the first of its bodies that ended`(closed: [String]) throws {
    let closings = closed.map(Self.closing)
    let inTime = try register(vocabulary, Self.bodies, Self.relationship)
    let late = try register(vocabulary, Self.bodies)
    for closing in closings {
      try inTime.say(closing)
      try late.say(closing)
    }
    try late.say(Self.relationship)
    #expect(try late.state() == inTime.state())
    #expect(try late.check() == [])
  }

  @Test(arguments: ["2012-01-01", "2012-10-01"])
  func `A code ends on the legal day of the event that closed its body`(operational: String) throws {
    let closing = """
      record,key,event,organisation,type,from,operational,source
      event,end,,,closure,2012-04-01,\(operational),law
      close,,end,a
      """
    let opening = """
      record,organisation,timeline,from,source
      life,a,operational,2000-04-01,law
      """
    let code = """
      record,organisation,scheme,value,from,source
      code,a,ods,00A,2001-01-01,law
      """
    let inTime = try register(vocabulary, Self.bodies, opening, code, closing)
    let late = try register(vocabulary, Self.bodies, opening, closing, code)
    #expect(try late.state() == inTime.state())
  }
}
