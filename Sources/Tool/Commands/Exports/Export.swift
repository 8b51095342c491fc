import RegistryFormats
import ArgumentParser
import ChangeFiles
import RegistryExporting
import RegistryStorage

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .export, abstract: "Write the register, or a part of it, in a form that others can read.",
    discussion: """
      EXAMPLES
        orgreg export changes --output register.csv
        orgreg export changes 00L D4U1Y > part.csv
      """,
    subcommands: [
      ChangeFileCommand.self, ExportSQL.self, ExportSQLite.self, ExportCrosswalk.self, ExportPackage.self,
      ExportCSV.self, ExportODSFile.self, ExportODSSuccession.self, ExportORD.self, ExportFHIR.self,
    ])

  struct ChangeFileCommand: ReadingCommand {
    static let configuration = CommandConfiguration(
      commandName: "changes", abstract: "Write what the register says now as a change file.",
      discussion: """
        Without codes it writes everything: 'orgreg apply' makes the same register from
        it in an empty one.
        With codes or --kind it writes what concerns these bodies: their facts, the
        events that touch them with all links of these events, the sources and words of
        all that, and the lives of the other bodies that are named. It leaves out
        territory.
        Two registers that say the same give the same bytes. What was superseded is
        left out. Names of persons are left out, unless --with-names asks for them.
        'orgreg help change-file' documents the change file.

        EXAMPLES
          orgreg export changes --output register.csv
          orgreg export changes 00L D4U1Y > part.csv
          orgreg export changes --kind sha --output authorities.csv
        """)

    @OptionGroup var location: CurrentOptions
    @OptionGroup var output: OutputFile

    @Argument(help: "Only what concerns these bodies: codes of any scheme, or permanent keys.", completion: .code)
    var codes: [String] = []

    @Option(help: "Only what concerns bodies that ever were of this kind.", completion: .kind)
    var kind: String?

    @Flag(help: "Write the names of seat holders, which are personal data (default: only their keys).")
    var withNames = false

    func run(reading registry: Registry) throws {
      let export = try exported(registry)
      let writer = try ChangeFileWriter(export.changes)
      try output.write(counted(writer.lineCount, "line")) { try writer.write(to: $0) }
    }

    private func exported(_ registry: Registry) throws -> RegisterExport {
      let facts = StatedFacts(registry, namingHolders: withNames)
      guard !codes.isEmpty || kind != nil else { return try RegisterExport(facts) }
      var keys: Set<String> = []
      for code in codes {
        keys.formUnion(try facts.organisationKeys(registry.bodies(code, on: nil, knownIn: latest)))
      }
      if let kind {
        try registry.mustKnow(kind: kind)
        keys.formUnion(try facts.organisationKeys(kind: kind))
      }
      return try RegisterExport(facts, about: keys)
    }
  }
}
