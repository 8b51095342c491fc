import RegistryStorage
import Succession
import Testing

/// Bodies without a tier. 1 becomes 2 in 2010, 2 and 3 merge into 4 in 2015, and 4 is divided into 5 and 6 in 2020. 7
/// absorbs 8 in 2012 and lives on. 9 ends in 2011 without a successor. 10 and 11 live all the time.
@Suite struct UndividedSuccessionTests {
  private let links = [
    (10, "2010-04-01", 1, 2), (15, "2015-04-01", 2, 4), (15, "2015-04-01", 3, 4), (20, "2020-04-01", 4, 5),
    (20, "2020-04-01", 4, 6), (12, "2012-04-01", 8, 7),
  ]
  private let lives: [Int64: (String, String?)] = [
    1: ("2000-04-01", "2010-04-01"), 2: ("2010-04-01", "2015-04-01"), 3: ("2000-04-01", "2015-04-01"),
    4: ("2015-04-01", "2020-04-01"), 5: ("2020-04-01", nil), 6: ("2020-04-01", nil), 7: ("2000-04-01", nil),
    8: ("2000-04-01", "2012-04-01"), 9: ("2000-04-01", "2011-04-01"), 10: ("2000-04-01", nil),
  ]

  private func row(_ body: Int64, _ from: String, _ to: String) throws -> Crosswalk.Row {
    let succession = UndividedSuccession(
      try links.map { event, day, predecessor, successor in
        Crosswalk.Link(
          event: Int64(event), day: try #require(Day(day)), predecessor: Int64(predecessor), successor: Int64(successor)
        )
      },
      lives: try lives.mapValues { start, end in
        [Period(try #require(Day(start)), try end.map { try #require(Day($0)) })]
      })
    return succession.row(of: body, from: try #require(Day(from)), to: try #require(Day(to)))
  }

  @Test func `A body goes on as a whole along a chain`() throws {
    let row = try row(1, "2005-01-01", "2016-01-01")
    #expect(row.to == 4 && row.share == 1 && row.method == .exact)
    #expect(row.events == [10, 15])
    #expect(row.amount == nil && row.basis == nil)
  }

  @Test func `Days are exact`() throws {
    #expect(try row(1, "2005-01-01", "2010-03-31").to == 1)
    #expect(try row(1, "2005-01-01", "2010-04-01").to == 2)
    #expect(try row(1, "2010-03-31", "2010-04-01").to == 2)
    #expect(try row(2, "2010-04-01", "2010-03-31").to == 1)
    #expect(try row(2, "2010-04-01", "2010-04-01").to == 2)
  }

  @Test func `A division is a gap forward and none backward`() throws {
    let forward = try row(3, "2014-01-01", "2021-01-01")
    #expect(forward.share == nil && forward.to == nil && forward.gap == .event(20))
    #expect(try row(5, "2021-01-01", "2016-01-01").to == 4)
  }

  @Test func `A merger is a gap backward`() throws {
    #expect(try row(4, "2016-01-01", "2014-01-01").gap == .event(15))
    #expect(try row(5, "2021-01-01", "2005-01-01").gap == .event(15))
  }

  @Test func `The body that lives on counts`() throws {
    #expect(try row(8, "2010-01-01", "2013-01-01").to == 7)
    #expect(try row(7, "2010-01-01", "2013-01-01").to == 7)
    #expect(try row(7, "2013-01-01", "2010-01-01").gap == .event(12))
  }

  @Test func `What ends without a successor lies nowhere`() throws {
    let row = try row(9, "2010-01-01", "2013-01-01")
    #expect(row.to == nil && row.share == 1 && row.gap == nil)
    #expect(try self.row(10, "2010-01-01", "1999-01-01").to == nil)
    #expect(try self.row(10, "2010-01-01", "2026-01-01").to == 10)
  }
}
