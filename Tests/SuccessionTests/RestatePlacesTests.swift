import RegistryStorage
import RegistryTestSupport
import Testing

@testable import Succession

/// Where the parts of a code of one day lie on another, in the small country of the lint tests.
@Suite struct RestatePlacesTests {
  private let registry: Registry
  private let keys: [Int64: String]

  init() throws {
    registry = try register(vocabulary, lintedCountry)
    keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
  }

  private func places(to text: String, kind: String? = nil, late: Bool = false) throws -> RestatePlaces {
    let links = try registry.successions()
    let territory = try registry.territory()
    let registry = registry
    return try RestatePlaces(
      RestatePlaces.Knowledge(
        codes: registry.datedCodes(), kinds: registry.kinds(), territory: territory,
        links: links.compactMap { Crosswalk.Link($0) }, observations: registry.observations(),
        lives: registry.lives(), daysOfChange: registry.daysOfChange(),
        units: { () throws(DatabaseError) in try registry.placedUnits() },
        hierarchy: { day throws(DatabaseError) in try registry.hierarchy(on: day) }),
      target: RestatePlaces.Target(
        day: try day(text), kind: kind, bases: [1], acceptsLateCodes: late))
  }

  /// The parts as `n 0.25`, or with the reason why something is in no body.
  private func parts(_ answer: RestatePlaces.Answer) -> [String] {
    answer.parts.map { part in
      switch part.place {
      case .success(let body): "\(keys[body] ?? "?") \(part.share)"
      case .failure(let unmapped): "\(unmapped.reason) \(part.share)"
      }
    }.sorted()
  }

  private func parts(_ code: String, _ from: String, to: String, kind: String? = nil, late: Bool = false) throws
    -> [String]
  {
    parts(try places(to: to, kind: kind, late: late).answer(code, on: try day(from)))
  }

  // MARK: Forward and back

  @Test func `Through a merger a code goes as a whole`() throws {
    #expect(try parts("014", "2009-04-01", to: "2012-04-01") == ["n 1.0"])
    let answer = try places(to: "2012-04-01").answer("014", on: try day("2009-04-01"))
    #expect(answer.isWhole && !answer.isUnmapped && !answer.isProportional && answer.events.count == 1)
    #expect(answer.origin == "ods" && answer.tier == "place")
  }

  @Test func `After a transfer a code has parts, as large as their people`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2016-04-01") == ["c 0.1", "n 0.9"])
    #expect(try parts("014", "2009-04-01", to: "2019-04-01") == ["d 0.25", "n 0.75"])
  }

  @Test func `Back through a merger the parts are what they came from`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2009-04-01") == ["a 0.4", "b 0.6"])
  }

  @Test func `Of one day a code is its body`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2012-04-01") == ["n 1.0"])
  }

  // MARK: What a code means

  @Test(arguments: [" 77a ", "77a", "77A"]) func `Blanks and small letters are borne`(code: String) throws {
    #expect(try parts(code, "2012-04-01", to: "2012-04-01") == ["n 1.0"])
  }

  @Test func `What is no code is in no body, and the reason is told`() throws {
    let places = try places(to: "2012-04-01")
    #expect(try places.answer("  ", on: try day("2012-04-01")).parts.map(\.place) == [.failure(.init(reason: .blank))])
    #expect(try parts("X99", "2012-04-01", to: "2012-04-01") == ["unknown 1.0"])
    #expect(try places.answer("X99", on: try day("2012-04-01")).origin == nil)
  }

  @Test func `A code outside its dates is understood only if that is asked for`() throws {
    let answer = try places(to: "2012-04-01").answer("014", on: try day("2012-04-01"))
    let period = Period(try day("2000-04-01"), try day("2010-04-01"))
    #expect(answer.isUnmapped && answer.parts.map(\.place) == [.failure(.init(reason: .outsideItsDates([period])))])
    let late = try places(to: "2012-04-01", late: true).answer("014", on: try day("2012-04-01"))
    #expect(late.isLate && parts(late) == ["n 1.0"])
  }

  @Test func `A unit lies where its parcel does`() throws {
    #expect(try parts("u1", "2009-04-01", to: "2016-04-01") == ["c 1.0"])
    #expect(try parts("u2", "2009-04-01", to: "2016-04-01") == ["n 1.0"])
    #expect(try places(to: "2016-04-01").answer("u1", on: try day("2009-04-01")).origin == "area")
  }

  // MARK: Days

  @Test func `Days between two changes are alike`() throws {
    let places = try places(to: "2012-04-01")
    #expect(places.firstLikeDay(try day("2014-12-31")) == (try day("2012-04-01")))
    #expect(places.firstLikeDay(try day("2015-04-01")) == (try day("2015-04-01")))
    #expect(places.firstLikeDay(try day("1999-12-31")) == .distantPast)
  }
}
