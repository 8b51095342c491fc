import ArgumentParser
import RegistryStorage
import Reporting

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .check,
    abstract: "Check the whole register: the file, its references, every rule, and the placements.",
    discussion: """
      Prints what is wrong and where; exit status 1 if anything is.

      EXAMPLES
        orgreg check
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (registry, _, _) = try location.opened()
    let problems = try registry.check()
    guard problems.isEmpty else {
      let rows = problems.map { [$0.rule, $0.message] }
      try output.print(DataTable(columns: [DataTable.Column("rule"), DataTable.Column("finding")], rows: rows))
      throw Failure("\(problems.count) finding\(problems.count == 1 ? "" : "s")", status: 1)
    }
    remark("orgreg: the register is sound: file, references, rules and placements agree")
  }
}
