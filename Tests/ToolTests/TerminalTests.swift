import Testing

/// What people see at a terminal, which has only so many columns.
@Suite struct TerminalTests {
  private static let commands = [
    "report reconcile", "report corrections", "report quality", "report counts", "show 15N", "show M85085", "log",
    "list icb --on 2026-05-01", "successions --kind icb", "lineage 05L", "find devon", "status",
    "crosswalk --kind icb --from 2024-04-01 --to 2026-04-01", "changes --from 2026-04-01 --to 2026-04-01",
    "changes --from 2020-04-01 --to 2020-04-01 --format table", "report hierarchy --on 2026-04-01",
    "crosswalk --from 2013-04-01 --to 2022-07-01 --why 05L",
  ]

  @Test(arguments: commands, [60, 80, 132]) func `What is shown fits the terminal`(words: String, columns: Int) throws {
    let run = try Workbench().atTerminal(words.split(separator: " ").map(String.init), columns: columns)
    #expect(run.status < 2, "\(run)")
    for line in run.stdout.split(separator: "\n") { #expect(line.count <= columns, "\(words): \(line)") }
  }

  @Test(arguments: ["report reconcile", "successions --kind icb"])
  func `Elsewhere nothing is cut, and each row is a line`(words: String) throws {
    let words = words.split(separator: " ").map(String.init)
    let text = try Workbench().orgreg(words)
    let rows = try Workbench().orgreg(words + ["--format", "csv"])
    #expect(text.lines.contains { $0.count > 150 } && text.lines.count >= rows.lines.count, "\(text)")
  }

  @Test func `Sources stand below a table, each once`() throws {
    let run = try Workbench().atTerminal(["changes", "--from", "2020-04-01", "--to", "2020-04-01", "--format", "table"])
    #expect(run.lines.filter { $0.hasPrefix("[1] ") }.count == 1, "\(run)")
  }
}
