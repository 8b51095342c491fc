import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

/// How rows are printed.
struct OutputOptions: ParsableArguments {
  @Option(help: "The form of the output.")
  var format: TableFormat = .table

  init() {}

  init(_ format: TableFormat) { self.format = format }

  func print(_ table: DataTable) throws {
    let sink = FileSink.standardOutput()
    try TableRenderer(format).render(table, to: sink)
    try sink.close()
  }
}

/// An option that is one of a few words. Without this the parser would find the words by reflection, at every start.
protocol Choice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  package static var allValueStrings: [String] { allCases.map(\.rawValue) }
  package static var allValueDescriptions: [String: String] { [:] }
  package var defaultValueDescription: String { rawValue }
}

extension TableFormat: Choice {}

extension Timeline: Choice {}

extension MeasureNature: Choice {}

/// Writes finished text to standard output.
func printText(_ text: String) throws {
  let sink = FileSink.standardOutput()
  try sink.write(text)
  try sink.close()
}
