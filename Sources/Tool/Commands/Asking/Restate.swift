import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession

struct Restate: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .restate, abstract: "Restate the figures of a CSV file for the bodies of another day.",
    discussion: """
      It adds up the columns of --sum exactly. All other columns group the rows, and
      --drop leaves a column out. A code may be of any scheme of the register, a
      permanent key, or a unit such as a practice or a small area. A rate needs a
      column that weighs it, and comes out as a weighted mean.
      Each sum is divided once, in an exact ratio, and the largest part gets what
      rounding leaves over. So what goes in is exactly what comes out plus what is
      unmapped.
      A row without a place on the target day is not in the output. The proof lists
      it with the reason, and the exit status is 1 if more than --tolerance is
      unmapped.
      A target is partial if bodies that it consists of have no value in the rows of
      a day. The proof lists partial targets with the bodies that are missing, and
      the exit status is 1. Rows of units say nothing about this.
      Days in the file are YYYY-MM-DD, YYYYMMDD, or YYYY-MM for the first day of a
      month.

      EXAMPLES
        orgreg restate spend.csv --code ccg --as-at 2015-04-01 --to 2023-04-01 \\
          --sum items,cost
        orgreg restate monthly.csv --code org --date month --to 2023-04-01 \\
          --sum patients --add-names --proof proof.json
        orgreg restate qof.csv --code pct --as-at 2012-04-01 --to 2022-07-01 \\
          --to-kind icb --sum list --rate prevalence/list --basis patients-2013
      """)

  enum Rounding: String, Choice {
    case largestRemainder = "largest-remainder"
  }

  private static let standardPartialTolerance = 0.01

  @OptionGroup var location: ReadOptions

  @Argument(help: "A CSV file with a header, perhaps in gzip or zip; - is standard input.", completion: .file())
  var file: String

  @Option(help: "The column that holds the codes.")
  var code: String

  @Option(help: "The day of all rows (YYYY-MM-DD).", transform: Day.option)
  var asAt: Day?

  @Option(help: "The column that holds the day of each row.")
  var date: String?

  @Option(help: "The target day (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @Option(help: "The kind of the target bodies (default: any of the same tier).", completion: .kind)
  var toKind: String?

  @Option(help: "Columns to add up, with commas between.")
  var sum: String?

  @Option(help: "A rate, as COLUMN/DENOMINATOR. The denominator weighs the rate and is added up. May be repeated.")
  var rate: [String] = []

  @Option(help: "Columns to leave out, with commas between.")
  var drop: String?

  @Option(
    help: "The bases to try, in this order, with commas between (default: people before counts).",
    completion: .bases)
  var basis: String?

  @Option(help: "What becomes of parts in another kind than --to-kind: keep them as unmapped, or spread them.")
  var otherKinds = Question.OtherKinds.keep

  @Option(help: "The dates that decide whether a body existed on the day of a row.")
  var dates = Timeline.legal

  @Option(help: "The scheme of the codes (default: the first).", completion: .scheme)
  var scheme: String?

  @Flag(help: "Keep the rows apart: write each row once for each of its parts.")
  var perRow = false

  @Option(help: "Round the parts to the decimals of the file (default: to nine more).")
  var round: Rounding?

  @Flag(help: "Accept a code outside its dates if only one body ever had it.")
  var acceptLateCodes = false

  @Option(
    help: "The share that may be unmapped, or missing in a target, such as 2% (default: 0%, and 1% of a target).",
    transform: Tolerance.option)
  var tolerance: Tolerance?

  @Option(help: "What becomes of figures of partial targets: keep them, write a blank, or reject the file.")
  var partial = RestateRequest.Partial.keep

  @Flag(help: "Add a column with the share of each target that the rows of the day cover.")
  var addCoverage = false

  @Flag(help: "Add a column with the names of the target bodies.")
  var addNames = false

  @Option(help: "Add a column with the body of this kind above each target body. May be repeated.", completion: .kind)
  var addParent: [String] = []

  @Option(help: "The file to write, whole or not at all (default: standard output).", completion: .file())
  var output: String?

  @Option(
    help: "The file for the proof, in JSON if its name ends in .json, else text (default: standard error).",
    completion: .file())
  var proof: String?

  func validate() throws {
    guard (asAt == nil) != (date == nil) else {
      throw ValidationError("name the day of the rows: either --as-at DAY or --date COLUMN")
    }
    guard sum != nil || !rate.isEmpty else { throw ValidationError("name the columns to add up with --sum") }
    for word in rate where word.split(separator: "/", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError("--rate '\(word)' is not of the form COLUMN/DENOMINATOR")
    }
    if perRow, partial != .keep || addCoverage {
      throw ValidationError(
        "--per-row writes rows before it knows what is missing: leave out --partial and --add-coverage")
    }
  }

  func run() throws {
    try location.reading { registry, path, isBuiltIn in
      let revision = try location.revision(in: registry)
      try registry.mustReach(asAt, to, knownIn: revision)
      let request = try request(for: registry)
      if let toKind { try registry.mustHave(kind: toKind, on: to, knownIn: revision) }
      do {
        // These are opened first, so that a file that cannot be made stops the command before the work begins.
        let outputFile = try output.map { try AtomicFile($0) }
        let proofFile = try proof.map { try AtomicFile($0) }
        let restater = try Restater(
          request, of: registry, register: isBuiltIn ? "the built-in England register" : path,
          knownIn: revision, damage: CodeDamage.finding(in:))
        let standardOutput = FileSink.standardOutput()
        let result = try restater.restate(file, to: outputFile ?? standardOutput)
        if !result.isRejected { try outputFile?.commit() }
        if outputFile == nil { try standardOutput.close() }
        try publish(result, in: proofFile)
        if let failing = failing(result) { throw Failure(failing, status: 1) }
      } catch let error as RowError {
        throw Failure("\(file == "-" ? "standard input" : file): \(error)")
      }
    }
  }

  /// Why the exit status is 1. Nil if it is 0.
  private func failing(_ result: RestateProof) -> String? {
    var reasons: [String] = []
    let rows = result.rowsUnmapped + result.rowsPartlyUnmapped
    if result.loses(more: tolerance?.share ?? 0) {
      reasons.append("\(rows) of \(result.rowsIn) rows \(rows == 1 ? "is" : "are") unmapped, wholly or in part")
    }
    let targets = Set(result.partial.map(\.code)).count
    if targets > 0 { reasons.append("\(counted(targets, "target")) \(targets == 1 ? "is" : "are") partial") }
    return reasons.isEmpty ? nil : reasons.joined(separator: ", and ")
  }

  private func request(for registry: Registry) throws -> RestateRequest {
    for name in [toKind].compactMap({ $0 }) + addParent { try registry.mustKnow(kind: name) }
    if let scheme { try registry.mustKnow(scheme: scheme) }
    let days: RestateRequest.Days = if let asAt { .asAt(asAt) } else { .column(date ?? "") }
    var request = RestateRequest(code: code, days: days, to: to)
    request.bases = basis.map(Self.words)
    for basis in request.bases ?? [] { try registry.mustKnow(basis: basis) }
    request.otherKinds = otherKinds
    request.dates = dates
    request.partialTolerance = tolerance?.share ?? Self.standardPartialTolerance
    request.partial = partial
    request.addsCoverage = addCoverage
    request.toKind = toKind
    request.sums = Self.words(sum)
    request.dropped = Self.words(drop)
    request.rates = rate.map { word in
      let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      return RestateRequest.Rate(column: parts[0], denominator: parts[1])
    }
    request.scheme = scheme
    request.isPerRow = perRow
    request.rounding = round == nil ? .nearest : .largestRemainder
    request.acceptsLateCodes = acceptLateCodes
    request.addsNames = addNames
    request.parents = addParent
    return request
  }

  private func publish(_ result: RestateProof, in file: AtomicFile?) throws {
    guard let file else {
      for line in result.text.split(separator: "\n") { remark("orgreg: \(line)") }
      return
    }
    if file.path.hasSuffix(".json") { try result.write(to: file) } else { try file.write(result.text) }
    try file.commit()
  }

  private static func words(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map(String.init)
  }
}

extension RestateRequest.Partial: Choice {}
extension Question.OtherKinds: Choice {}
