import Testing

/// `orgreg lineage`, and the reports that leave out slivers, as a user runs them.
@Suite struct LineageCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func orgreg(_ words: String) throws -> Run {
    try bench.orgreg(words.split(separator: " ").map(String.init))
  }

  /// Case W4.
  @Test func `Ancestors are the bodies from which a piece came in which people live`() throws {
    let run = try orgreg("lineage D4U1Y --on 2021-05-01 --backward --until 2006-09-30 --format csv")
    expectDone(run)
    let rows = run.lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(
      Set(rows.filter { $0[2] == "2006-10-01" }.map { $0[0] }) == ["5G3", "5G6", "5DM", "5G2", "5L7", "5L5"], "\(run)")
    #expect(Set(rows.filter { $0[2] == "2013-04-01" }.map { $0[0] }) == ["5QG", "5QC", "5P5"], "\(run)")
    #expect(rows.filter { $0[1] == "D4U1Y" }.allSatisfy { $0[4...] == ["1", "population-2019", "whole"] }, "\(run)")
  }

  @Test func `The tree tells shares of both bodies`() throws {
    let run = try orgreg("lineage 15D")
    expectDone(run)
    for words in [
      "merger, 100% of 15D, 58.6% of D4U1Y by population-2019  D4U1Y  NHS Frimley CCG", "succession, whole  D4U1Y",
      "split, 58.9% of D4U1Y, 100% of U2G6B by population-2019 (proportional)", "succession, duties  QNQ",
    ] {
      #expect(run.stdout.contains(words), "\(words)\(run)")
    }
  }

  @Test func `The picture has the share of a body at its end of the line`() throws {
    let run = try orgreg("lineage 15D --format svg")
    expectDone(run)
    for words in [">58.6% from 15D<", ">58.9% to U2G6B<", ">18.2% to 92A<", ">11.5% from D4U1Y<"] {
      #expect(run.stdout.contains(words), "\(words)")
    }
    // What went as a whole needs no label.
    #expect(!run.stdout.contains(">100% "))
  }

  @Test(arguments: ["2%", "0.02", "2.0%"]) func `Slivers are left out and counted`(tolerance: String) throws {
    let all = try orgreg("lineage 92A --format csv")
    let run = try orgreg("lineage 92A --tolerance \(tolerance) --format csv")
    expectDone(run)
    #expect(run.lines.count < all.lines.count, "\(run)\(all)")
    #expect(run.complaints.count == 1 && run.complaints[0].contains("less than the tolerance"), "\(run)")
    #expect(all.complaints.isEmpty, "\(all)")
    #expect(Set(run.lines).isSubset(of: Set(all.lines)), "\(run)\(all)")
  }

  @Test func `Reports count the slivers that they leave out`() throws {
    let words = "report succession --kind pct --to-kind ccg"
    let (all, some) = (try orgreg(words + " --format csv"), try orgreg(words + " --tolerance 2% --format csv"))
    #expect(
      some.lines.count < all.lines.count && Set(some.lines.map(Self.cells)).isSubset(of: Set(all.lines.map(Self.cells)))
    )
    let left = all.lines.count - some.lines.count
    #expect(try orgreg(words + " --tolerance 2%").stdout.contains("\(left) parts that are less than the tolerance"))
    let timeline = try orgreg("report timeline --within QE1 --tolerance 2%")
    expectDone(timeline)
    #expect(timeline.stdout.contains(" carry less than the tolerance are left out."), "\(timeline)")
  }

  /// The cells of a row but for the last: the shape of the group, which depends on the rows around it.
  private static func cells(_ line: String) -> String { line.split(separator: ",").dropLast().joined(separator: ",") }

  @Test(
    arguments: ["-1%", "101%", "1.5", "much", "nan", "%"],
    [
      "lineage 15D", "report succession --kind pct --to-kind ccg", "report timeline",
    ])
  func `A tolerance out of range is refused, with what to write`(tolerance: String, command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    expectUsage(try bench.orgreg(words + ["--tolerance=\(tolerance)"]), "a tolerance is ")
  }
}
