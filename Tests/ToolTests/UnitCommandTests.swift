import Testing

/// A practice of the England register that moves by itself.
@Suite struct UnitCommandTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    expectDone(try bench.orgreg("init"))
  }

  private let transfer = ["transfer", "05L", "--to", "13P", "--unit", "M85010=13P", "--on", "2014-05-01"]
  private let day = ["--from", "2014-05-01", "--to", "2014-05-01", "--format", "csv"]

  @Test func `A transfer of a practice alone is no event, and leaves its body whole`() throws {
    let before = try bench.orgreg(["changes"] + day)
    let preview = try bench.orgreg(transfer + ["--source", "a list", "--dry-run"])
    expectDone(preview)
    let sentence =
      "no unit of the partition lsoa11 leaves 05L, so it stays whole: this is no event, but the unit M85010 moves by itself"
    #expect(preview.stderr.contains("! \(sentence)\n"), "\(preview)")
    #expect(preview.stdout.contains("practice M85010 05L") && preview.stdout.contains("2014-05-01"), "\(preview)")
    #expect(!preview.stdout.contains("succession"), "\(preview)")
    expectDone(try bench.orgreg(transfer + ["--source", "a list", "--yes"]))
    expectDone(try bench.orgreg("check"))

    let moves = try bench.orgreg(["changes", "--units"] + day)
    #expect(
      moves.stdout == "date,unit,partition,from_code,to_code,source\n2014-05-01,M85010,practice,05L,13P,a list\n",
      "\(moves)")
    let words = try bench.orgreg("changes", "--units", "--from", "2014-05-01", "--to", "2014-05-01")
    #expect(
      words.stdout
        == "2014-05-01  M85010 went from 05L NHS Sandwell and West Birmingham to 13P NHS Birmingham CrossCity\n",
      "\(words)")
    #expect(try bench.orgreg(["changes"] + day).stdout == before.stdout)
    for basis in ["areas", "population-2019"] {
      let crosswalk = try bench.orgreg(
        "crosswalk", "--from", "2014-03-31", "--to", "2014-05-01", "--basis", basis, "--format", "csv")
      #expect(crosswalk.lines.filter { $0.hasPrefix("05L,") }.count == 1, "\(crosswalk)")
      #expect(
        crosswalk.lines.contains { $0.hasPrefix("05L,") && $0.contains(",05L,") && $0.contains(",1,") }, "\(crosswalk)")
    }
    let successions = try bench.orgreg("successions", "--from", "2014-05-01", "--to", "2014-05-01", "--format", "csv")
    #expect(successions.lines.count == 1, "\(successions)")
  }

  @Test func `The units of a body are listed, and a partition alone is no kind`() throws {
    let practices = try bench.orgreg("list", "practice", "--in", "00L", "--on", "2016-04-01", "--format", "csv")
    expectDone(practices)
    #expect(
      practices.lines.first == "code,from,to,patients-2013,practices" && practices.lines.count == 54, "\(practices)")
    expectRefused(
      try bench.orgreg("list", "practice", "--on", "2016-04-01"), "practice is a partition", "--in", lines: 1)
    expectRefused(
      try bench.orgreg("list", "ccg", "--in", "00L", "--on", "2016-04-01"), "unknown partition 'ccg'", lines: 1)
    expectUsage(try bench.orgreg("list", "practice", "--in", "00L"), "--in", "--on")
  }

  @Test func `Some areas of a body go by their number alone, and the rest stays`() throws {
    let transfer = ["transfer", "15N", "--to", "11X", "--on", "2021-10-01", "--source", "a list", "--yes"]
    expectRefused(
      try bench.orgreg(transfer + ["--amount", "areas:11X=4000"]),
      "ccg-15N gives 4000 of areas, but it had only 707 on 2021-09-30", lines: 2)
    expectDone(try bench.orgreg(transfer + ["--amount", "areas:11X=4"]))
    expectDone(try bench.orgreg("check"))
    func cells(_ from: String, _ to: String) throws -> [String] {
      try bench.orgreg("crosswalk", "--from", from, "--to", to, "--basis", "areas", "--format", "csv")
        .lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        .filter { ["11X", "15N"].contains($0[0]) }
        .map { [$0[0], $0[2], $0[5], $0[7]].joined(separator: ",") }
    }
    #expect(
      try cells("2021-09-30", "2021-10-01") == [
        "11X,11X,327,whole", "15N,11X,4,proportional", "15N,15N,703,proportional",
      ])
    #expect(try cells("2021-10-01", "2022-07-01") == ["11X,11X,331,whole", "15N,15N,703,whole"])
  }

  @Test func `Showing the unit tells its move, with its source, within 80 columns`() throws {
    expectDone(try bench.orgreg(transfer + ["--source", "a list", "--note", "by post", "--yes"]))
    let text = try bench.orgreg("show", "m85010", "--format", "text")
    expectDone(text)
    #expect(text.lines.contains("  move     2014-05-01                 ccg-05L to ccg-13P [2]"), "\(text)")
    #expect(text.lines.contains("    [2] a list"), "\(text)")
    let lines = text.lines.filter { !$0.hasPrefix("    [") }
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(text)")
    let json = try bench.orgreg("show", "M85010", "--on", "2014-05-01", "--format", "json")
    #expect(json.stdout.contains("\"key\": \"practice/M85010/move@2014-05-01\""), "\(json)")
    #expect(json.stdout.contains("\"note\": \"by post\""), "\(json)")
    let body = try bench.orgreg("show", "05L", "--format", "json")
    #expect(!body.stdout.contains("M85010"), "\(body)")
  }

  /// The merger of 2018 says of every practice of 13P that it went to 15E.
  @Test func `A late transfer of a practice that a later event moves is refused, and names the event`() throws {
    expectRefused(
      try bench.orgreg(
        "transfer", "13P", "--to", "05L", "--unit", "M85003=05L", "--on", "2014-05-01", "--source", "a list", "--yes"),
      "the event 2018-04-01-merger-15E takes the parcel", "it lies in ccg-05L", lines: 2)
  }

  @Test func `A transfer of what lies elsewhere is refused`() throws {
    expectRefused(
      try bench.orgreg("transfer", "13P", "--to", "05L", "--unit", "A81001=05L", "--on", "2014-05-01", "--yes"),
      "the unit A81001 does not lie in 13P on 2014-04-30")
  }
}

