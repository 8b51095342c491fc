import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct Check: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .check, abstract: "Check the whole register: the file, its references, every rule and the placements.",
    discussion: """
      It prints what is wrong and where. The exit status is 1 if anything is wrong.

      EXAMPLES
        orgreg check
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputOptions

  func run(reading registry: Registry) throws {
    let problems = try registry.check()
    guard problems.isEmpty else {
      let rows = problems.map { [$0.rule, $0.message] }
      try output.print(DataTable(columns: [DataTable.Column("rule"), DataTable.Column("finding")], rows: rows))
      throw Failure(counted(problems.count, "finding"), status: .rejected)
    }
    remark("orgreg: the register is sound: file, references, rules and placements agree")
  }
}
