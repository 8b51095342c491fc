import RegistryTestSupport
import Testing

@testable import RegistryStorage

/// A revision is refused for the breaches near what it touches. They are all that it makes.
@Suite(.tags(.slow), .inFullRuns) struct EnglandNearbyRuleTests {
  /// Makes statements about England, most of them false.
  private struct Liar {
    let registry: Registry
    var generator: SeededGenerator
    private let keys: [String: [String]]
    private let units: [String]

    init(_ registry: Registry, seed: UInt64) throws {
      self.registry = registry
      generator = SeededGenerator(seed: seed)
      keys = try FactKind.allCases.reduce(into: [:]) { keys, kind in
        keys[kind.schema.table] = try registry.rows(
          "SELECT key FROM \(kind.schema.table) WHERE superseded_in IS NULL ORDER BY id")
      }.merging(
        try ["organisation", "change_event", "parcel"].map {
          ($0, try registry.rows("SELECT key FROM \($0) ORDER BY id"))
        }
      ) { $1 }
      units = try registry.rows(
        """
        SELECT partition.key || ',' || code FROM unit JOIN partition ON partition.id = partition_id
        WHERE superseded_in IS NULL AND code IN (SELECT unit_code FROM unit_move) ORDER BY unit.id
        """)
    }

    private mutating func any(_ table: String) -> String { keys[table]?.randomElement(using: &generator) ?? "" }

    private mutating func day() -> String {
      "\(Int.random(in: 1998...2026, using: &generator))-0\(Int.random(in: 4...7, using: &generator))-01"
    }

    mutating func lies() -> String {
      (0...Int.random(in: 0...1, using: &generator)).map { _ in lie() }.joined(separator: "\n\n")
    }

    private mutating func lie() -> String {
      let (one, other) = (any("organisation"), any("organisation"))
      switch Int.random(in: 0...12, using: &generator) {
      case 0...3:
        let retractable = [
          "life", "life", "role", "event_detail", "succession", "movement", "flow", "relationship", "unit_move",
          "measure",
          "anchor", "code", "name",
        ]
        return "record,key\nretract,\(any(retractable.randomElement(using: &generator) ?? ""))"
      case 4: return "record,organisation,other,kind,from\nrelationship,\(one),\(other),part-of,\(day())"
      case 5:
        let (first, second) = (day(), day())
        return "record,organisation,timeline,from,to\nlife,\(one),legal,\(min(first, second)),\(max(first, second))"
      case 6: return "record,key,type,value,from\nevent,\(any("change_event")),transfer,Amended,\(day())"
      case 7:
        return """
          record,event,organisation,other,nature
          succession,\(any("change_event")),\(one),\(other),territory
          """
      case 8: return "record,event,parcel,other\nmovement,\(any("change_event")),\(any("parcel")),\(one)"
      case 9:
        return """
          record,event,organisation,other,basis,amount
          flow,\(any("change_event")),\(one),\(other),lsoa11,\(Int.random(in: 1...99, using: &generator))
          """
      case 10:
        let unit = units.randomElement(using: &generator) ?? ""
        return "record,partition,unit,organisation,other,from\nmove,\(unit),\(one),\(other),\(day())"
      case 11: return "record,key,organisation,kind,type,value,from\nclaim,untrue,\(one),cluster,count,1,\(day())"
      default: return "record,organisation,scheme,value,from\nname,\(one),ods,Untrue,\(day())"
      }
    }

    /// The breaches for which the statements are refused. Nil if they are refused for another reason.
    func breaches(of file: String, nearbyLimit: Int) throws -> Set<Breach>? {
      registry.nearbyLimit = nearbyLimit
      do {
        _ = try registry.preview(try changes(file))
        return []
      } catch let error as ChangeError {
        guard case .refused(let problems) = error else { throw error }
        let breaches = problems.compactMap(\.breach)
        return breaches.count == problems.count ? Set(breaches) : nil
      }
    }
  }

  @Test(arguments: 1...3) func `What is found near a lie is what is found everywhere`(seed: UInt64) throws {
    var liar = try Liar(try England.copy(), seed: seed)
    var rules: Set<String> = []
    for _ in 1...rounds(9) {
      let file = liar.lies()
      let near = try liar.breaches(of: file, nearbyLimit: 1_000)
      let all = try liar.breaches(of: file, nearbyLimit: 0)
      #expect(all == near, "seed \(seed): \(file): \((all ?? []).symmetricDifference(near ?? []))")
      rules.formUnion((near ?? []).map(\.rule))
    }
    #expect(rules.count > 3, "\(rules)")
  }

  @Test func `Whoever starts from what was touched goes through no table of facts`() throws {
    let tables = FactKind.allCases.map(\.schema.table) + ["unit", "unit_amount", "piece", "placement", "organisation"]
    // Without statistics SQLite takes every table for a large one.
    let plan = try Self.plan(in: try Registry.inMemory())
    #expect(plan.count > 50)
    let scans = plan.filter { step in
      tables.contains { step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) USING") }
    }
    #expect(scans.isEmpty, "\(scans)")
    // With statistics it may read a table for a filter.
    let filters = try Self.plan(in: try England.open()).filter { $0.contains("BLOOM") }
    #expect(filters.allSatisfy { $0.contains("relationship_kind") }, "\(filters)")
  }

  private static func plan(in registry: Registry) throws -> [String] {
    try registry.rows("EXPLAIN QUERY PLAN \(Rules.nearby)", [.text("[1]"), .text("[1]"), .text("[1]")])
      .compactMap { $0.split(separator: "|").last.map(String.init) }
  }
}
