import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct Changes: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .changes, abstract: "List everything that happened from one day to another, event by event.",
    discussion: """
      Both days are inclusive. The output is sentences, or, with --format, rows:
      date, type, event, from_codes, to_codes, source.
      --units lists the units, such as practices, that went from one body to another
      by themselves, which is no event of bodies. Its rows have the columns
      date, unit, partition, from_code, to_code, source.

      EXAMPLES
        orgreg changes --from 2017-04-01 --to 2018-04-01
        orgreg changes --from 2026-04-01 --to 2026-04-01 --format csv
        orgreg changes --units --from 2013-04-01 --to 2014-03-31
      """)

  enum Format: String, Choice {
    case words, table, csv, json, markdown
  }

  @OptionGroup var location: ReadOptions

  @Option(help: "The first day (YYYY-MM-DD).", transform: Day.option)
  var from: Day

  @Option(help: "The last day, inclusive (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @Flag(help: "List the units that moved by themselves, instead of events.")
  var units = false

  @Option(help: "The form of the output; words means sentences.")
  var format: Format = .words

  func validate() throws {
    if to < from { throw ValidationError("--to \(to) is before --from \(from)") }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    if units {
      let moves = try UnitMovesReport(
        try registry.unitMoves(from: from, to: to, knownIn: revision), of: registry, knownIn: revision)
      try print(moves.table, moves.sentences)
    } else {
      let changes = try ChangesReport(
        try registry.happenings(from: from, to: to, knownIn: revision), of: registry, knownIn: revision)
      try print(changes.table, changes.sentences)
    }
  }

  private func print(_ table: DataTable, _ sentences: [String]) throws {
    guard let format = TableFormat(rawValue: format.rawValue) else {
      // The words of a sentence stand beside its day.
      let lines = sentences.flatMap { fitted(visible($0), indent: 12, width: Screen.output?.columns) }
      return try printText(lines.map { $0 + "\n" }.joined())
    }
    try format.print(table)
  }
}
