import ArgumentParser
import ChangeFiles
import DataEntry
import RegistryFormats
import RegistryReporting
import RegistryStorage

/// How a command writes: first it shows the difference, then it asks, then it records the revision.
///
/// Kept here:
/// 1. What is asked is what is recorded. If somebody else records something in the meantime, the changes are made and
///    shown again, and it asks again.
struct WritingOptions: ParsableArguments {
  @OptionGroup var location: WriteOptions

  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Flag(help: "Write without asking.")
  var yes = false

  @Flag(help: "Print the difference as rows of tables, not body by body.")
  var rows = false

  @Flag(help: "Change what is recorded in $EDITOR first, as a change file.")
  var edit = false

  @Option(help: "Who records this (default: the login name).")
  var by: String?

  @Option(help: "The reason, for the log.")
  var reason: String?

  @OptionGroup var output: DifferenceOptions

  /// What the help of a command says about the difference and the question.
  static let asks = """
    It prints the difference first. At a terminal it asks before it writes;
    elsewhere it needs --yes.
    """

  /// The words of this command, as a shell would read them again.
  static var ownWords: String { OrgReg.words.shellWords }

  /// Changes that are not recorded yet.
  struct Draft {
    var changes: ChangeSet
    /// What deserves a second look.
    var warnings: [String] = []
    /// What could not be decided.
    var undecided: [String] = []
    /// The words for the log, if they are not those of the command.
    var command: String?

    init(_ changes: ChangeSet) { self.changes = changes }

    init(_ entered: EnteredEvent) {
      (changes, warnings, undecided) = (entered.changes, entered.warnings, entered.undecided)
    }
  }

  /// What is said around a draft.
  struct Words {
    /// For the log.
    var command = WritingOptions.ownWords
    /// The question at a terminal.
    var question = "Record this?"
    /// The message if the draft makes no difference.
    var nothingToDo = "the register says all of this already"
    /// The message after the reasons for a refusal.
    var advice: String?
  }

  /// Shows the difference that changes make and, if the user wants that, records them.
  /// - Parameter make: makes the changes from the register as it is. It is called again if the register moves.
  func enter(into registry: Registry, _ words: Words = Words(), _ make: () throws -> Draft) throws {
    var edited: Draft?
    if edit { edited = try make().edited() }
    while true {
      let revision = try registry.latestRevision()
      let draft = try edited ?? make()
      if !yes || dryRun {
        let view = try preview(draft, registry, words)
        try show(view, draft)
        if view.isEmpty { return remark("orgreg: nothing to do: \(words.nothingToDo)") }
        if dryRun { return remark("orgreg: dry run: nothing was changed") }
        switch try answer(words, view, draft) {
        case "yes": break
        case "edit":
          edited = try draft.edited()
          continue
        default: throw Failure("nothing was changed", status: .declined)
        }
      }
      if try record(draft, registry, words, after: revision) { return }
    }
  }

  /// Enters changes that do not depend on what the register says.
  func enter(_ changes: ChangeSet, into registry: Registry, _ words: Words = Words()) throws {
    try enter(into: registry, words) { Draft(changes) }
  }

  // MARK: Asking

  private func preview(_ draft: Draft, _ registry: Registry, _ words: Words) throws -> DifferenceView {
    do {
      return try registry.preview(draft.changes) { try DifferenceView(of: $0, in: registry) }
    } catch let error as ChangeError {
      throw failure(error, words.advice)
    }
  }

  private func answer(_ words: Words, _ view: DifferenceView, _ draft: Draft) throws -> String {
    let answers = ["yes", "no", "rows"] + ((try? ChangeFileWriter(draft.changes.changes)) == nil ? [] : ["edit"])
    while true {
      let answer = try ask(
        words.question, answers, otherwise: "this would change the register: say --yes to write it")
      guard answer == "rows" else { return answer }
      try Pager.show(TableFormat.table.text(view.table))
    }
  }

  // MARK: Recording

  /// - Returns: false if the register moved, so that it must be asked again.
  private func record(_ draft: Draft, _ registry: Registry, _ words: Words, after revision: Int64) throws -> Bool {
    let signature = Registry.Signature(
      actor: by ?? loginName, command: draft.command ?? words.command, reason: reason ?? "")
    do {
      let recorded = try registry.record(draft.changes, signature, after: revision) { difference in
        yes ? try DifferenceView(of: difference, in: registry) : nil
      }
      if let view = recorded.view { try show(view, draft) }
      remark(
        recorded.revision.map { "orgreg: recorded revision \($0) (undo: orgreg undo \($0)\(location.words))" }
          ?? "orgreg: nothing to do: \(words.nothingToDo)")
      return true
    } catch let error as Overtaken {
      guard !yes, let other = error.revision else { return false }
      complain("\(other.actor) recorded revision \(other.number) in the meantime: \(other.command)")
      remark("orgreg: this is the difference now:")
      return false
    } catch let error as ChangeError {
      throw failure(error, words.advice)
    }
  }

  private func show(_ view: DifferenceView, _ draft: Draft) throws {
    try output.print(view, of: draft.changes.changes, rows: rows)
    let warnings = draft.warnings + view.warnings
    guard output.format == .table else {
      for warning in draft.undecided.map({ "not decided: \($0)" }) + warnings { complain("warning: \(warning)") }
      return
    }
    for sentence in draft.undecided { remark("? \(sentence)") }
    for sentence in warnings { remark("! \(sentence)") }
  }

  private func failure(_ error: ChangeError, _ advice: String?) -> Failure {
    switch error {
    case .database(let error): Failure("\(location.path): \(error)")
    case .refused(let problems): Failure(listed(problems) + (advice.map { "\n\($0)" } ?? ""))
    }
  }
}

extension WritingOptions.Draft {
  /// Lets the user change it as a change file, until it can be read.
  func edited() throws -> WritingOptions.Draft {
    let sink = MemorySink()
    do { try ChangeFileWriter(changes.changes).write(to: sink) } catch {
      throw Failure("\(error); nothing was changed")
    }
    var text = sink.text
    while true {
      text = try Editor.edit(text, named: "changes.csv")
      let read = ChangeFile(name: "changes.csv", reader: CSVReader(bytes: Array(text.utf8)))
      guard !read.problems.isEmpty else {
        var edited = WritingOptions.Draft(ChangeSet(changes: read.changes, files: changes.files))
        (edited.warnings, edited.undecided, edited.command) = (warnings, undecided, command)
        return edited
      }
      complain(listed(read.problems))
      guard try ask("Edit again?", ["yes", "no"], otherwise: "the change file is wrong") == "yes" else {
        throw Failure("nothing was changed", status: .declined)
      }
    }
  }
}

/// The first fifty problems, one a line, and a last line that says that nothing was changed.
func listed(_ problems: [Problem]) -> String {
  let shown = problems.prefix(50).map(\.description)
  let rest = problems.count > 50 ? ["... and \(problems.count - 50) more"] : []
  return (shown + rest + ["\(counted(problems.count, "problem")); nothing was changed"])
    .joined(separator: "\n")
}
