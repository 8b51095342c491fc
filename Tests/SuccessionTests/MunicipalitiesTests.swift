import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Registers of other countries, which have no partition and no units.
@Suite struct MunicipalitiesTests {
  /// The Norwegian municipality 1507 came from five in 2020, and was divided into 1508 and 1580 in 2024. 1504 was one of
  /// the five. 1101 goes on under another number. 0301 is only renumbered, and keeps its body.
  private func norway(_ flows: String) throws -> Asked {
    let merged = ["1504", "1523", "1529", "1534", "1546"]
    return try Asked(
      register(
        """
        record,key,value,rank,tier,group,type,partition,unit,from
        scheme,code,Municipality number,1
        kind,municipality,Municipality,,place,municipality
        basis,population,Population,,,,,,person,2024-01-01
        source,law,The law
        """,
        """
        record,key,event,organisation,other,kind,basis,type,nature,scheme,value,amount,from,to,source
        \((merged + ["0301", "1101", "1507", "1508", "1580", "n1101"]).map { "organisation,\($0)" }.joined(separator: "\n"))
        event,founding,,,,,,establishment,,,,,1964-01-01,,law
        event,union,,,,,,merger,,,,,2020-01-01,,law
        event,renewal,,,,,,succession,,,,,2020-01-01,,law
        event,division,,,,,,split,,,,,2024-01-01,,law
        \((merged + ["0301", "1101"]).map { "open,,founding,\($0),,municipality" }.joined(separator: "\n"))
        open,,union,1507,,municipality
        open,,renewal,n1101,,municipality
        open,,division,1508,,municipality
        open,,division,1580,,municipality
        \(merged.map { "succession,,union,\($0),1507,,,,succession" }.joined(separator: "\n"))
        \(merged.map { "close,,union,\($0)" }.joined(separator: "\n"))
        succession,,renewal,1101,n1101,,,,succession
        close,,renewal,1101
        succession,,division,1507,1508,,,,territory
        succession,,division,1507,1580,,,,territory
        close,,division,1507
        code,,,0301,,,,,,code,0301,,1964-01-01,2019-12-31,law
        code,,,0301,,,,,,code,0399,,2020-01-01,,law
        """ + "\n" + flows))
  }

  private static let amounts = """
    flow,,division,1507,1508,,population,,,,,58509
    flow,,division,1507,1580,,population,,,,,9495
    """

  @Test func `Mergers and renewals need no units`() throws {
    let asked = try norway(Self.amounts)
    for body in ["1504", "1523", "1529", "1534", "1546"] {
      #expect(try asked.parts(body, "2019-01-01", "2021-01-01") == ["1507 whole"])
      #expect(try asked.parts(body, "2019-01-01", "2019-12-31") == ["\(body) whole"])
    }
    #expect(try asked.parts("1101", "2019-01-01", "2025-01-01") == ["n1101 whole"])
    #expect(try asked.parts("n1101", "2025-01-01", "2019-01-01") == ["1101 whole"])
    #expect(try asked.parts("0301", "2019-01-01", "2025-01-01") == ["0301 whole"])
    #expect(try asked.parts("1507", "2021-01-01", "2019-01-01") == ["gap: union"])
  }

  @Test func `A division by amounts is proportional, and exact`() throws {
    let asked = try norway(Self.amounts)
    for (body, from) in [("1507", "2023-12-31"), ("1504", "2019-01-01")] {
      let answer = try asked.answer(body, from, "2024-01-01")
      #expect(
        answer.parts.map(asked.words) == [
          "1508 6501/7556 population proportional", "1580 1055/7556 population proportional",
        ])
      #expect(answer.parts.map(\.amount) == [Amount(58509), Amount(9495)] && answer.isWhole)
    }
    #expect(try asked.parts("1508", "2024-01-01", "2021-01-01") == ["1507 whole"])
    #expect(try asked.parts("1580", "2024-01-01", "2019-01-01") == ["gap: union"])
  }

  @Test func `A division without amounts is a gap of the divided body alone`() throws {
    let asked = try norway("")
    #expect(try asked.parts("1504", "2019-01-01", "2024-01-01") == ["gap: division"])
    #expect(try asked.parts("1101", "2019-01-01", "2024-01-01") == ["n1101 whole"])
  }

  @Test func `A whole crosswalk has a row for each municipality`() throws {
    let asked = try norway(Self.amounts)
    let crosswalk = try Crosswalk(of: nil, in: asked.whereabouts, asked.question("2019-01-01", "2025-01-01"))
    #expect(crosswalk.kind == "municipality" && crosswalk.rows.count == 7)
    #expect(crosswalk.rows.allSatisfy { $0.answer.isWhole })
    let back = try Crosswalk(of: nil, in: asked.whereabouts, asked.question("2025-01-01", "2019-01-01"))
    #expect(back.rows.count == 4)
  }

  // MARK: A giver that goes on

  /// g gives 3 of its shares of 10 to t, and then a half of the rest.
  @Test func `A body that goes on keeps the rest`() throws {
    let asked = try Asked(
      register(
        vocabulary,
        """
        record,key,event,organisation,other,kind,basis,type,nature,amount,from,source
        organisation,g
        organisation,t
        event,founding,,,,,,establishment,,,2000-04-01,law
        event,first,,,,,,transfer,,,2010-04-01,law
        event,second,,,,,,transfer,,,2012-04-01,law
        open,,founding,g,,group
        open,,founding,t,,group
        succession,,first,g,t,,,,territory
        succession,,second,g,t,,,,territory
        flow,,first,g,t,,share,,,0.3
        flow,,second,g,t,,share,,,0.5
        """))
    #expect(
      try asked.parts("g", "2005-01-01", "2011-01-01")
        == ["g 7/10 share proportional", "t 3/10 share proportional"])
    #expect(
      try asked.parts("g", "2005-01-01", "2013-01-01")
        == ["g 7/20 share proportional", "t 13/20 share proportional"])
    #expect(try asked.parts("g", "2011-01-01", "2012-01-01") == ["g whole"])
    // Nothing was taken from t. Backward from several givers, amounts say nothing.
    #expect(try asked.parts("t", "2005-01-01", "2013-01-01") == ["t whole"])
    #expect(try asked.parts("t", "2013-01-01", "2005-01-01").allSatisfy { $0.hasPrefix("gap: ") })
  }
}
