import ArgumentParser
import RegistryFormats

/// `orgreg help`: a guide by its topic, the help of a command, or the manual page.
///
/// It is not in the list of commands, because the parser adds a `help` of its own to that list, which knows no guides.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", _superCommandName: "orgreg", abstract: "Show a guide, or the help of a command.",
    helpNames: [])

  @Argument(help: "The topic of a guide, or a command.")
  var words: [String] = []

  @Flag(help: "Write the manual page of the tool, for man.")
  var man = false

  @Flag(help: "Describe all commands as JSON, for programs that call the tool.")
  var json = false

  /// Accepted so that `orgreg help show --help` works.
  @Flag(name: [.short, .long], help: .private)
  var help = false

  func run() throws {
    if man { return try printText(ManualPage.text()) }
    if json { return try printText(HelpDescription.json().text() + "\n") }
    if words.count == 1, let guide = Guide.all.first(where: { $0.topic == words[0] }) {
      return try printText(guide.text)
    }
    throw CleanExit.helpRequest(try command())
  }

  /// The command that `words` name, from the tool down.
  private func command() throws -> any ParsableCommand.Type {
    var command: any ParsableCommand.Type = OrgReg.self
    for word in words {
      let next = command.configuration.subcommands.first { $0.configuration.commandName == word }
      guard let next else {
        throw Failure(
          """
          no command and no guide is called '\(words.joined(separator: " "))'
          guides: \(Guide.all.map(\.topic).joined(separator: ", ")); 'orgreg help' lists the commands
          """, status: .wrongUsage)
      }
      command = next
    }
    return command
  }
}
