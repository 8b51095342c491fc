import ArgumentParser
import DataEntry
import RegistryFormats
import RegistryStorage

struct Appoint: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .appoint, abstract: "Record that somebody holds a seat of a governing body.",
    discussion: """
      A vacancy of the seat ends. If a body has just one of the seat, the appointment
      of its holder ends too.
      The holder is optional: seat and profession are enough. A name is kept in one
      place only. It is not in the log, which has the key of the holder, nor in
      histories, nor in exports, unless --with-names asks for it. 'orgreg redact'
      erases it. But copies made by 'orgreg backup' and the history of your shell
      still have it.
      Seats are words of the register. A change file adds more (record 'seat').
      \(WritingOptions.asks)

      EXAMPLES
        orgreg appoint 00L --seat chair --profession gp --on 2014-10-01 \\
          --source "annual report" --yes
        orgreg appoint 00L --seat lay-member --holder holder-7 --on 2015-04-01 \\
          --source "annual report" --yes
      """)

  @OptionGroup var seating: SeatingOptions

  @Option(help: "What the holder is: gp, nurse, manager, lay, consultant or the like; never a name.")
  var profession: String?

  @Option(help: "The permanent key of a holder whom the register knows, or a name.", completion: .holder)
  var holder: String?

  @Flag(help: "Add one more appointment, equal to one that is recorded from the same day.")
  var another = false

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    // The log is kept for good: it says who by the key.
    try writing.enter(into: registry) {
      try changingNothing(on: EntryError.self) {
        var writer = try EventWriter(registry, seating.words)
        let (entered, key) = try writer.appoint(
          seating.code, to: seating.seat,
          EventWriter.Appointee(profession: profession, holder: holder, isAnother: another))
        var draft = WritingOptions.Draft(entered)
        draft.command = (Self.wordsWithoutHolder + (key.map { ["--holder", $0] } ?? [])).shellWords
        return draft
      }
    }
  }

  /// The words of this command without the option --holder and its value.
  private static var wordsWithoutHolder: [String] {
    var kept: [String] = []
    var skipsNext = false
    for word in OrgReg.words {
      if skipsNext {
        skipsNext = false
      } else if word == "--holder" {
        skipsNext = true
      } else if !word.hasPrefix("--holder=") {
        kept.append(word)
      }
    }
    return kept
  }
}

/// What every change of a seat has.
struct SeatingOptions: ParsableArguments {
  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The seat.", completion: .seat)
  var seat: String

  @Option(help: "The first day of the new state (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "The key of a source, or a citation (see 'orgreg merge --help').", completion: .source)
  var source: String?

  @Option(help: "A remark that the register keeps; never the name of the holder.")
  var note: String?

  var words: EventWords { EventWords(day: on, source: source, note: note) }
}
