import ArgumentParser
import RegistryFormats
import RegistryReporting
import RegistryStorage
import Succession

struct CrosswalkCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .crosswalk, abstract: "Show where the bodies of one day lie on another day, in shares.",
    discussion: """
      Columns: from_code, from_name, to_code, to_name, share, amount, basis, method,
      events, status, reason. A row is a part of a from body; its shares add up to 1.
      --from may be later than --to.
      A body that went as one needs no basis (method 'whole'). One that was divided
      lies where its units lie: people count first, then the units themselves, then
      amounts that a source states. The first basis without a gap answers; --basis
      names others. Each piece of territory is looked up on both days, so shares are
      never multiplied along a chain.
      The status is 'mapped'; 'none' where a source says that a part lies in no such
      body, and the reason says where it lies; or 'gap' where no source says where
      it went. Then the exit status is 1.
      Parts that weigh nothing are counted on standard error; --all-parts lists them
      with share 0. With --to-kind, '--other-kinds spread' gives the parts that lie
      in other kinds to the rest, in its ratio.
      --why explains one body in words. --sensitivity shows the same shares in every
      basis that measures the bodies, and the largest difference.

      EXAMPLES
        orgreg crosswalk --from 2013-04-01 --to 2021-04-01 --format csv
        orgreg crosswalk --from 2012-04-01 --to 2022-07-01 --kind pct --to-kind icb \\
          --basis patients-2013,practices
        orgreg crosswalk --from 2012-04-01 --to 2013-04-01 --kind pct --to-kind ccg \\
          --other-kinds spread --all-parts
        orgreg crosswalk --from 2015-01-15 --to 2021-04-01 --dates operational
        orgreg crosswalk --from 2013-04-01 --to 2022-07-01 --why 05L
        orgreg crosswalk --from 2013-04-01 --to 2022-07-01 --sensitivity
        orgreg crosswalk --from 2022-07-01 --to 2015-04-01
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The day of the from bodies (YYYY-MM-DD).", transform: Day.option)
  var from: Day

  @Option(help: "The day of the to bodies (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @OptionGroup var options: CrosswalkOptions

  @Option(help: "Explain in words where this body lies: a code of any scheme, or a key.", completion: .code)
  var why: String?

  @Flag(help: "Show the shares in every basis that measures the bodies, side by side.")
  var sensitivity = false

  func validate() throws {
    if why != nil, sensitivity {
      throw ValidationError("--why and --sensitivity exclude each other: leave one out")
    }
    if why != nil, output.format != .table {
      throw ValidationError("--why answers in words: leave out --format")
    }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let request = try options.request(registry, from: from, to: to, knownIn: revision)
    let view = try RegisterView(registry, knownIn: revision, scheme: request.scheme)
    let whereabouts = try Whereabouts(of: registry, for: request.question, knownIn: revision)
    if let why {
      try explain(try registry.bodies(why, on: nil, knownIn: revision), request.question, whereabouts, view)
    } else if sensitivity {
      let report = try SensitivityReport(request, of: whereabouts, view)
      assume(report.assumedKind)
      try output.print(report.table)
      if let largest = report.largest { remark("orgreg: \(largest)") }
    } else {
      try show(try CrosswalkReport(request, of: whereabouts, view))
    }
  }

  private func show(_ report: CrosswalkReport) throws {
    if let problem = report.problem { throw Failure(problem) }
    assume(report.assumedKind)
    try output.print(report.table)
    remark(weightless: report.weightlessCount)
    for gap in report.gaps { remark("orgreg: \(gap)") }
    if !report.gaps.isEmpty { throw Failure(counted(report.gaps.count, "gap"), status: .rejected) }
  }

  private func assume(_ kind: String?) {
    if let kind { remark("orgreg: from bodies of the kind \(kind) (name another with --kind)") }
  }

  /// Explains the bodies that live on the first day, or all of them if none does.
  private func explain(
    _ bodies: [OrganisationID], _ question: Question, _ whereabouts: Whereabouts, _ view: RegisterView
  ) throws {
    let alive = bodies.filter { whereabouts.isAlive($0, on: question.from, question.dates) }
    let texts = try (alive.isEmpty ? bodies : alive).map {
      try WhyReport(of: $0, question, in: whereabouts, view, width: Screen.output?.columns).text()
    }
    try printText(texts.joined(separator: "\n"))
  }
}