/// Amounts in a register of another country, which has no units.
@Suite struct AmountCommandTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(
      """
      record,key,event,organisation,scheme,kind,type,tier,value,unit,from,source
      scheme,ssb,,,,,,,Municipality number,,,
      kind,municipality,,,,,,place,municipality,,,
      basis,population,,,,,,,Population,people,,
      measure-kind,population,,,,,,,Population,people,,
      source,ssb,,,,,,,Statistics Norway,,,
      organisation,k1507,,,,,,,,,,
      event,founding,,,,,establishment,,,,2020-01-01,ssb
      open,,founding,k1507,,municipality,,,,,,
      code,,founding,k1507,ssb,,,,1507,,,
      name,,founding,k1507,ssb,,,,Ålesund and Haram,,,

      """, to: "country.csv")
    expectDone(try bench.orgreg("apply", "country.csv", "--yes"))
  }

  private func split(_ words: String...) throws -> Run {
    try bench.orgreg(
      [
        "split", "1507", "--into", "1508=Ålesund", "--into", "1580=Haram", "--on", "2024-01-01", "--source", "ssb",
        "--yes",
      ] + words)
  }

  @Test func `Both amounts of a split are recorded`() throws {
    expectDone(try split("--amount", "population:1508=58509", "--amount", "population:1580=9495"))
    let flows = try bench.orgreg(
      "sql", "SELECT key, amount FROM flow WHERE superseded_in IS NULL ORDER BY key", "--format", "csv")
    #expect(
      flows.stdout == """
        key,amount
        2024-01-01-split-1507/flow/k1507/municipality-1508/population,58509.0
        2024-01-01-split-1507/flow/k1507/municipality-1580/population,9495.0

        """, "\(flows)")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `One amount of two is refused unless the whole was measured, and then within it`() throws {
    expectRefused(
      try split("--amount", "population:1508=58509"),
      "no source says how much of population k1507 had on 2023-12-31, so a part of it says nothing", lines: 2)
    expectDone(
      try bench.orgreg(
        "measure", "1507", "--kind", "population", "--amount", "68004", "--on", "2023-01-01", "--to", "2023-12-31",
        "--source", "ssb", "--yes"))
    expectRefused(
      try split("--amount", "population:1508=68005"),
      "k1507 gives 68005 of population, but it had only 68004 on 2023-12-31",
      lines: 2)
    expectDone(try split("--amount", "population:1508=58509"))
  }
}
