import RegistryStorage
import RegistryTestSupport
import Testing

/// The order of entry does not matter. A register that was begun in 2013, and got the later events as they became
/// known, is the same in the end.
@Suite(.tags(.slow), .inFullRuns) struct EnglandOrderOfEntryTests {
  private static let lastDay = Day("2013-04-01") ?? .epoch

  /// What a statement belongs to: the beginning, an event that it needs, the moves of units, the claims, its body, or none
  /// of these.
  enum Belonging: Hashable {
    case beginning
    case event(String)
    // A unit leaves the body in which its earlier moves have put it, and bodies merge in April with what they have then.
    case moves(financialYear: Int)
    // A claim about a body waits until the body is of the kind that it speaks of, which an event may say.
    case claims
    case body(String)
    case others
  }

  static let groups = Result { try grouped(England.seeds().changes) }

  private static func grouped(_ statements: [Change]) throws -> [Belonging: [Change]] {
    var days: [String: Day] = [:]
    for statement in statements {
      if let event = statement.content.event { days[event.key] = event.detail.day }
    }
    return Dictionary(grouping: statements) { statement in
      let latest = events(of: statement).max { (days[$0] ?? .epoch, $0) < (days[$1] ?? .epoch, $1) }
      if let latest, let day = days[latest], day > lastDay { return .event(latest) }
      guard let day = firstDay(of: statement), day > lastDay else { return .beginning }
      guard case .fact(let fact) = statement.content else { return .others }
      switch fact.kind {
      case .unitMove: return .moves(financialYear: day.month < 4 ? day.year - 1 : day.year)
      case .claim: return .claims
      default: return fact.bodies.first.map { .body($0) } ?? .others
      }
    }
  }

  private static func events(of statement: Change) -> [String] {
    var events: [String] = []
    if case .event(let key) = statement.start { events.append(key) }
    if let key = statement.endEvent { events.append(key) }
    switch statement.content {
    case .open(let key, _, _), .close(let key, _): events.append(key)
    case .fact(let fact): events += [fact.event, statement.content.event?.key].compactMap { $0 }
    default: break
    }
    return events
  }

  private static func firstDay(of statement: Change) -> Day? {
    if case .day(let day) = statement.start { return day }
    guard case .fact(let fact) = statement.content, [.claim, .anchor, .observation, .unitMove].contains(fact.kind)
    else {
      return nil
    }
    return zip(fact.kind.schema.columns, fact.values).compactMap { column, value in
      if case .day = column.type { value.day } else { nil }
    }.max()
  }

  /// The later statements, in parts that are entered one by one.
  private static func parts() throws -> [[Change]] {
    let later = try groups.get().filter { $0.key != .beginning }
    return later.sorted { "\($0.key)" < "\($1.key)" }.map(\.value)
  }

  /// Enters each part as one revision. A part that is refused waits until the others have had their turn.
  /// - Returns: the refusals of the parts that never succeed.
  private func enter(_ parts: [[Change]], into registry: Registry) throws -> [Refused] {
    var waiting = parts
    while !waiting.isEmpty {
      var refused: [(part: [Change], reasons: Refused)] = []
      for part in waiting {
        do { try registry.say(ChangeSet(changes: part)) } catch let reasons as Refused {
          refused.append((part, reasons))
        }
      }
      if refused.count == waiting.count { return refused.map(\.reasons) }
      waiting = refused.map(\.part)
    }
    return []
  }

  @Test(arguments: 1...UInt64(rounds(1))) func `Later events may be entered in any order`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = try Self.parts().shuffled(using: &generator)
    #expect(parts.count > 100)
    let registry = try Registry.inMemory()
    try registry.say(ChangeSet(changes: try #require(try Self.groups.get()[.beginning])))
    #expect(try registry.state() != England.open().state())
    let refused = try enter(parts, into: registry)
    #expect(refused.isEmpty, "\(refused.prefix(5).map(\.problems.first))")
    let (wanted, found) = (try England.open().state(), try registry.state())
    #expect(Set(found).symmetricDifference(wanted).sorted().prefix(10) == [])
    #expect(found == wanted)
    #expect(try registry.check() == [])
  }
}
