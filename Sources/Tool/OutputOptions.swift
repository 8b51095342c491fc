import ArgumentParser
import Formats
import Reporting
import Storage

/// How rows are printed.
struct OutputOptions: ParsableArguments {
  @Option(help: "table, csv, json or markdown.")
  var format: TableFormat = .table

  func print(_ table: DataTable) throws {
    let sink = FileSink.standardOutput()
    try TableRenderer(format).render(table, to: sink)
    try sink.close()
  }
}

extension TableFormat: ExpressibleByArgument {}

/// Writes finished text to standard output.
func printText(_ text: String) throws {
  let sink = FileSink.standardOutput()
  try sink.write(text)
  try sink.close()
}
