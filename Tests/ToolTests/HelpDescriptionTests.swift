import Foundation
import Testing

/// What `help --json` tells programs.
@Suite struct HelpDescriptionTests {
  private static func described() throws -> [String: Any] {
    let run = try Workbench().orgreg("help", "--json")
    expectDone(run)
    return try #require(JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
  }

  private static func commands() throws -> [[String: Any]] {
    try #require(described()["commands"] as? [[String: Any]])
  }

  @Test func `Every command is described, with its arguments and the statuses it ends with`() throws {
    let statuses = try #require(try Self.described()["exit_statuses"] as? [[String: Any]])
    #expect(statuses.compactMap { $0["status"] as? Int } == [0, 1, 2, 3, 64])
    let commands = try Self.commands()
    let words = commands.compactMap { ($0["words"] as? [String])?.joined(separator: " ") }
    #expect(words.count == Set(words).count)
    let listed = try Workbench().orgreg("help").lines.filter { $0.hasPrefix("  ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    for word in ["list", "restate", "report counts", "export sql", "lint codes", "merge", "undo", "upgrade"] {
      #expect(words.contains(word) && listed.contains(word.split(separator: " ").first.map(String.init) ?? ""))
    }
    let merge = try #require(commands.first { ($0["words"] as? [String]) == ["merge"] })
    let arguments = try #require(merge["arguments"] as? [[String: Any]])
    #expect(arguments.contains { $0["kind"] as? String == "argument" && $0["is_repeating"] as? Bool == true })
    #expect(arguments.contains { ($0["names"] as? [String]) == ["--into"] && $0["is_optional"] as? Bool == false })
    #expect(arguments.contains { ($0["names"] as? [String]) == ["--dry-run"] && $0["kind"] as? String == "flag" })
  }

  /// A question for each command whose columns are told, besides those that print a difference.
  static let questions: [[String]] = [
    ["list", "ccg"], ["find", "devon"],
    ["successions", "--kind", "ccg", "--from", "2020-04-01", "--to", "2020-04-01"], ["lineage", "72Q"],
    ["crosswalk", "--kind", "ccg", "--from", "2019-04-01", "--to", "2021-04-01"],
    ["changes", "--from", "2026-04-01", "--to", "2026-04-01"],
    ["who-commissions", "health checks", "--on", "2016-05-01"], ["report", "counts"],
    ["report", "succession", "--kind", "pct", "--to-kind", "ccg"], ["report", "timeline"], ["report", "population"],
    ["report", "allocation"], ["report", "mergers"], ["report", "clusters"],
    ["report", "governance", "--on", "2014-10-01"], ["report", "coterminosity", "--on", "2019-04-01"],
    ["report", "oversight", "--on", "2013-04-01"], ["report", "membership", "--on", "2013-04-01"],
    ["report", "quality"], ["report", "reconcile"], ["report", "corrections"], ["report", "body", "72Q"],
    ["lint", "codes", "codes.csv", "--code", "code", "--as-at", "2019-04-01"],
    ["lint", "names", "codes.csv", "--name", "code"], ["export", "csv", "ccg", "--on", "2016-04-01"],
    ["export", "crosswalk", "--from", "2019-04-01", "--to", "2021-04-01"], ["status"],
  ]

  @Test func `The columns that are told are those that are printed`() throws {
    let bench = try Workbench()
    try bench.write("code,n\n07N,3\n", to: "codes.csv")
    var told: [String: [String]] = [:]
    for command in try Self.commands() {
      if let words = command["words"] as? [String], let columns = command["columns"] as? [String] {
        told[words.joined(separator: " ")] = columns
      }
    }
    let difference = ["action", "table", "key", "before", "after"]
    #expect(told.filter { $0.value != difference }.count == Self.questions.count)
    for question in Self.questions {
      let word = told.keys.filter { question.joined(separator: " ").hasPrefix($0) }.max { $0.count < $1.count }
      let columns = try #require(word.flatMap { told[$0] }, "\(question)")
      let run = try bench.orgreg(question + (question[0] == "export" ? [] : ["--format", "csv"]))
      let header = run.stdout.split(whereSeparator: \.isNewline).first.map(String.init)
      #expect(header == columns.joined(separator: ","), "\(run.command)")
    }
    expectDone(try bench.orgreg("init"))
    let merger = try bench.orgreg(
      "merge", "72Q", "36L", "--into", "Z9Z", "--name", "X", "--on", "2026-11-01", "--source", "x", "--dry-run",
      "--format", "csv")
    #expect(merger.lines.first == difference.joined(separator: ","), "\(merger)")
  }
}
