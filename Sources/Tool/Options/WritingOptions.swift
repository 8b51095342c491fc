import ArgumentParser
import DataEntry
import Formats
import RegistryStorage
import Reporting

/// How a command that writes goes about it: first the difference, then the question, then the revision.
struct WritingOptions: ParsableArguments {
  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Flag(help: "Write without asking.")
  var yes = false

  @Option(help: "Who writes (default: the login name).")
  var by: String?

  @Option(help: "Why, for the log.")
  var reason: String?

  /// Prints what an event comes to and, if that is wanted, records it.
  /// - Parameter question: what is asked at a terminal; nil: whether to record it.
  func enter(
    _ entered: EnteredEvent, into registry: Registry, at path: String, _ output: OutputOptions, question: String? = nil
  ) throws {
    for warning in entered.warnings { complain("warning: \(warning)") }
    try enter(entered.changes, into: registry, at: path, command: Self.ownWords, output, question: question)
  }

  /// The words of this command, as they would be typed again.
  static var ownWords: String { CommandLine.arguments.dropFirst().shellWords }

  /// Prints the difference that `changes` make and, if that is wanted, records them.
  /// - Parameters:
  ///   - path: of the register, for messages.
  ///   - nothingToDo: what is said if they make none.
  ///   - advice: what is said after the reasons for which they are refused.
  func enter(
    _ changes: ChangeSet, into registry: Registry, at path: String, command: String, _ output: OutputOptions,
    question: String? = nil, nothingToDo: String = "the register says all of this already",
    onRefusal advice: String? = nil
  ) throws {
    let nothingToDo = "orgreg: nothing to do: \(nothingToDo)"
    if !yes || dryRun {
      let preview: Difference
      do { preview = try registry.preview(changes) } catch { throw failure(error, path, advice) }
      try show(preview, output)
      if preview.isEmpty { return remark(nothingToDo) }
      if dryRun { return remark("orgreg: dry run: \(preview.rowCount) rows would change; nothing was changed") }
      guard isInteractive else {
        throw Failure("this would change \(preview.rowCount) rows: say --yes to write it; nothing was changed")
      }
      guard confirms(question ?? "Record these \(preview.rowCount) rows?") else { throw Failure("nothing was changed") }
    }
    let signature = Registry.Signature(actor: by ?? loginName, command: command, reason: reason ?? "")
    let recorded: (revision: Int64?, difference: Difference)
    do { recorded = try registry.record(changes, signature) } catch { throw failure(error, path, advice) }
    if yes { try show(recorded.difference, output) }
    // Somebody else may have recorded the same since the preview.
    remark(
      recorded.revision.map { "orgreg: recorded revision \($0): \(recorded.difference.rowCount) rows" } ?? nothingToDo)
  }

  private func show(_ difference: Difference, _ output: OutputOptions) throws {
    for warning in difference.warnings { complain("warning: \(warning)") }
    try output.print(difference.table)
  }

  private func failure(_ error: ChangeError, _ path: String, _ advice: String?) -> Failure {
    switch error {
    case .database(let error): Failure("\(path): \(error)")
    case .refused(let problems): Failure(listed(problems) + (advice.map { "\n\($0)" } ?? ""))
    }
  }
}

/// Problems as lines, the first fifty, and what became of the register.
func listed(_ problems: [Problem]) -> String {
  let shown = problems.prefix(50).map(\.description)
  let rest = problems.count > 50 ? ["... and \(problems.count - 50) more"] : []
  return (shown + rest + ["\(counted(problems.count, "problem")); nothing was changed"])
    .joined(separator: "\n")
}
