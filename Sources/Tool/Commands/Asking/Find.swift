import ArgumentParser
import RegistryStorage
import RegistryReporting

struct Find: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .find, abstract: "Find bodies by their code, their key, or words of any of their names.",
    discussion: """
      EXAMPLES
        orgreg find devon
        orgreg find 15N
        orgreg find "west london" --on 2016-04-01
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A code, a permanent key, or part of a name, in any case.", completion: .code)
  var text: String

  @Option(help: "Only what was true on this day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Flag(help: "Show the permanent keys too. Text shows them where a body has no code.")
  var keys = false

  func validate() throws {
    guard !text.isEmpty else { throw ValidationError("say what to find") }
  }

  func run(reading registry: Registry) throws {
    let bodies = try registry.organisations(matching: text, on: on, knownIn: location.revision(in: registry))
    try output.print(bodies, of: registry, keys: keys)
    if bodies.isEmpty {
      throw Failure("nothing matches '\(text)'" + (on.map { " on \($0)" } ?? ""), status: .rejected)
    }
  }
}
