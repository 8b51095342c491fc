import ArgumentParser
import England
import RegistryFormats
import RegistryStorage

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .`init`, abstract: "Make a register file.",
    discussion: """
      The register holds England, unless --empty is given. An existing file is never
      overwritten.

      EXAMPLES
        orgreg init
        orgreg init --empty --registry norway.sqlite
      """)

  @OptionGroup var location: WriteOptions

  @Flag(help: "Leave out all facts and words, for the bodies of another country.")
  var empty = false

  func run() throws {
    let path = location.path
    guard !Files.exists(path) else { throw Failure("\(path): this file exists already; nothing was changed") }
    try NewRegister(path: path).place { temporary in
      if empty { try Registry.create(temporary).sealForWriting() } else { try BuiltInRegister.make(temporary) }
    }
    remark("orgreg: made \(path)" + (empty ? ", empty" : " with the England register"))
  }
}
