import ArgumentParser
import RegistryStorage
import RegistryReporting

/// A command that writes a report.
protocol ReportingCommand: ParsableCommand {
  var options: ReportOptions { get }

  /// - Parameter view: the register, which stays as it is meanwhile.
  func report(_ view: RegisterView) throws -> Report
}

extension ReportingCommand {
  func run() throws {
    try options.location.reading { registry, _, _ in
      let view = try RegisterView(registry, knownIn: options.location.revision(in: registry))
      try options.write(report(view))
    }
  }
}

/// What a report reads, how it is written, and where.
struct ReportOptions: ParsableArguments {
  @OptionGroup var location: ReadOptions

  @Option(help: "The form of the output (default: by the ending of --output, else table).")
  var format: ReportFormat?

  @OptionGroup var file: OutputFile

  @Option(help: "The picture to write as svg, if the report has several.")
  var figure: String?

  func validate() throws {
    let format = try chosenFormat()
    if figure != nil, format != .svg {
      throw ValidationError("--figure names a picture for svg: leave it out, or add --format svg")
    }
  }

  func write(_ report: Report) throws {
    let format = try chosenFormat()
    // A file is not for the screen of the moment.
    let renderer = ReportRenderer(format, width: file.output == nil ? Screen.output?.columns : nil)
    let shown = format == .svg ? try withOneFigure(report) : report
    try file.write("\(report.title), from \(report.edition.words)") { try renderer.render(shown, to: $0) }
  }

  private func chosenFormat() throws -> ReportFormat {
    if let format { return format }
    guard let output = file.output else { return .table }
    if let format = ReportFormat(fileName: output) { return format }
    throw ValidationError("--output \(output): the ending names no form; name one with --format")
  }

  private func withOneFigure(_ report: Report) throws -> Report {
    let names = report.figures.map(\.name).joined(separator: ", ")
    var report = report
    if let figure {
      report.figures = report.figures.filter { $0.name == figure }
      if report.figures.isEmpty { throw Failure("this report has no picture '\(figure)' (it has: \(names))") }
    }
    switch report.figures.count {
    case 1: return report
    case 0: throw Failure("this report has no picture: choose another form with --format")
    default: throw Failure("this report has \(report.figures.count) pictures: name one with --figure (\(names))")
    }
  }
}

extension ReportFormat: Choice {}
