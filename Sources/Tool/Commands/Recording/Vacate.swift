import ArgumentParser
import DataEntry

struct Vacate: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .vacate, abstract: "Record that a seat of a governing body is vacant from a day on.",
    discussion: """
      The appointment of the holder ends the day before. If several hold such a seat,
      --holder or --key names the one who leaves.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg vacate 00L --seat chair --on 2016-04-01 \\
          --source "minutes of March 2016" --dry-run
        orgreg vacate 00L --seat lay-member --holder holder-7 --on 2016-04-01 \\
          --source minutes-2016 --yes
      """)

  @OptionGroup var seating: SeatingOptions

  @Option(help: "The permanent key of the holder who leaves.", completion: .holder)
  var holder: String?

  @Option(help: "The permanent key of the appointment that ends.")
  var key: String?

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    try writing.enter(into: registry) {
      try changingNothing(on: EntryError.self) {
        var writer = try EventWriter(registry, seating.words)
        return WritingOptions.Draft(
          try writer.vacate(seating.code, seat: seating.seat, holder: holder, key: key))
      }
    }
  }
}
