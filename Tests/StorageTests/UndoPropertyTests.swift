import RegistryStorage
import RegistryTestSupport
import Testing

/// Whatever was recorded, in whatever order, undoing newest first restores every earlier state to the byte. What was
/// known on each day can still be read.
@Suite struct UndoPropertyTests {
  /// A register that records random facts about a growing number of bodies.
  private struct Chronicle {
    let registry: Registry
    private var generator: SeededGenerator
    private var bodies = ["a", "b", "board"]
    private var count = 0

    init(seed: UInt64) throws {
      registry = try register(
        vocabulary,
        """
        record,key,event,organisation,kind,type,value,from,source
        seat,chair,,,,single,Chair
        seat,member,,,,,Member
        organisation,a
        organisation,b
        organisation,board
        event,founding,,,,establishment,The founding,2000-04-01,law
        open,,founding,a,group
        open,,founding,b,group
        open,,founding,board,board
        """,
        """
        record,key,organisation,parcel,partition,unit,from,source
        parcel,p,,,area
        parcel,q,,,area
        anchor,,a,p,,,2000-04-01,law
        anchor,,b,q,,,2000-04-01,law
        unit,,,p,area,U1,,law
        unit,,,q,area,U2,,law
        """)
      generator = SeededGenerator(seed: seed)
    }

    /// Records something that the register may refuse.
    /// - Returns: whether it made a revision.
    mutating func goOn() throws -> Bool {
      let files = (0...Int.random(in: 0...2, using: &generator)).map { _ in statement() }
      do { return try registry.say(try changes(files.joined(separator: "\n\n"))).revision != nil } catch is Refused {
        return false
      }
    }

    private mutating func statement() -> String {
      count += 1
      let (one, other) = (any(bodies), any(bodies))
      let day = "\(Int.random(in: 2001...2015, using: &generator))-0\(Int.random(in: 1...9, using: &generator))-01"
      let value = "V\(Int.random(in: 1...4, using: &generator))"
      let dated = "record,organisation,other,scheme,kind,value,amount,from,source\n"
      switch Int.random(in: 0...12, using: &generator) {
      case 0: return dated + "name,\(one),,\(any(["ods", "ons"])),,\(value),,\(day),law"
      case 1: return dated + "code,\(one),,\(any(["ods", "ons"])),,\(value),,\(day),law"
      case 2: return dated + "role,\(one),,,\(any(["trust", "proxy"])),,,\(day),law"
      case 3: return dated + "relationship,\(one),\(other),,supports,,,\(day),law"
      case 4: return dated + "measure,\(one),,,patients,,\(count),2004-04-01,law"
      case 5: return "record,key\nretract,\(fact())"
      case 6: return "record,parcel,organisation,from,source\nanchor,\(any(["p", "q"])),\(one),\(day),law"
      case 7:
        return """
          record,parcel,partition,unit,amount:people,source
          unit,\(any(["p", "q"])),area,\(any(["U1", "U2", "U3"])),\(count),law
          """
      case 8:
        return
          "record,key,type,value,from,source\nevent,\(any(["founding", "union\(count - 1)"])),merger,Amended,\(day),law"
      case 9: return "record,key,value\nsource,law,The law of \(value)"
      case 10:
        return """
          record,organisation,type,nature,value,from,source
          appointment,\(one),\(any(["chair", "member"])),\(any(["vacant,", "held,", "held,N. N."])),\(day),law
          """
      case 11: return dated + "constitution,\(one),,,,\(value),,\(day),law"
      default:
        let new = "n\(count)"
        bodies.append(new)
        return """
          record,key,event,organisation,other,scheme,kind,type,nature,value,from,source
          organisation,\(new)
          event,union\(count),,,,,,merger,,,\(day),law
          close,,union\(count),\(one)
          open,,union\(count),\(new),,,group
          name,,union\(count),\(new),,ods,,,,New
          succession,,union\(count),\(one),\(new),,,,succession
          """
      }
    }

    private mutating func any(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

    /// The key of some current fact.
    private mutating func fact() -> String {
      let tables = [
        "name", "code", "role", "relationship", "measure", "responsibility", "life", "anchor", "succession",
        "appointment",
        "constitution",
      ]
      let keys = tables.flatMap { table in
        (try? registry.rows("SELECT key FROM \(table) WHERE superseded_in IS NULL ORDER BY key")) ?? []
      }
      return any(keys)
    }

    /// What is known about every body in a revision.
    func knowledge(in revision: Int64) throws -> [String] {
      try registry.organisationKeys().flatMap { id, _ in
        guard let body = try registry.detail(of: id, knownIn: revision) else { return [String]() }
        let statements = body.datedFacts.filter { $0.kind != .responsibility }
        let history = try registry.history(of: id, knownIn: revision)
        return statements.map { "\($0)" } + body.events.map { "\($0)" } + history.map { "\($0)" }
      }
    }
  }

  @Test(arguments: 1...12) func `Taken back newest first every earlier state returns`(seed: UInt64) throws {
    var chronicle = try Chronicle(seed: seed)
    let registry = chronicle.registry
    var states = [try registry.currentRows()]
    for _ in 1...60 where try chronicle.goOn() { states.append(try registry.currentRows()) }
    let (first, newest) = (Int64(3), try registry.latestRevision())
    #expect(states.count == Int(newest - first) + 1 && states.count > 5)
    let knowledge = try (1...newest).map { try chronicle.knowledge(in: $0) }
    for revision in (first + 1...newest).reversed() {
      try registry.undo(revision)
      #expect(try registry.currentRows() == states[Int(revision - first) - 1], "seed \(seed), revision \(revision)")
    }
    #expect(try registry.check().isEmpty)
    for revision in 1...newest {
      #expect(try chronicle.knowledge(in: revision) == knowledge[Int(revision) - 1], "seed \(seed), \(revision)")
    }
  }

  @Test(arguments: 21...32) func `Taken back in any order the register stays sound and an undo can be undone`(
    seed: UInt64
  ) throws {
    var chronicle = try Chronicle(seed: seed)
    let registry = chronicle.registry
    for _ in 1...25 { _ = try chronicle.goOn() }
    var generator = SeededGenerator(seed: seed)
    var undone = 0
    for _ in 1...15 {
      let target = Int64.random(in: 2...(try registry.latestRevision()), using: &generator)
      let before = try registry.currentRows()
      do {
        guard let revision = try registry.undo(target).revision else { continue }
        undone += 1
        #expect(try registry.check().isEmpty, "seed \(seed), undoing \(target)")
        if Bool.random(using: &generator) {
          try registry.undo(revision)
          #expect(try registry.currentRows() == before, "seed \(seed), undoing the undo of \(target)")
        }
      } catch is Refused {
        #expect(try registry.currentRows() == before)
      }
    }
    #expect(undone > 0, "seed \(seed)")
  }
}
