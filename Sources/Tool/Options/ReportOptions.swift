import ArgumentParser
import RegistryStorage
import Reporting

extension ReadOptions {
  /// What a report reads: the register, as known when.
  func view(of registry: Registry) throws -> RegisterView {
    try RegisterView(registry, knownIn: revision(in: registry))
  }
}

/// How a report is written, and where.
struct ReportOptions: ParsableArguments {
  @Option(help: "table, csv, json, markdown, html or svg (default: by the ending of --output, else table).")
  var format: ReportFormat?

  @OptionGroup var file: OutputFile

  @Option(help: "For svg: which picture, where a report has several.")
  var figure: String?

  func validate() throws {
    let format = try chosenFormat()
    if figure != nil, format != .svg { throw ValidationError("--figure says which picture of svg: leave it out") }
  }

  func write(_ report: Report) throws {
    let format = try chosenFormat()
    let renderer = ReportRenderer(format)
    let shown = format == .svg ? try withOneFigure(report) : report
    try file.write("\(report.title), from \(report.edition.words)") { try renderer.render(shown, to: $0) }
  }

  private func chosenFormat() throws -> ReportFormat {
    if let format { return format }
    guard let output = file.output else { return .table }
    if let format = ReportFormat(fileName: output) { return format }
    throw ValidationError("--output \(output): its ending names no format; say which with --format")
  }

  private func withOneFigure(_ report: Report) throws -> Report {
    let names = report.figures.map(\.name).joined(separator: ", ")
    var report = report
    if let figure {
      report.figures = report.figures.filter { $0.name == figure }
      if report.figures.isEmpty { throw Failure("no picture '\(figure)' in this report (it has: \(names))") }
    }
    switch report.figures.count {
    case 1: return report
    case 0: throw Failure("this report has no picture: take another format")
    default: throw Failure("this report has \(report.figures.count) pictures: say which with --figure (\(names))")
    }
  }
}

extension ReportFormat: Choice {}
