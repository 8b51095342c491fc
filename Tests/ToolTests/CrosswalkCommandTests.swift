import Testing

/// `orgreg crosswalk` as a user runs it: bodies without territory, and refusals.
@Suite struct CrosswalkCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Two trusts merge in 2010, and the trust that they became is divided in 2020.
  private static let trusts = """
    record,key,event,organisation,other,scheme,kind,type,nature,value,from,source
    source,gazette,,,,,,,,The Gazette,,
    scheme,no,,,,,,,,Number,,
    kind,trust,,,,,,,,trust,,
    event,founding,,,,,,establishment,,Trusts are founded,2000-01-01,gazette
    event,union,,,,,,merger,,A and B become C,2010-01-01,gazette
    event,parting,,,,,,split,,C becomes D and E,2020-01-01,gazette
    organisation,t-a,,,,,,,,,,
    organisation,t-b,,,,,,,,,,
    organisation,t-c,,,,,,,,,,
    organisation,t-d,,,,,,,,,,
    organisation,t-e,,,,,,,,,,
    open,,founding,t-a,,,trust,,,,,
    open,,founding,t-b,,,trust,,,,,
    open,,union,t-c,,,trust,,,,,
    open,,parting,t-d,,,trust,,,,,
    open,,parting,t-e,,,trust,,,,,
    close,,union,t-a,,,,,,,,
    close,,union,t-b,,,,,,,,
    close,,parting,t-c,,,,,,,,
    succession,,union,t-a,t-c,,,,succession,,,gazette
    succession,,union,t-b,t-c,,,,succession,,,gazette
    succession,,parting,t-c,t-d,,,,succession,,,gazette
    succession,,parting,t-c,t-e,,,,succession,,,gazette
    """

  private func makeTrusts() throws {
    try bench.write(Self.trusts, to: "trusts.csv")
    expectDone(try bench.orgreg("init", "--empty"))
    expectDone(try bench.orgreg("apply", "trusts.csv", "--yes"))
  }

  @Test func `Bodies without a tier go on as wholes`() throws {
    try makeTrusts()
    let run = try bench.orgreg(
      "crosswalk", "--from", "2005-01-01", "--to", "2015-01-01", "--kind", "trust", "--format", "csv")
    expectDone(run)
    #expect(
      run.stdout == """
        from_code,from_name,to_code,to_name,share,amount,basis,method,events
        t-a,,t-c,,1,,,exact,union
        t-b,,t-c,,1,,,exact,union

        """, "\(run)")
  }

  @Test func `A division of bodies without a tier is a gap that names the event`() throws {
    try makeTrusts()
    let run = try bench.orgreg(
      "crosswalk", "--from", "2015-01-01", "--to", "2025-01-01", "--kind", "trust", "--format", "csv")
    #expect(run.status == 1)
    #expect(run.stdout.contains("\nt-c,,,,,,,,\n"), "\(run)")
    #expect(run.stderr.contains("t-c: no share: the event parting divides bodies"), "\(run)")
  }

  @Test func `Restate brings codes of bodies without a tier to another day`() throws {
    try makeTrusts()
    try bench.write("code,n\nt-a,1\nt-b,2\n", to: "in.csv")
    let run = try bench.orgreg(
      "restate", "in.csv", "--code", "code", "--as-at", "2005-01-01", "--to", "2015-01-01", "--sum", "n")
    expectDone(run)
    #expect(run.stdout == "code,n\nt-c,3\n", "\(run)")
  }

  @Test func `A care trust that is a primary care trust goes with its territory`() throws {
    let run = try bench.orgreg(
      "crosswalk", "--from", "2012-04-01", "--to", "2022-07-01", "--kind", "care-trust", "--to-kind", "icb",
      "--format", "csv")
    let lines = run.stdout.split(separator: "\n").dropFirst()
    #expect(Set(lines.map { $0.prefix { $0 != "," } }).count == 5, "\(run)")
    #expect(lines.allSatisfy { $0.contains(",patients-") || $0.contains(",exact,") }, "\(run)")
  }

  @Test(arguments: ["--from 1066-10-14 --to 2021-04-01", "--from 2013-04-01 --to 1066-10-14"])
  func `A day before the register is refused`(days: String) throws {
    let run = try bench.orgreg(["crosswalk"] + days.split(separator: " ").map(String.init))
    expectRefused(run, "1066-10-14 is before the first day that the register knows, 2000-02-17")
  }
}
