import Foundation
import Testing

/// Bodies as a table for spreadsheets.
@Suite struct SpreadsheetTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private let nasty = """
    record,key,value,tier,group,organisation,scheme,kind,from,timeline,rank,source
    scheme,no,Number,,,,,,,,1,
    kind,place,place,place,place,,,,,,,
    relationship-kind,part-of,part of,,,,,,,,,
    source,gazette,The Gazette,,,,,,,,,
    organisation,a,,,,,,,,,,
    organisation,b,,,,,,,,,,
    organisation,c,,,,,,,,,,
    life,,,,,a,,,2000-01-01,legal,,gazette
    life,,,,,b,,,2000-01-01,legal,,gazette
    life,,,,,c,,,2000-01-01,legal,,gazette
    role,,,,,a,,place,2000-01-01,,,gazette
    role,,,,,b,,place,2000-01-01,,,gazette
    code,,5E1,,,a,no,,2000-01-01,,,gazette
    code,,014,,,b,no,,2000-01-01,,,gazette
    code,,"1""2",,,c,no,,2000-01-01,,,gazette
    name,,"=HYPERLINK(""http://x"")",,,a,no,,2000-01-01,,,gazette
    name,,-1+1|cmd,,,b,no,,2000-01-01,,,gazette
    name,,"@SUM, and more",,,c,no,,2000-01-01,,,gazette

    """

  @Test func `Codes survive a double click, and no name is computed`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(nasty, to: "nasty.csv")
    expectDone(try bench.orgreg("apply", "nasty.csv", "--yes"))
    let run = try bench.orgreg("export", "csv", "--on", "2020-01-01", "--excel")
    expectDone(run)
    #expect(
      run.stdout
        == [
          "\u{FEFF}key,no_code,name,kind,from,to,parent_code,parent_name",
          #"b,"=""014""",'-1+1|cmd,place,2000-01-01,,,"#,
          #"c,"=""1""""2""","'@SUM, and more",,2000-01-01,,,"#,
          #"a,"=""5E1""","'=HYPERLINK(""http://x"")",place,2000-01-01,,,"#, "",
        ].joined(separator: "\r\n"))
    let plain = try bench.orgreg("export", "csv", "place", "--on", "2020-01-01", "--output", "plain.csv")
    expectDone(plain)
    #expect(plain.stderr == "orgreg: plain.csv: 2 rows\n")
    #expect(
      try bench.text("plain.csv") == """
        key,no_code,name,kind,from,to,parent_code,parent_name
        b,014,-1+1|cmd,place,2000-01-01,,,
        a,5E1,"=HYPERLINK(""http://x"")",place,2000-01-01,,,

        """)
  }

  @Test func `The bodies of a day stand with the bodies above them`() throws {
    let run = try bench.orgreg("export", "csv", "ccg", "--on", "2016-04-01")
    expectDone(run)
    #expect(run.lines.count == 210)
    #expect(
      run.lines.contains(
        "ccg-00L,00L,E38000130,NHS Northumberland CCG,ccg,2013-04-01,2022-06-30,Q74,"
          + "NHS England North (Cumbria and North East)"))
    let trusts = try bench.orgreg("export", "csv", "pct", "--on", "2012-04-01")
    #expect(trusts.lines.count == 152)
    #expect(trusts.stdout.contains(",pct|care-trust,"))
    let listed = try bench.orgreg("list", "pct", "--on", "2012-04-01", "--format", "csv")
    #expect(
      Set(trusts.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false)[1] }.dropFirst())
        == Set(listed.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false)[0] }.dropFirst()))
  }

  @Test func `What is not there is refused`() throws {
    let before = try bench.listing()
    expectRefused(try bench.orgreg("export", "csv", "town", "--output", "x.csv"), "unknown kind 'town'")
    expectRefused(try bench.orgreg("export", "csv", "--on", "1900-01-01", "--output", "x.csv"), "before the first day")
    expectUsage(try bench.orgreg("export", "csv", "--on", "yesterday"), "YYYY-MM-DD")
    expectRefused(try bench.orgreg("export", "csv", "--output", "no/such.csv"), "no/such.csv")
    #expect(try bench.listing() == before)
  }
}
