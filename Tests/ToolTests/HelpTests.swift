import ArgumentParser
import Foundation
import Testing

@testable import orgreg

/// The help, the guides and the manual page.
@Suite struct HelpTests {
  /// Every command and subcommand that the help names.
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
  }

  /// The parser of the command line breaks longer lines, and leaves their last words alone on a line.
  @Test func `The lines of all explanations fit 80 columns as they were written`() {
    func commands(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
      let configuration = command.configuration
      let below = configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
      return [command] + below.flatMap(commands)
    }
    let all = commands(OrgReg.self)
    #expect(all.count > 60)
    for command in all {
      let wide = command.configuration.discussion.split(separator: "\n").filter { $0.count > 80 }
      #expect(wide.isEmpty, "\(command): \(wide)")
    }
  }

  @Test(arguments: commands) func `The readme or a guide names the command`(command: [String]) {
    let name = command.joined(separator: " ")
    #expect(Document.all.contains { $0.text.contains("orgreg \(name)") || $0.text.contains("`\(name)`") })
  }

  // MARK: Guides

  @Test func `Help lists the guides, by topic and title`() throws {
    let help = try Workbench().orgreg("help")
    #expect(help.status == 0 && help.stderr.isEmpty, "\(help)")
    for guide in Guide.all {
      #expect(help.lines.contains { $0.hasPrefix("  \(guide.topic) ") && $0.hasSuffix("  \(guide.title)") })
    }
  }

  @Test(arguments: Guide.all.map(\.topic)) func `Help prints the guide of a topic`(topic: String) throws {
    let guide = try #require(Guide.all.first { $0.topic == topic })
    let run = try Workbench().orgreg("help", topic)
    #expect(run.status == 0 && run.stderr.isEmpty, "\(run)")
    #expect(run.stdout.hasPrefix(guide.title.uppercased() + "\n\n"), "\(run)")
    #expect(run.stdout.contains("\n  orgreg ") || run.stdout.contains("\n  $ orgreg "), "\(run)")
    for mark in ["```", "<!--", "\n#", "**", "]("] { #expect(!run.stdout.contains(mark), "\(mark)\(run)") }
    #expect(!CommandWord.allCases.map(\.rawValue).contains(topic))
  }

  @Test func `The readme lists every guide`() {
    for guide in Guide.all { #expect(Document.readme.text.contains("\n| `\(guide.topic)` | [")) }
    for guide in Document.guides { #expect(Document.readme.text.contains("](\(guide.testDescription))")) }
  }

  @Test func `The links of the documents lead to files`() {
    for document in Document.all {
      let folder = (document.path as NSString).deletingLastPathComponent
      for link in document.text.matches(of: #/\]\(([^)]+)\)/#) where !link.1.hasPrefix("http") {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(link.1)"), "\(document.path): \(link.1)")
      }
    }
  }

  @Test(arguments: [["nonsense"], ["report", "nonsense"], ["data", "show"]])
  func `A word that is no topic and no command is answered with the topics`(words: [String]) throws {
    let run = try Workbench().orgreg(["help"] + words)
    #expect(run.status == 64 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.hasPrefix("orgreg: no command and no guide is called '\(words.joined(separator: " "))'\n"))
    for guide in Guide.all { #expect(run.stderr.contains(guide.topic), "\(run)") }
  }

  @Test(arguments: [["show"], ["report", "counts"], ["export", "sql"], ["show", "--help"], []])
  func `Help explains a command as the command itself does`(words: [String]) throws {
    let bench = try Workbench()
    let help = try bench.orgreg(["help"] + words)
    let same = try bench.orgreg(words.filter { $0 != "--help" } + ["--help"])
    #expect(help.status == 0 && help.stdout == same.stdout, "\(help)")
  }

  // MARK: The manual page

  @Test func `The manual page has every command and every guide`() throws {
    let page = try Workbench().orgreg("help", "--man")
    #expect(page.status == 0 && page.stderr.isEmpty && page.stdout.hasPrefix(".TH \"ORGREG\" \"1\" "), "\(page)")
    let plain = page.stdout.replacing("\\-", with: "-")
    for command in Self.commands { #expect(plain.contains(".SS \"orgreg \(command.joined(separator: " "))")) }
    for guide in Guide.all { #expect(plain.contains(guide.title)) }
    #expect(page.stdout.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(.enabled(if: Workbench.has("groff"), "needs groff"))
  func `The manual page is sound roff`() throws {
    let bench = try Workbench()
    let page = try bench.bash("\"$orgreg\" help --man > orgreg.1 && groff -man -ww -Tutf8 -P-c orgreg.1")
    #expect(page.status == 0 && page.stderr.isEmpty, "\(page)")
    #expect(page.stdout.contains("         orgreg show 00L --on 2016-04-01\n"), "\(page)")
  }
}
