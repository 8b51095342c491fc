import ArgumentParser
import RegistryReporting

struct CorrectionsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "corrections",
    abstract: "List where the register differs from what official sources say today, and why.",
    discussion: """
      Names that were overwritten, territory that moved without a record, codes that
      overlap or make two bodies of one, days that differ: what the source says, what
      the register says, why, and how many areas and people it touches. What a source
      says is a claim with the topic corrections; the rest follows from the facts.

      EXAMPLES
        orgreg report corrections
        orgreg report corrections --format csv > corrections.csv
        orgreg report corrections --output corrections.html
      """)

  @OptionGroup var options: ReportOptions

  func report(_ view: RegisterView) throws -> Report {
    try CorrectionsReport(of: view).report()
  }
}
