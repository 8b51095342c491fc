import ArgumentParser
import DataEntry
import RegistryStorage

struct Vacate: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .vacate, abstract: "Record that a seat of a governing body is vacant from a day on.",
    discussion: """
      The appointment of the holder ends the day before. If several hold such a seat,
      --holder or --key names the one who leaves.
      It prints the difference first. At a terminal it asks before it writes;
      elsewhere it needs --yes.

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

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = try location.opened()
    do {
      var writer = try EventWriter(registry, seating.words)
      try writing.enter(
        writer.vacate(seating.code, seat: seating.seat, holder: holder, key: key), into: registry, at: location.path,
        output)
    } catch let error as EntryError {
      throw Failure("\(error); nothing was changed")
    }
  }
}
