import Testing

/// Registers of municipalities, which have no units, answer from mergers and stated amounts alone.
@Suite struct MunicipalitiesCommandTests {
  private let bench: Workbench

  /// 0101 and 0102 unite into 0103 in 2020.
  private static let merger = """
    record,key,event,organisation,other,scheme,kind,type,tier,unit,nature,value,from,source
    scheme,code,,,,,,,,,,Municipality code,,
    kind,municipality,,,,,,,place,,,Municipality,,
    basis,population,,,,,,,,person,,Population,2024-01-01,
    source,gazette,,,,,,,,,,Official Gazette 2019 no. 7,,
    organisation,north,,,,,,,,,,,,
    organisation,south,,,,,,,,,,,,
    organisation,united,,,,,,,,,,,,
    event,founding,,,,,,establishment,,,,,1990-01-01,gazette
    open,,founding,north,,,municipality,,,,,,,
    open,,founding,south,,,municipality,,,,,,,
    code,,founding,north,,code,,,,,,0101,,
    code,,founding,south,,code,,,,,,0102,,
    event,union,,,,,,merger,,,,North and South unite,2020-01-01,gazette
    close,,union,north,,,,,,,,,,
    close,,union,south,,,,,,,,,,
    open,,union,united,,,municipality,,,,,,,
    code,,union,united,,code,,,,,,0103,,
    succession,,union,north,united,,,,,,succession,,,
    succession,,union,south,united,,,,,,succession,,,
    """

  init() throws {
    bench = try Workbench()
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(Self.merger + "\n", to: "merger.csv")
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  private func crosswalk(_ from: String, _ to: String) throws -> [String] {
    let run = try bench.orgreg("crosswalk", "--from", from, "--to", to, "--format", "csv")
    expectDone(run)
    return run.lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return [cells[0], cells[2], cells[4], cells[7]].joined(separator: ",")
    }
  }

  private func restate(_ text: String, _ from: String, _ to: String) throws -> [String] {
    try bench.write(text, to: "figures.csv")
    let run = try bench.orgreg(
      "restate", "figures.csv", "--code", "c", "--as-at", from, "--to", to, "--sum", "v")
    expectDone(run)
    return run.lines
  }

  @Test func `A merger needs no units`() throws {
    #expect(try crosswalk("2019-01-01", "2020-06-01") == ["0101,0103,1,whole", "0102,0103,1,whole"])
    #expect(try crosswalk("2019-01-01", "2019-02-01") == ["0101,0101,1,whole", "0102,0102,1,whole"])
    #expect(try restate("c,v\n0101,10\n0102,5\n", "2019-01-01", "2020-06-01") == ["c,v", "0103,15"])
    #expect(
      try restate("c,v\n0101,10\n0102,5\n", "2019-01-01", "2019-02-01") == ["c,v", "0101,10", "0102,5"])
  }

  @Test func `A split with amounts needs no units`() throws {
    expectDone(
      try bench.orgreg(
        "split", "0103", "--into", "1508=Ash", "--into", "1580=Birch", "--amount", "population:1508=58509",
        "--amount", "population:1580=9495", "--on", "2024-01-01", "--source", "gazette", "--yes"))
    let shares = ["1508,0.8603758602435151,proportional", "1580,0.1396241397564849,proportional"]
    #expect(try crosswalk("2023-01-01", "2024-01-01") == shares.map { "0103,\($0)" })
    #expect(
      try crosswalk("2019-01-01", "2024-01-01") == shares.map { "0101,\($0)" } + shares.map { "0102,\($0)" })
    #expect(try restate("c,v\n0103,68004\n", "2023-01-01", "2024-01-01") == ["c,v", "1508,58509", "1580,9495"])
  }
}
