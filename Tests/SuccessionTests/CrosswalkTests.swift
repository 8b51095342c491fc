import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// a (P1: 100, P2: 300) and b (P3: 600) become n in 2010. In 2015 n gives P1 to c.
private let mergerThenTransfer = """
  record,key,event,organisation,other,parcel,partition,kind,type,nature,from,source
  organisation,a
  organisation,b
  organisation,c
  organisation,n
  event,founding,,,,,,,establishment,,2000-04-01,law
  event,merger,,,,,,,merger,,2010-04-01,law
  event,transfer,,,,,,,transfer,,2015-04-01,law
  open,,founding,a,,,,group
  open,,founding,b,,,,group
  open,,founding,c,,,,group
  open,,merger,n,,,,group
  succession,,merger,a,n,,,,,succession
  succession,,merger,b,n,,,,,succession
  close,,merger,a
  close,,merger,b
  succession,,transfer,n,c,,,,,territory
  movement,,transfer,,c,P1
  parcel,P1,,,,,area
  parcel,P2,,,,,area
  parcel,P3,,,,,area
  anchor,,,a,,P1,,,,,2000-04-01,law
  anchor,,,a,,P2,,,,,2000-04-01,law
  anchor,,,b,,P3,,,,,2000-04-01,law

  record,partition,unit,parcel,amount:people,source
  unit,area,u1,P1,100,law
  unit,area,u2,P2,300,law
  unit,area,u3,P3,600,law
  """

@Suite struct CrosswalkTests {
  /// The crosswalk between two days, body by body.
  private struct Matrix {
    let territory: Territory
    let from: Day
    let to: Day

    func rows(of body: Int64, bases: [Int] = [1]) -> [Crosswalk.Row] {
      Crosswalk(of: [body], from: from, to: to, bases: bases, territory: territory).rows
    }

    func share(of body: Int64, in other: Int64, basis: Int) -> Crosswalk.Row? {
      rows(of: body, bases: [basis]).first { $0.to == other }
    }
  }

