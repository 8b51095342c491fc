import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

/// How a command writes: first it prints the difference, then it asks, then it records the revision.
struct WritingOptions: ParsableArguments {
  @OptionGroup var location: WriteOptions

  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Flag(help: "Write without asking.")
  var yes = false

  @Option(help: "Who records this (default: the login name).")
  var by: String?

  @Option(help: "The reason, for the log.")
  var reason: String?

  @OptionGroup var output: OutputOptions

  /// What the help of a command says about the difference and the question.
  static let asks = """
    It prints the difference first. At a terminal it asks before it writes;
    elsewhere it needs --yes.
    """

  /// The words of this command, as a shell would read them again.
  static var ownWords: String { CommandLine.arguments.dropFirst().shellWords }

  /// Prints the difference that `changes` make and, if the user wants that, records them.
  /// - Parameters:
  ///   - command: the words for the log.
  ///   - question: the question at a terminal; without one, it asks whether to record the rows.
  ///   - nothingToDo: the message if they make no difference.
  ///   - advice: the message after the reasons for a refusal.
  func enter(
    _ changes: ChangeSet, warnings: [String] = [], into registry: Registry, command: String = Self.ownWords,
    question: String? = nil, nothingToDo: String = "the register says all of this already",
    onRefusal advice: String? = nil
  ) throws {
    for warning in warnings { complain("warning: \(warning)") }
    let nothingToDo = "orgreg: nothing to do: \(nothingToDo)"
    if !yes || dryRun {
      let preview: Difference
      do { preview = try registry.preview(changes) } catch { throw failure(error, advice) }
      try show(preview)
      if preview.isEmpty { return remark(nothingToDo) }
      if dryRun {
        return remark("orgreg: dry run: \(counted(preview.rowCount, "row")) would change; nothing was changed")
      }
      let rows = counted(preview.rowCount, "row")
      try confirm(question ?? "Record \(rows)?", otherwise: "this would change \(rows): say --yes to write it")
    }
    let signature = Registry.Signature(actor: by ?? loginName, command: command, reason: reason ?? "")
    let recorded: (revision: Int64?, difference: Difference)
    do { recorded = try registry.record(changes, signature) } catch { throw failure(error, advice) }
    if yes { try show(recorded.difference) }
    // Somebody else may have recorded the same since the preview.
    remark(
      recorded.revision.map { "orgreg: recorded revision \($0): \(counted(recorded.difference.rowCount, "row"))" }
        ?? nothingToDo)
  }

  private func show(_ difference: Difference) throws {
    for warning in difference.warnings { complain("warning: \(warning)") }
    try output.print(difference.table)
  }

  private func failure(_ error: ChangeError, _ advice: String?) -> Failure {
    switch error {
    case .database(let error): Failure("\(location.path): \(error)")
    case .refused(let problems): Failure(listed(problems) + (advice.map { "\n\($0)" } ?? ""))
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
