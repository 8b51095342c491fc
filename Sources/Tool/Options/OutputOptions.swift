import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

/// How rows are printed.
struct OutputOptions: ParsableArguments {
  @Option(help: "The form of the output.")
  var format: TableFormat = .table

  func print(_ table: DataTable) throws { try format.print(table) }

  /// Prints bodies. Their keys are shown on request, and to people where a body has no code by which to name it.
  func print(_ bodies: [Organisation], of registry: Registry, keys: Bool) throws {
    let areNeeded = format == .table && bodies.contains { $0.codes.isEmpty }
    try print(.organisations(bodies, schemes: registry.schemes().map(\.key), keys: keys || areNeeded))
  }
}

/// An option that is one of a few words. Without this the parser would find the words by reflection, at every start.
protocol Choice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension Choice {
  package static var allValueStrings: [String] { allCases.map(\.rawValue) }
  package static var allValueDescriptions: [String: String] { [:] }
  package var defaultValueDescription: String { rawValue }
}

extension TableFormat: Choice {
  /// Writes rows in this form to standard output.
  func print(_ table: DataTable) throws {
    try toStandardOutput { try renderer.render(table, to: $0) }
  }

  /// Rows in this form.
  func text(_ table: DataTable) throws -> String {
    let sink = MemorySink()
    try renderer.render(table, to: sink)
    return sink.text
  }

  private var renderer: TableRenderer { TableRenderer(self, width: Screen.output?.columns) }
}

extension Timeline: Choice {}

extension MeasureNature: Choice {}

/// Writes finished text to standard output.
func printText(_ text: String) throws {
  try toStandardOutput { try $0.write(text) }
}

func toStandardOutput(_ content: (any ByteSink) throws -> Void) throws {
  let sink = FileSink.standardOutput()
  try content(sink)
  try sink.close()
}