  private func matrix(_ registry: Registry, _ from: String, _ to: String) throws -> Matrix {
    Matrix(territory: try registry.territory(), from: try #require(Day(from)), to: try #require(Day(to)))
  }

  @Test func `What was merged does not mix`() throws {
    let registry = try register(vocabulary, mergerThenTransfer)
    let matrix = try matrix(registry, "2009-04-01", "2016-04-01")
    let (a, b) = (try registry.id("a"), try registry.id("b"))
    let (c, n) = (try registry.id("c"), try registry.id("n"))
    #expect(matrix.share(of: a, in: c, basis: 1)?.share == 0.25)
    #expect(matrix.share(of: a, in: n, basis: 1)?.share == 0.75)
    #expect(matrix.share(of: b, in: c, basis: 1) == nil)
    #expect(matrix.share(of: b, in: n, basis: 1)?.share == 1)
    #expect(matrix.rows(of: b).map(\.to) == [n])
    #expect(matrix.share(of: a, in: c, basis: 1)?.amount == 100)
    #expect(matrix.share(of: a, in: c, basis: 0)?.share == 0.5)
    #expect(matrix.share(of: a, in: c, basis: 1)?.method == .exact)
  }

  @Test func `The way back comes from the same pieces`() throws {
    let registry = try register(vocabulary, mergerThenTransfer)
    let matrix = try matrix(registry, "2016-04-01", "2009-04-01")
    let (a, b) = (try registry.id("a"), try registry.id("b"))
    let (c, n) = (try registry.id("c"), try registry.id("n"))
    #expect(matrix.share(of: c, in: a, basis: 1)?.share == 1)
    #expect(matrix.share(of: n, in: a, basis: 1)?.share == 300.0 / 900)
    #expect(matrix.share(of: n, in: b, basis: 1)?.share == 600.0 / 900)
  }

  @Test func `On one day every body is itself`() throws {
    let registry = try register(vocabulary, mergerThenTransfer)
    let matrix = try matrix(registry, "2012-04-01", "2012-04-01")
    let n = try registry.id("n")
    #expect(matrix.rows(of: n).map(\.to) == [n])
    #expect(matrix.share(of: n, in: n, basis: 1)?.share == 1)
    #expect(matrix.rows(of: try registry.id("a")).map(\.gap) == [.noTerritory])
    #expect(matrix.share(of: try registry.id("a"), in: n, basis: 1) == nil)
  }

  @Test func `A basis of no piece measures nothing`() throws {
    let registry = try register(vocabulary, mergerThenTransfer)
    let matrix = try matrix(registry, "2009-04-01", "2016-04-01")
    let (a, n) = (try registry.id("a"), try registry.id("n"))
    #expect(matrix.share(of: a, in: n, basis: 2) == nil)
    #expect(matrix.rows(of: a, bases: [2]).map(\.gap) == [.noTerritory])
    #expect(Set(matrix.rows(of: a, bases: [2, 1, 0]).map(\.basis)) == ["people"])
  }

  // MARK: Divisions by amounts alone

  /// n is divided between x and y by shares in 2020, and x becomes z in 2022.
  private func divided() throws -> Registry {
    try register(
      vocabulary, mergerThenTransfer,
      """
      record,key,event,organisation,other,basis,kind,type,nature,amount,from,source
      organisation,x
      organisation,y
      organisation,z
      event,split,,,,,,split,,,2020-04-01,law
      open,,split,x,,,group
      open,,split,y,,,group
      succession,,split,n,x,,,,territory
      succession,,split,n,y,,,,territory
      flow,,split,n,x,share,,,,0.3
      flow,,split,n,y,share,,,,0.7
      close,,split,n
      event,renewal,,,,,,succession,,,2022-04-01,law
      open,,renewal,z,,,group
      succession,,renewal,x,z,,,,succession
      close,,renewal,x
      """)
  }

  @Test func `A share is proportional only if a division by amounts falls between the days`() throws {
    let registry = try divided()
    let (n, x, z) = (try registry.id("n"), try registry.id("x"), try registry.id("z"))
    func share(_ from: String, _ to: String, _ one: Int64, _ other: Int64) throws -> Crosswalk.Row? {
      try matrix(registry, from, to).share(of: one, in: other, basis: 1)
    }
    let over = try #require(try share("2020-03-31", "2020-04-01", n, x))
    #expect(abs(try #require(over.share) - 0.3) < 1e-12)
    #expect(over.method == .proportional)
    #expect(try share("2019-04-01", "2023-04-01", n, z)?.method == .proportional)
    // Both days are on one side of the division.
    #expect(try share("2020-04-01", "2023-04-01", x, z)?.method == .exact)
    #expect(try share("2015-04-01", "2020-03-31", n, n)?.method == .exact)
    // Backward, the whole of x came from n, however n was divided.
    let back = try #require(try share("2020-04-01", "2020-03-31", x, n))
    #expect(back.share == 1)
    #expect(back.method == .exact)
  }

  @Test func `Shares of a body sum to one`() throws {
    let registry = try divided()
    var bodies = 0
    for (from, to) in [("2009-04-01", "2023-04-01"), ("2023-04-01", "2009-04-01"), ("2016-04-01", "2020-04-01")] {
      let matrix = try matrix(registry, from, to)
      for body in ["a", "b", "c", "n", "x", "y", "z"] {
        let id = try registry.id(body)
        for basis in [0, 1] {
          let rows = matrix.rows(of: id, bases: [basis])
          guard rows.first?.gap == nil else { continue }
          #expect(abs(rows.reduce(0) { $0 + ($1.share ?? 0) } - 1) < 1e-12, "\(body) \(from) \(to)")
          bodies += 1
        }
      }
    }
    #expect(bodies == 14)
  }

  @Test func `A lost piece makes its basis unfit to cover`() throws {
    let registry = try register(
      vocabulary, mergerThenTransfer,
      """
      record,key,organisation,parcel,partition,unit,from,source
      parcel,Q1,,,practice
      anchor,,a,Q1,,,2000-04-01,law
      unit,,,Q1,practice,q1,,law
      """)
    // The transfer of 2015 says nothing about practices.
    let matrix = try matrix(registry, "2009-04-01", "2016-04-01")
    let a = try registry.id("a")
    #expect(Set(matrix.rows(of: a, bases: [2, 0]).map(\.basis)) == ["areas"])
    let event = try #require(
      try registry.database.first("SELECT id FROM change_event WHERE key = 'transfer'") { $0.integer(0) })
    let gap = try #require(matrix.rows(of: a, bases: [2]).first)
    #expect(gap.gap == .event(event))
    #expect(gap.share == nil)
    let before = try self.matrix(registry, "2009-04-01", "2014-04-01")
    #expect(Set(before.rows(of: a, bases: [2, 0]).map(\.basis)) == ["practices"])
  }

  @Test func `What lies in no body is a row of its own`() throws {
    let registry = try register(
      vocabulary, mergerThenTransfer,
      "record,key,event,organisation,type,from,source\nevent,end,,,closure,2018-04-01,law\nclose,,end,n")
    let rows = try matrix(registry, "2009-04-01", "2019-04-01").rows(of: try registry.id("a"))
    let shares = Dictionary(uniqueKeysWithValues: rows.map { ($0.to, $0.share) })
    #expect(shares == [try registry.id("c"): 0.25, nil: 0.75])
    #expect(rows.allSatisfy { $0.gap == nil })
  }
}
