import ArgumentParser
import England
import RegistryFormats
import RegistryStorage

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .backup, abstract: "Copy the register into one file, even while others write to it.",
    discussion: """
      The copy is the register at one moment. It is checked, and it appears whole or
      not at all.
      The copy holds the names of seat holders that the register has. 'orgreg redact'
      does not erase them from it later.

      EXAMPLES
        orgreg backup monday.sqlite
        orgreg backup latest.sqlite --force
      """)

  @OptionGroup var location: CurrentOptions

  @Argument(help: "The file to make.", completion: .file())
  var file: String

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func run() throws {
    try location.reading(.copy) { registry, path, isBuiltIn in
      let new = try NewRegister(path: file, from: path, replacing: force, .anyFile)
      var revisionCount = 0
      var findings: [Problem] = []
      try new.place { temporary in
        try Files.create(temporary, permissionsOf: path)
        // The built-in register lacks what only a writer needs.
        if isBuiltIn { try BuiltInRegister.make(temporary) } else { try registry.copy(to: temporary).seal() }
        let copy = try Registry.loaded(temporary)
        findings = try copy.check()
        if let damage = findings.first(where: \.isDamage) {
          throw Failure("\(path): this register is damaged (\(damage)): no copy was made")
        }
        revisionCount = try copy.revisions().count
      }
      remark("orgreg: made \(file): \(counted(revisionCount, "revision"))")
      guard findings.isEmpty else {
        let places = counted(findings.count, "place")
        throw Failure("\(file): it breaks a rule in \(places) (see 'orgreg check')", status: .rejected)
      }
    }
  }
}
