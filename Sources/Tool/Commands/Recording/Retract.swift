import ArgumentParser
import RegistryStorage

struct Retract: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .retract, abstract: "Take back facts that were wrong, without new facts in their place.",
    discussion: """
      What was recorded stays readable with --known-on. To take back everything that
      one command recorded, use undo.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg retract ccg-00L/name/ons@2015-07-01 --reason "not in the list" \\
          --dry-run
      """)

  @Argument(help: "The keys of the facts, as in the output of show --keys.", completion: .fact)
  var keys: [String]

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    try writing.enter(ChangeSet(changes: keys.map { Change(.retract(key: $0)) }), into: registry)
  }
}
