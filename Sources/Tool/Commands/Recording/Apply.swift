import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryStorage

struct Apply: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .apply, abstract: "Record the facts and events of change files in one revision, all or nothing.",
    discussion: """
      \(WritingOptions.asks)
      'orgreg help change-file' documents the change file.

      EXAMPLES
        orgreg apply merger.csv --dry-run
        orgreg apply merger.csv --yes --reason "order of 12 March"
        orgreg apply left-of-eccg.csv --review
      """)

  @OptionGroup var writing: WritingOptions

  @Argument(help: "Change files; - is standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Ask about each event and body by itself, and record what is taken.")
  var review = false

  func run() throws {
    for (place, file) in files.enumerated() where files[..<place].contains(file) {
      throw Failure("\(file): this file is named twice; nothing was changed")
    }
    let registry = try writing.location.opened()
    var changes = ChangeSet()
    var problems: [Problem] = []
    for file in files {
      let bytes = try Files.read(file)
      let read = ChangeFile(name: file, reader: CSVReader(bytes: bytes))
      problems += read.problems
      changes.changes += read.changes
      changes.files.append(RevisionFile(name: file, sha256: SHA256.hex(of: bytes), lineCount: read.lineCount))
    }
    guard problems.isEmpty else { throw Failure(listed(problems)) }
    if review { changes.changes = try reviewed(changes.changes, registry) }
    try writing.enter(changes, into: registry, WritingOptions.Words(command: "apply \(files.joined(separator: " "))"))
  }

  private func reviewed(_ changes: [Change], _ registry: Registry) throws -> [Change] {
    let review = Review(changes, in: registry) { change -> String? in
      if case .event(let key)? = change.start { return key }
      return switch change.content {
      case .fact(let fact): fact.event ?? (fact.kind.schema.record == "event" ? fact.established : fact.bodies.first)
      case .open(let event, _, _), .close(let event, _): event
      case .organisation(let key): key
      default: nil
      }
    }
    let decisions = try review.decided { _ in }
    if !decisions.left.isEmpty { try review.keep(decisions.left, of: files[0]) }
    return decisions.taken
  }
}
