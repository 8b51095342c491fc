import ArgumentParser
import England
import Formats
import Importing
import Reconcile
import RegistryStorage
import Reporting

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .import, abstract: "Hold files of other organisations against the register, and enter what is new.",
    discussion: """
      auto            told from the contents, which is said on standard error
      ods-csv         the 27-column files of the Organisation Data Service: commissioners (eccg), practices (epraccur),
                      trusts (etr), any other with --kind; both dialects
      ods-membership  who belonged to whom since 1999 (epcmem)
      ods-succession  who succeeded whom (succ, succarc; five columns, or three with a header)
      ods-xml         all of the service's register (HSCOrgRefData, full or archive), read as a stream
      ons-chd         the Code History Database of the Office for National Statistics: ChangeHistory (CSV or JSON),
                      Changes, Equivalents; bodies above before those below
      ons-lookup      names and codes, and lookups, of the same: columns such as CCG20CD, CCG20CDH, CCG20NM, STP20CD; each
                      says what was so on 1 April of its year. With small areas (LSOA11CD): where they lay that day; of
                      areas that the register lacks --create-missing makes a partition, for crosswalks and restatements
      Files may be compressed by gzip or zip, and of an archive all files are read; spreadsheets are refused. Of several
      files each is held against what those before it say, and has a revision of its own; all are entered, or none.
      What the register has is kept, and what a file says otherwise is told on standard error with line, source and date;
      --policy prefer-source takes the file's, also an older one's; without it an older file turns nothing back.
      A second import changes nothing.
      Prints the rejected rows (file, line, column, reason); exit status 1 if there are any.

      EXAMPLES
        orgreg import auto eccg.csv --dry-run
        orgreg import ods-csv eccg.csv --issued 2025-12-01 --rejects rejects.csv
        orgreg import ods-membership epcmem.csv --create-missing
        orgreg import auto epraccur.csv epcmem.csv
        orgreg import ons-lookup lsoa_icb.csv --division 2026-04-01-split-D4U1Y --dry-run
        orgreg import ons-lookup CCG20_STP20.csv --dry-run
        orgreg import ons-lookup lsoa21_sicbl.csv --create-missing
      """)

  /// A form that is named, or told from the contents.
  enum Form: ExpressibleByArgument {
    case auto
    case named(ImportFormat)

    init?(argument: String) {
      if argument == "auto" {
        self = .auto
      } else if let format = ImportFormat(rawValue: argument) {
        self = .named(format)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] { ["auto"] + ImportFormat.allCases.map(\.rawValue) }

    /// nil: told from the contents.
    var format: ImportFormat? { if case .named(let format) = self { format } else { nil } }

    var word: String { format?.rawValue ?? "auto" }
  }

  @OptionGroup var location: WriteOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "auto, or a form (see above).")
  var form: Form

  @Argument(help: "Files; - is standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Option(help: "keep: the register's stays where a file says otherwise; prefer-source: the file's is taken.")
  var policy: Reconciler.Policy = .keep

  @Flag(help: "Enter nothing if any row is rejected.")
  var strict = false

  @Flag(help: "Read copies that somebody has edited as far as is safe, and tell every doubt.")
  var acceptDamaged = false

  @Flag(help: "Make bodies and small areas that memberships, successions or lookups name and the register lacks.")
  var createMissing = false

  @Option(help: "The kind of the bodies of an ODS file whose contents do not tell it.", completion: .kind)
  var kind: String?

  @Option(
    help: "A dividing event of which a lookup of small areas gives the units: what was proportional becomes exact.",
    completion: .event)
  var division: String?

  @Option(help: "Also write the rejected rows, with their values, to this file.", completion: .file())
  var rejects: String?

  @Option(help: "Also write every difference between register and files to this file.", completion: .file())
  var findings: String?

  @Option(
    help: "The day on which the files were issued (default: the latest day that a file mentions).",
    transform: Day.option)
  var issued: Day?

  @Option(help: "Who imports (default: the login name).")
  var by: String?

  @Option(help: "Why, for the log.")
  var reason: String?

  func run() throws {
    try refuseOverwriting()
    // Opened first: a file that cannot be made stops the import before anything is recorded.
    let rejectsFile = try rejects.map(outputFile)
    let findingsFile = try findings.map(outputFile)
    let registry = try location.opened()
    if let kind, try !registry.kinds().contains(where: { $0.key == kind }) {
      throw Failure("--kind \(kind): the register has no such kind (see 'orgreg report counts'); nothing was changed")
    }
    let streams = try files.flatMap(streams)
    let entered = try enter(streams, into: registry, rejectsFile)
    let rejected = entered.flatMap(\.rejects)
    if let rejectsFile { try write(rejected, to: rejectsFile) }
    if let findingsFile { try write(findings: entered.map(\.file), to: findingsFile) }
    try tell(entered)
    if !rejected.isEmpty {
      throw Failure(counted(rejected.count, "row was", "rows were") + " rejected", status: 1)
    }
  }

  /// A report never takes the place of the register, of an input or of the other report.
  private func refuseOverwriting() throws(Failure) {
    let reports = [rejects, findings].compactMap { $0 }
    for (place, report) in reports.enumerated() {
      let others = [location.path] + files + reports[..<place]
      if others.contains(where: { $0 == report || Files.areSame($0, report) }) {
        throw Failure("\(report): this file has another part in the command: name another; nothing was changed")
      }
    }
  }

  // MARK: Reading

  /// A file of data, perhaps one of an archive, whose reading is shown.
  private struct Stream {
    let stream: DataFile.Stream
    let progress: Progress
  }

  private func streams(_ path: String) throws(Failure) -> [Stream] {
    do {
      let file = try DataFile(path)
      for name in file.passedOver { remark("orgreg: \(path): '\(name)' is no data: passed over") }
      let progress = Progress(file.meter, path)
      return file.streams.map { Stream(stream: $0, progress: progress) }
    } catch {
      throw Failure("\(error); nothing was changed")
    }
  }

  private func read(_ stream: Stream, against registry: Registry) throws -> ImportedFile {
    defer { stream.progress.end() }
    do {
      let file = try ImportedFile(
        stream.stream.name, stream.progress.watch(try stream.stream.open()), as: form.format, against: registry,
        options, vocabulary: BuiltInRegister.vocabulary())
      if division != nil, file.format != .onsLookup {
        throw Failure("\(file.name): --division takes a lookup of small areas (ons-lookup); nothing was changed")
      }
      return file
    } catch let refusal as Refusal {
      throw Failure(refusal.description)
    } catch let error as FileError {
      throw Failure("\(error); nothing was changed")
    } catch let error as DatabaseError {
      throw Failure("\(location.path): \(error)")
    }
  }

  private var options: ImportOptions {
    var options = ImportOptions()
    options.policy = policy
    options.issued = issued
    options.acceptsDamage = acceptDamaged
    options.createsMissing = createMissing
    options.kind = kind
    options.division = division
    return options
  }

  // MARK: Entering

  /// A file, and what became of it.
  private struct Entered {
    let file: ImportedFile
    /// All its rows that were rejected, by the file itself or by a rule of the register.
    let rejects: [Reject]
    let revision: Int64?
    let difference: Difference
  }

  /// Enters files one after the other, each as if it came alone, but all or none.
  private func enter(
    _ streams: [Stream], into registry: Registry, _ rejectsFile: AtomicFile?
  ) throws -> [Entered] {
    // One is read before the register is locked; of several, each is held against what those before it say.
    let first = streams.count == 1 ? try read(streams[0], against: registry) : nil
    if let first { summarise(first) }
    do {
      return try registry.together {
        let entered = try streams.map { stream in
          let file = try first ?? read(stream, against: registry)
          if first == nil { summarise(file) }
          return try enter(file, into: registry, rejectsFile)
        }
        return (dryRun ? .rollback : .commit, entered)
      }
    } catch let error as DatabaseError {
      throw Failure("\(location.path): \(error)")
    }
  }

  private func enter(
    _ file: ImportedFile, into registry: Registry, _ rejectsFile: AtomicFile?
  ) throws -> Entered {
    try refuseIfStrict(file.rejects, rejectsFile)
    let signature = Registry.Signature(
      actor: by ?? loginName, command: "import \(form.word) \(files.shellWords)", reason: reason ?? "")
    var changes = SourceChanges(ChangeSet(changes: file.changes, files: [file.revisionFile]))
    do {
      let (revision, difference) = try changes.apply { (changes) throws(ChangeError) in
        try registry.record(changes, signature)
      }
      try refuseIfStrict(changes.rejects, rejectsFile)
      return Entered(
        file: file, rejects: file.rejects + changes.rejects, revision: revision, difference: difference)
    } catch let ChangeError.refused(problems) {
      throw Failure(listed(problems))
    } catch let ChangeError.database(error) {
      throw Failure("\(location.path): \(error)")
    }
  }

  private func refuseIfStrict(_ rejected: [Reject], _ rejectsFile: AtomicFile?) throws {
    guard strict, let first = rejected.first else { return }
    if let rejectsFile { try write(rejected, to: rejectsFile) }
    throw Failure(
      "\(first.file):\(first.line):\(first.column): \(first.reason); \(rejected.count) rejected in all, and --strict "
        + "enters nothing then; nothing was changed")
  }

  // MARK: Telling

  private func tell(_ entered: [Entered]) throws {
    let rejected = entered.flatMap(\.rejects)
    if dryRun {
      let tables = entered.map(\.difference.table)
      try output.print(
        DataTable(
          columns: tables.first?.columns ?? [], rows: tables.flatMap(\.rows), notes: tables.flatMap(\.notes)))
    } else if !rejected.isEmpty {
      try output.print(table(rejected))
    }
    for part in entered {
      let name = entered.count > 1 ? "\(part.file.name): " : ""
      let refused = part.rejects.count - part.file.rejects.count
      if refused > 0 {
        remark("orgreg: \(name)\(counted(refused, "more row")) that the register refuses: rejected")
      }
      if !dryRun { remark("orgreg: \(name)\(outcome(part))") }
    }
    if dryRun {
      let count = entered.map(\.difference.rowCount).reduce(0, +)
      remark("orgreg: dry run: \(count) rows would change; nothing was changed")
    }
  }

  private func outcome(_ entered: Entered) -> String {
    if let revision = entered.revision { return "recorded revision \(revision): \(entered.difference.rowCount) rows" }
    return entered.rejects.isEmpty
      ? "nothing to do: the register says all of this already"
      : "nothing was entered: what was not rejected is in the register already"
  }

  private func summarise(_ file: ImportedFile) {
    if let reason = file.reasonForFormat { remark("orgreg: \(file.name): \(file.format.rawValue) (\(reason))") }
    remark(
      "orgreg: \(file.name): \(file.lineCount) rows: \(file.newRows) new, \(file.sameRows) the same, "
        + "\(file.differingRows) differ, \(file.rejects.count) rejected"
        + (file.passedOverCount > 0 ? ", \(file.passedOverCount) passed over" : ""))
    for line in file.remarks where !line.isEmpty { remark("orgreg: \(file.name): \(line)") }
    for doubt in file.doubts { remark("orgreg: \(doubt)") }
    let shown = 20
    for finding in file.findings.prefix(shown) { remark("orgreg: \(file.name):\(words(finding))") }
    if file.findings.count > shown {
      remark("orgreg: \(file.name): ... and \(file.findings.count - shown) more differences (all: --findings FILE)")
    }
    if !file.missing.isEmpty {
      let few = file.missing.prefix(10).joined(separator: ", ")
      remark(
        "orgreg: \(file.name): \(file.missing.count) codes of no body of the register: \(few)"
          + (file.missing.count > 10 ? ", ..." : ""))
    }
  }

  private func words(_ finding: Reconciler.Finding) -> String {
    "\(finding.line): \(finding.code): \(finding.what) differs: the register says \(finding.register), the file "
      + "\(finding.file); \(finding.outcome.rawValue)"
  }

  private func table(_ rejected: [Reject]) -> DataTable {
    DataTable(
      columns: ["file", "line", "column", "reason"].map { DataTable.Column($0) },
      rows: rejected.map { [$0.file, String($0.line), String($0.column), $0.reason] })
  }

  // MARK: Files beside

  private func outputFile(_ path: String) throws(Failure) -> AtomicFile {
    do { return try AtomicFile(path) } catch { throw Failure(error.description) }
  }

  private func write(_ rejected: [Reject], to file: AtomicFile) throws {
    try write(
      ["file", "line", "column", "value", "reason"],
      rejected.map { [$0.file, String($0.line), String($0.column), $0.value, $0.reason] }, to: file)
  }

  private func write(findings imported: [ImportedFile], to file: AtomicFile) throws {
    try write(
      ["file", "line", "code", "what", "register", "in_file", "outcome"],
      imported.flatMap { file in
        file.findings.map {
          [file.name, String($0.line), $0.code, $0.what, $0.register, $0.file, $0.outcome.rawValue]
        }
      }, to: file)
  }

  private func write(_ header: [String], _ rows: [[String]], to file: AtomicFile) throws {
    do {
      var writer = CSVWriter(file)
      try writer.write(header)
      for row in rows { try writer.write(row) }
      try file.commit()
    } catch {
      throw Failure("\(error)")
    }
  }
}

extension Reconciler.Policy: Choice {}
