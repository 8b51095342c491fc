import Foundation
import Testing

/// Whoever asks for help gets an example.
@Suite struct HelpTests {
  /// Every command and subcommand, as the help itself names them.
  static let commands: [[String]] = {
    guard let bench = try? Workbench() else { return [] }
    func below(_ command: [String]) -> [[String]] {
      let help = (try? bench.orgreg(command + ["--help"]).stdout) ?? ""
      let names = help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().flatMap { group in
        group.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
          .compactMap { $0.wholeMatch(of: #/  ([a-z-]+)(?: .*)?/#)?.1 }
      }
      return names.flatMap { name in [command + [String(name)]] + below(command + [String(name)]) }
    }
    return below([])
  }()

  static let readme = try? String(contentsOfFile: "\(Workbench.package)/README.md", encoding: .utf8)

  @Test func `The help names all commands`() {
    let names = Set(Self.commands.map { $0.joined(separator: " ") })
    for name in [
      "init", "apply", "import", "backup", "restore", "status", "check", "list", "show", "find", "successions",
      "report", "report counts",
      "report reconcile", "sql", "crosswalk", "merge", "enact", "undo", "log",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }

  @Test(arguments: commands) func `Help explains the command and shows an example of it`(command: [String]) throws {
    let run = try Workbench().orgreg(command + ["--help"])
    #expect(run.status == 0 && run.stderr.isEmpty, "\(run)")
    #expect(run.stdout.hasPrefix("OVERVIEW: "), "\(run)")
    let examples = run.stdout.components(separatedBy: "EXAMPLES\n").dropFirst().first ?? ""
    #expect(examples.contains("  orgreg \(command.joined(separator: " "))"), "\(run)")
    let wide = run.lines.filter { $0.count > 120 && !$0.hasPrefix("USAGE: ") }
    #expect(wide.isEmpty, "\(run)")
  }

  @Test(
    .enabled(if: readme?.contains("orgreg ") ?? false, "README.md does not mention commands yet"), arguments: commands)
  func `The readme names the command`(command: [String]) {
    #expect(Self.readme?.contains("orgreg \(command.joined(separator: " "))") ?? false)
  }
}
