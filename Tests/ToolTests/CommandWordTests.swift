import ArgumentParser
import RegistryStorage
import Testing

@testable import orgreg

/// Every command is called by its own name, and what it answers is the same as from the root.
@Suite struct CommandWordTests {
  @Test func `Every command is listed once and called by its own name`() {
    let listed = OrgReg.configuration.groupedSubcommands.flatMap(\.subcommands).map {
      $0.configuration.commandName ?? ""
    }
    #expect(listed.sorted() == CommandWord.allCases.map(\.rawValue).sorted())
    for word in CommandWord.allCases { #expect(word.command.configuration.commandName == word.rawValue) }
  }

  @Test func `A command that is called has its own words`() throws {
    let show = try #require(try OrgReg.command(["show", "15N", "--on", "2020-04-01", "--history"]) as? Show)
    #expect(show.code == "15N" && show.on?.description == "2020-04-01" && show.history)
    #expect(try OrgReg.command(["report", "counts"]) is ReportCommand.Counts)
  }

  @Test(arguments: [
    ["show"], ["show", "15N", "--nonsense"], ["show", "15N", "--on", "yesterday"], ["show", "--help"],
    ["help", "show"], ["help", "report", "counts"], ["help"],
    ["show", "15N", "--section", "path"], ["show", "15N", "--version"],
    ["show", "--generate-completion-script"],
    ["lint"], ["report"], ["report", "counts", "--nonsense"], ["report", "help", "counts"], ["export", "--help"], [],
  ])
  func `What a command does not understand is answered as from the root`(words: [String]) {
    func answer(_ parse: ([String]) throws -> any ParsableCommand) -> String {
      do {
        var command = try parse(words)
        if command is OrgReg { return "OrgReg" }
        try command.run()
        return "done"
      } catch {
        return OrgReg.fullMessage(for: error)
      }
    }
    let direct = answer(OrgReg.command)
    #expect(direct == answer { try OrgReg.parseAsRoot($0) } && direct != "done")
  }
}
