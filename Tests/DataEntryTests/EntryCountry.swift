import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Alpha and Beta are part of the North, and Gamma of the South. The units u1 and u2 are one parcel of Alpha, u3 lies
/// in Beta, and u4 in Gamma. Zeta is of another kind and in no board.
let entryCountry = """
  \(vocabulary)

  record,key,value,type
  seat,chair,Chair,single
  seat,lay,Lay member

  record,key,event,organisation,other,scheme,kind,type,value,from,parcel,partition,source
  event,founding,,,,,,establishment,,2000-04-01,,,law
  organisation,group-A1
  organisation,group-B1
  organisation,group-C1
  organisation,trust-Z1
  organisation,board-N1
  organisation,board-S1
  open,,founding,group-A1,,,group
  open,,founding,group-B1,,,group
  open,,founding,group-C1,,,group
  open,,founding,trust-Z1,,,trust
  open,,founding,board-N1,,,board
  open,,founding,board-S1,,,board
  code,,founding,group-A1,,ods,,,A1
  code,,founding,group-B1,,ods,,,B1
  code,,founding,group-C1,,ods,,,C1
  code,,founding,trust-Z1,,ods,,,Z1
  code,,founding,board-N1,,ods,,,N1
  code,,founding,board-S1,,ods,,,S1
  name,,founding,group-A1,,ods,,,Alpha
  name,,founding,group-B1,,ods,,,Beta
  name,,founding,group-C1,,ods,,,Gamma
  name,,founding,trust-Z1,,ods,,,Zeta
  name,,founding,board-N1,,ods,,,North
  name,,founding,board-S1,,ods,,,South
  relationship,,founding,group-A1,board-N1,,part-of
  relationship,,founding,group-B1,board-N1,,part-of
  relationship,,founding,group-C1,board-S1,,part-of
  parcel,P1,,,,,,,,,,area
  parcel,P2,,,,,,,,,,area
  parcel,P3,,,,,,,,,,area
  anchor,,,group-A1,,,,,,2000-04-01,P1,,law
  anchor,,,group-B1,,,,,,2000-04-01,P2,,law
  anchor,,,group-C1,,,,,,2000-04-01,P3,,law

  record,partition,unit,parcel,amount:people,source
  unit,area,u1,P1,100,law
  unit,area,u2,P1,300,law
  unit,area,u3,P2,600,law
  unit,area,u4,P3,500,law
  """

/// A register into which events are entered.
struct EntryBench {
  let registry: Registry

  init() throws { registry = try register(entryCountry) }

  typealias Entry = (inout EventWriter) throws -> EnteredEvent

  /// The statements and warnings of an event, with the source `law`.
  func entered(on text: String, _ entry: Entry) throws -> EnteredEvent {
    try entered(EventWords(day: try day(text), source: "law"), entry)
  }

  func entered(_ words: EventWords, _ entry: Entry) throws -> EnteredEvent {
    var writer = try EventWriter(registry, words)
    return try entry(&writer)
  }

  /// Enters an event and records it.
  @discardableResult
  func record(on text: String, _ entry: Entry) throws -> EnteredEvent {
    let entered = try entered(on: text, entry)
    try registry.say(entered.changes)
    return entered
  }

  /// Expects these statements of an event, and that the register takes them and is sound after that.
  /// - Parameter warnings: everything that the writer could not decide.
  func expect(
    _ entered: EnteredEvent, says statements: [Change], warnings: [String] = [], undecided: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = entered.changes.changes
    for (index, pair) in zip(found, statements).enumerated() where pair.0 != pair.1 {
      Issue.record("statement \(index + 1): \(pair.0)\nexpected: \(pair.1)", sourceLocation: sourceLocation)
    }
    #expect(found.count == statements.count, "\(found)", sourceLocation: sourceLocation)
    #expect(entered.warnings == warnings, sourceLocation: sourceLocation)
    #expect(entered.undecided == undecided, sourceLocation: sourceLocation)
    try registry.say(entered.changes)
    #expect(try registry.check() == [], sourceLocation: sourceLocation)
  }

  /// Expects that the event cannot be put into statements, for this reason.
  func expectRefusal(
    _ sentence: String, on text: String, sourceLocation: SourceLocation = #_sourceLocation, _ entry: Entry
  ) throws {
    do {
      let entered = try entered(on: text, entry)
      Issue.record("not refused: \(entered.changes.changes)", sourceLocation: sourceLocation)
    } catch let error as EntryError {
      #expect(error.description == sentence, sourceLocation: sourceLocation)
    }
  }
}
