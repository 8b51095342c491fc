import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryReporting
import RegistryStorage

/// How a difference is printed.
struct DifferenceOptions: ParsableArguments {
  /// The forms of tables, and a change file.
  enum Format: String, Choice {
    case table, csv, json, markdown, changes

    /// Nil for a change file.
    var ofTable: TableFormat? { TableFormat(rawValue: rawValue) }
  }

  @Option(help: "The form of the output; changes is a change file that 'orgreg apply' reads.")
  var format: Format = .table

  /// Prints a difference: for people body by body, unless they want rows, and for programs as rows or as a change file.
  /// - Parameter changes: what makes the difference.
  func print(_ view: DifferenceView, of changes: [Change], rows: Bool) throws {
    guard let tables = format.ofTable else { return try printChangeFile(changes) }
    guard tables == .table else { return try tables.print(view.table) }
    try Pager.show(
      rows
        ? tables.text(view.table) : view.text(width: Screen.output?.columns ?? usualWidth, isColoured: isColoured))
  }

  func printChangeFile(_ changes: [Change]) throws {
    let writer: ChangeFileWriter
    do { writer = try ChangeFileWriter(changes) } catch { throw Failure("\(error); nothing was changed") }
    try toStandardOutput { try writer.write(to: $0) }
  }
}
