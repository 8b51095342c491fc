import ArgumentParser
import ODS
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
      Options that take several columns may be repeated, or take a list with commas.
      A column is named as in the header, by a pattern such as 'age_*', as NAME#2 if
      two have one name, or by its number.
      The form of the file is recognised: separator, encoding, lines above and below
      the table, days, months, quarters, financial years, codes padded with zeros.
      What was recognised is told. What can be read in two ways is asked for, and no
      number is changed. The output is UTF-8, with commas.

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

  /// The column of the values of --unpivot, unless --sum names another.
  private static let value = "value"

  enum Mistakes: String, Choice {
    case stop, skip
  }

  enum Mark: String, Choice {
    case point = "."
    case comma = ","
  }

  private static let standardPartialTolerance = 0.01

  @OptionGroup var location: ReadOptions

  @OptionGroup var form: FileOptions

  @Argument(help: "A file of a table, perhaps in gzip or zip; - is standard input.", completion: .file())
  var file: String

  @Option(help: "The column that holds the codes.")
  var code: String?

  @Option(help: "The column that holds names of bodies, if there are no codes.")
  var name: String?

  @Option(help: "Columns that become rows, as a pattern such as '20*'. Their values are those of --sum.")
  var unpivot: String?

  @Option(help: "The column for the names of the columns of --unpivot: name it in --date or --code too.")
  var into: String?

  @Option(help: "The day of all rows (YYYY-MM-DD).", transform: Day.option)
  var asAt: Day?

  @Option(help: "The column that holds the day of each row.")
  var date: String?

  @Option(
    help: "The form of the days: fy, fy-quarter, quarter, mid-year, or a pattern such as %d/%m/%Y.",
    transform: Restate.dateFormat)
  var dateFormat: DayForm?

  @Option(help: "The target day (YYYY-MM-DD).", transform: Day.option)
  var to: Day?

  @Option(help: "The kind of the target bodies (default: any of the same tier).", completion: .kind)
  var toKind: String?

  @Option(help: "Columns to add up, with commas between. May be repeated.")
  var sum: [String] = []

  @Flag(help: "Add up columns that look like rates.")
  var forceSum = false

  @Option(help: "A rate, as COLUMN/DENOMINATOR. The denominator weighs the rate and is added up. May be repeated.")
  var rate: [String] = []

  @Option(help: "Columns to leave out, with commas between. May be repeated.")
  var drop: [String] = []

  @Option(help: "What becomes of columns that depend on the code: keep, drop, or replace by those of the target.")
  var dependents = RestateRequest.Dependents.keep

  @Option(help: "The marks that stand for no value, such as '*,-', or default for the usual ones. May be repeated.")
  var missing: [String] = []

  @Option(help: "What stands before groups of three digits (default: a comma, where that is clear).")
  var thousands: String?

  @Option(help: "What stands before decimals: a point or a comma (default: a point).")
  var decimal: Mark?

  @Option(help: "What becomes of rows with mistakes: stop the run, or skip them as unmapped.")
  var onError = Mistakes.stop

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

  @Option(help: "Add a column with the codes of this scheme. May be repeated.", completion: .scheme)
  var addCodes: [String] = []

  @Flag(help: "Add a column with the number of values that are missing in each row.")
  var addMissing = false

  @Option(help: "Add a column with the body of this kind above each target body. May be repeated.", completion: .kind)
  var addParent: [String] = []

  @Option(help: "The file to write, whole or not at all (default: standard output).", completion: .file())
  var output: String?

  @Option(
    help: "The file for the proof, in JSON if its name ends in .json, else text (default: standard error).",
    completion: .file())
  var proof: String?

  func validate() throws {
    if isBare { return }
    guard (code == nil) != (name == nil) else {
      throw ValidationError("name the column of the bodies: either --code COLUMN or --name COLUMN")
    }
    guard to != nil else { throw ValidationError("name the target day with --to DAY") }
    guard asAt == nil || date == nil else {
      throw ValidationError("name the day of the rows: either --as-at DAY or --date COLUMN")
    }
    guard (unpivot == nil) == (into == nil) else {
      throw ValidationError("--unpivot names columns, and --into the column for their names: give both")
    }
    if perRow, dependents != .keep { throw ValidationError("--per-row keeps all columns: leave out --dependents") }
    guard unpivot != nil || !sum.isEmpty || !rate.isEmpty else {
      throw ValidationError("name the columns to add up with --sum")
    }
    for word in rate where word.split(separator: "/", omittingEmptySubsequences: false).count != 2 {
      throw ValidationError("--rate '\(word)' is not of the form COLUMN/DENOMINATOR")
    }
    if perRow, partial != .keep || addCoverage || addMissing {
      throw ValidationError(
        "--per-row writes rows before it knows what is missing: leave out --partial, --add-coverage and --add-missing")
    }
    if let thousands, thousands.count != 1 || thousands == decimal?.rawValue {
      throw ValidationError("--thousands is one character, and not that of --decimal")
    }
    if dateFormat != nil, date == nil { throw ValidationError("--date-format is about the column of --date") }
  }

  /// Whether nothing is said but the file.
  private var isBare: Bool { code == nil && name == nil && to == nil && sum.isEmpty && rate.isEmpty }

  /// Says which command would work, at a terminal. Elsewhere nobody reads it.
  private func offer() throws {
    guard Screen.output != nil else {
      throw ValidationError("name the columns and days, or try 'orgreg lint \(file)' first")
    }
    let look = try Lint.Look.parse([file])
    try look.run()
  }

  /// The days on which all codes are valid, if no day is named.
  private func offerDays() throws {
    try location.reading { registry, _, _ in
      let input = try LintFile(TableFile(file, given: form.given), columns: [code ?? ""])
      let found = try LintReport(
        codes: input, asAt: nil, against: registry, knownIn: location.revision(in: registry),
        placeholder: PlaceholderCode.meaning(of:))
      let days = found.table.rows.filter { $0[2] == "valid-together" || $0[2] == "mixed-vintages" }.compactMap { $0[3] }
      throw ValidationError(
        "name the day of the rows: either --as-at DAY or --date COLUMN"
          + (days.isEmpty ? "" : " (\(days.joined(separator: "; ")))"))
    }
  }

  func run() throws {
    if isBare { return try offer() }
    if asAt == nil, date == nil, code != nil {
      do { return try offerDays() } catch let error as RowError { throw Failure("\(fileName): \(error)") }
    }
    guard let to, asAt != nil || date != nil else {
      throw ValidationError("name the day of the rows: either --as-at DAY or --date COLUMN")
    }
    try location.reading { registry, path, isBuiltIn in
      let revision = try location.revision(in: registry)
      try registry.mustReach(asAt, to, knownIn: revision)
      let request = try request(for: registry, to: to)
      if let toKind { try registry.mustHave(kind: toKind, on: to, knownIn: revision) }
      do {
        // These are opened first, so that a file that cannot be made stops the command before the work begins.
        let outputFile = try output.map { try AtomicFile($0) }
        let proofFile = try proof.map { try AtomicFile($0) }
        let restater = try Restater(
          request, of: registry, register: isBuiltIn ? "the built-in England register" : path,
          knownIn: revision, placeholder: PlaceholderCode.meaning(of:))
        let standardOutput = FileSink.standardOutput()
        let result = try restater.restate(file, to: outputFile ?? standardOutput)
        if !result.isRejected { try outputFile?.commit() }
        if outputFile == nil { try standardOutput.close() }
        try publish(result, in: proofFile)
        if let failing = failing(result) { throw Failure(failing, status: .rejected) }
      } catch let error as RowError {
        throw Failure("\(fileName): \(error)")
      } catch let error as FileFaults {
        throw Failure("\(fileName): \(error)")
      }
    }
  }

  private var fileName: String { file == "-" ? "standard input" : file }

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

  private func request(for registry: Registry, to: Day) throws -> RestateRequest {
    for name in [toKind].compactMap({ $0 }) + addParent { try registry.mustKnow(kind: name) }
    for scheme in [scheme].compactMap({ $0 }) + addCodes { try registry.mustKnow(scheme: scheme) }
    let days: RestateRequest.Days = if let asAt { .asAt(asAt) } else { .column(date ?? "") }
    var request = RestateRequest(code: code ?? name ?? "", days: days, to: to)
    request.bases = basis.map(Self.words)
    for basis in request.bases ?? [] { try registry.mustKnow(basis: basis) }
    request.otherKinds = otherKinds
    request.dates = dates
    request.partialTolerance = tolerance?.share ?? Self.standardPartialTolerance
    request.partial = partial
    request.addsCoverage = addCoverage
    request.toKind = toKind
    request.sums = unpivot != nil && sum.isEmpty ? [Self.value] : sum
    request.hasNames = name != nil
    request.dependents = dependents
    request.dropped = drop
    request.form = form.given
    if let unpivot, let into { request.form.unpivoted = (unpivot, into, sum.count == 1 ? sum[0] : Self.value) }
    request.dayForm = dateFormat
    request.missing = Set(missing.flatMap { $0 == "default" ? AmountForm.usualMarks : Self.words($0) })
    request.thousands = thousands?.first
    request.decimal = decimal?.rawValue.first
    request.skipsMistakes = onError == .skip
    request.forcesSums = forceSum
    request.addedSchemes = addCodes
    request.addsMissing = addMissing
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

  private static func dateFormat(_ word: String) throws -> DayForm {
    guard let form = DayForm(option: word) else {
      throw ValidationError(
        "'\(word)' is no form of days: say fy, fy-quarter, quarter, mid-year, or a pattern with %Y or %y")
    }
    return form
  }

  private static func words(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map(String.init)
  }
}

extension RestateRequest.Partial: Choice {}
extension RestateRequest.Dependents: Choice {}
extension Question.OtherKinds: Choice {}
