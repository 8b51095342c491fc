import ArgumentParser
import England
import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryReporting

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .import, abstract: "Compare files of other organisations with the register, and record what is new.",
    discussion: """
      Forms:
        auto            the form is told from the contents, and is named on standard
                        error
        ods-csv         the 27-column files of the Organisation Data Service:
                        commissioners (eccg), practices (epraccur), trusts (etr), and
                        others with --kind; in both dialects
        ods-membership  who belonged to whom since 1999 (epcmem)
        ods-succession  who succeeded whom (succ, succarc), in five columns, or in
                        three with a header
        ods-xml         the whole register of the service (HSCOrgRefData, full or
                        archive), read as a stream
        ons-chd         the Code History Database of the Office for National
                        Statistics: ChangeHistory (CSV or JSON), Changes and
                        Equivalents; bodies above go before those below
        ons-lookup      names and codes, and lookups, of the same office: columns
                        such as CCG20CD, CCG20CDH, CCG20NM, STP20CD. Each says what
                        was true on 1 April of its year. Small areas (LSOA11CD) say
                        where they lay on that day. If the register lacks them,
                        --create-missing makes a partition of them, for crosswalks
                        and restatements
      Files may be in gzip or zip, and all files of an archive are read. Spreadsheets
      are refused. Each of several files is compared with what the files before it
      say, and has its own revision. All are recorded, or none.
      The facts of the register stay. Where a file differs, the difference is printed
      on standard error with line, source and date. With --policy prefer-source the
      facts of the file are recorded, even if the file is older.
      A second import of the same file changes nothing.
      \(WritingOptions.asks)
      --review goes through what differs and what is new, row by row, with the line
      of the file beneath. Whoever quits finds the rest in a change file.
      --dry-run --format changes prints a change file that 'orgreg apply' reads.
      The rejected rows are printed (file, line, column, reason). The exit status is
      1 if there are any, and 2 if nothing was entered because all were rejected.
      Rows about bodies outside the register are only counted; --rejects lists them,
      and --create-missing takes them in.
      The day of issue counts: say --issued. Of two issues of one file the later
      counts, in whichever order they are imported. Without that day, the names of
      known bodies are only compared.

      EXAMPLES
        orgreg import auto eccg.csv --dry-run
        orgreg import ods-csv eccg.csv --issued 2025-12-01 --rejects rejects.csv \\
          --yes
        orgreg import ods-membership epcmem.csv --create-missing --yes
        orgreg import auto epraccur.csv epcmem.csv --yes
        orgreg import auto eccg.csv --review
        orgreg import ons-lookup lsoa_icb.csv --division 2026-04-01-split-D4U1Y \\
          --dry-run
        orgreg import ons-lookup CCG20_STP20.csv --dry-run
        orgreg import ons-lookup lsoa21_sicbl.csv --create-missing --yes
      """)

  /// A form that the user names, or `auto`.
  struct Form: ExpressibleByArgument {
    /// Nil if it is to be told from the contents.
    let format: ImportFormat?

    init?(argument: String) {
      format = ImportFormat(rawValue: argument)
      if format == nil, argument != "auto" { return nil }
    }

    static var allValueStrings: [String] { ["auto"] + ImportFormat.allCases.map(\.rawValue) }

    var word: String { format?.rawValue ?? "auto" }
  }

  @OptionGroup var location: WriteOptions
  @OptionGroup var output: DifferenceOptions

  @Argument(help: "The form of the files, or auto.")
  var form: Form

  @Argument(help: "Files; - is standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Flag(help: "Write without asking.")
  var yes = false

  @Flag(help: "Print the rows of the tables instead of what happens to each body.")
  var rows = false

  @Flag(help: "Ask about each row by itself, also where it differs, and record what is taken.")
  var review = false

  @Option(help: "Which facts count where a file differs: those of the register (keep) or of the file (prefer-source).")
  var policy: Reconciler.Policy = .keep

  @Flag(help: "Record nothing if any row is rejected.")
  var strict = false

  @Flag(help: "Read edited copies as far as is safe, and report every doubt.")
  var acceptDamaged = false

  @Flag(help: "Make the bodies and small areas that a file names and the register lacks.")
  var createMissing = false

  @Option(help: "The kind of the bodies, if the contents of an ODS file do not tell it.", completion: .kind)
  var kind: String?

  @Option(help: "The event whose units a lookup of small areas gives; its shares become exact.", completion: .event)
  var division: String?

  @Option(help: "Write the rejected rows, with their values, to this file too.", completion: .file())
  var rejects: String?

  @Option(help: "Write every difference between register and files to this file.", completion: .file())
  var findings: String?

  @Option(help: "The day of issue of the files (YYYY-MM-DD).", transform: Day.option)
  var issued: Day?

  @Option(help: "Who records this (default: the login name).")
  var by: String?

  @Option(help: "The reason, for the log.")
  var reason: String?

  func run() throws {
    try refuseOverwriting()
    // These are opened first, so that a file that cannot be made stops the import before anything is recorded.
    let rejectsFile = try rejects.map { try AtomicFile($0) }
    let findingsFile = try findings.map { try AtomicFile($0) }
    let registry = try location.opened()
    if let kind, try !registry.kinds().contains(where: { $0.key == kind }) {
      throw Failure("--kind \(kind): the register has no such kind (see 'orgreg report counts'); nothing was changed")
    }
    let streams = try files.flatMap(streams)
    let entered = try entered(streams, into: registry, rejectsFile)
    let rejected = entered.flatMap(\.rejects)
    if let rejectsFile { try write(rejected, to: rejectsFile) }
    if let findingsFile { try write(findings: entered.map(\.file), to: findingsFile) }
    try tell(entered)
    if entered.allSatisfy(\.isRejected) {
      throw Failure("nothing was entered: every row was rejected")
    }
    if !rejected.isEmpty {
      throw Failure(counted(rejected.count, "row was", "rows were") + " rejected", status: .rejected)
    }
  }

  /// A report never takes the place of the register, of an input or of the other report.
  private func refuseOverwriting() throws(Failure) {
    let reports = [rejects, findings].compactMap { $0 }
    for (place, report) in reports.enumerated() {
      let others = [location.path] + files + reports[..<place]
      if others.contains(where: { $0 == report || Files.areSame($0, report) }) {
        throw Failure("\(report): this file has another role in the command: name another file; nothing was changed")
      }
    }
  }

  // MARK: Reading

  /// A file of data, perhaps from an archive, and the display of its progress.
  private struct Stream {
    let stream: DataFile.Stream
    let progress: Progress
  }

  private func streams(_ path: String) throws(Failure) -> [Stream] {
    do {
      let file = try DataFile(path)
      for name in file.passedOver { remark("orgreg: \(path): passed over '\(name)', which is not data") }
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
    } catch let error as FileError {
      throw Failure("\(error); nothing was changed")
    }
  }

  private var options: ImportOptions {
    var options = ImportOptions()
    // Whoever reviews a file decides row by row what counts.
    options.policy = review ? .preferSource : policy
    options.issued = issued
    options.acceptsDamage = acceptDamaged
    options.createsMissing = createMissing
    options.kind = kind
    options.division = division
    return options
  }

  // MARK: Entering

  /// A file and its outcome.
  private struct Entered {
    let file: ImportedFile
    /// All rows that were rejected, by their reader or by a rule of the register.
    let rejects: [Reject]
    let revision: Int64?
    let difference: Difference
    /// What makes the difference.
    let changes: [Change]
    /// Nil unless it is shown.
    let view: DifferenceView?

    /// Whether nothing could be used.
    var isRejected: Bool { !rejects.isEmpty && rejects.count >= file.lineCount && revision == nil }
  }

  /// Shows what would be entered and, if the user wants that, enters it. It is shown again if the register moves.
  private func entered(_ streams: [Stream], into registry: Registry, _ rejectsFile: AtomicFile?) throws -> [Entered] {
    let reviewed = review ? [try reviewed(streams, against: registry)] : []
    if yes, !dryRun { return try enter(streams, reviewed, into: registry, rejectsFile, .commit) }
    while true {
      let revision = try registry.latestRevision()
      let seen = try enter(streams, reviewed, into: registry, rejectsFile, .rollback)
      try show(seen)
      if dryRun || seen.allSatisfy({ $0.revision == nil }) { return seen }
      try ask(about: seen)
      guard try registry.latestRevision() == revision else {
        remark("orgreg: somebody else has recorded something in the meantime; this is the difference now:")
        continue
      }
      return try enter(streams, seen.map(\.file), into: registry, rejectsFile, .commit)
    }
  }

  /// For people each file by itself, and for programs one table.
  private func show(_ seen: [Entered]) throws {
    guard let format = output.format.ofTable else { return try output.printChangeFile(seen.flatMap(\.changes)) }
    if format == .table, !rows {
      for part in seen {
        guard let view = part.view, !view.isEmpty else { continue }
        if seen.count > 1 { remark("orgreg: \(part.file.name):") }
        try output.print(view, of: part.changes, rows: false)
      }
    } else {
      let tables = seen.map(\.difference.table)
      try format.print(
        DataTable(columns: tables.first?.columns ?? [], rows: tables.flatMap(\.rows), notes: tables.flatMap(\.notes)))
    }
    for warning in seen.compactMap(\.view).flatMap(\.warnings) { remark("! \(warning)") }
  }

  private func ask(about seen: [Entered]) throws {
    let rejected = seen.map(\.rejects.count).reduce(0, +)
    if rejected > 0 { remark("! \(counted(rejected, "row")) would be rejected (--rejects FILE lists them)") }
    while true {
      switch try orgreg.ask(
        "Record this?", ["yes", "no", "rows"], otherwise: "this would change the register: say --yes to write it")
      {
      case "yes": return
      case "rows": for part in seen { try Pager.show(TableFormat.table.text(part.difference.table)) }
      default: throw Failure("nothing was changed", status: .declined)
      }
    }
  }

  /// Records the files one after the other, each as if it came alone, but all or none.
  /// - Parameter files: the files, if they were read already and the register has not moved since.
  private func enter(
    _ streams: [Stream], _ files: [ImportedFile], into registry: Registry, _ rejectsFile: AtomicFile?,
    _ ending: Database.Ending
  ) throws -> [Entered] {
    do {
      // A single file is read before the register is locked. Each of several is compared with what those before it say.
      var known = files
      if files.isEmpty, streams.count == 1 { known = [try summarised(streams[0], against: registry)] }
      return try registry.together {
        let entered = try streams.enumerated().map { place, stream in
          let file = place < known.count ? known[place] : try summarised(stream, against: registry)
          return try enter(file, into: registry, rejectsFile, showing: ending == .rollback)
        }
        return (ending, entered)
      }
    } catch let error as DatabaseError {
      throw Failure("\(location.path): \(error)")
    }
  }

  private func summarised(_ stream: Stream, against registry: Registry) throws -> ImportedFile {
    let file = try read(stream, against: registry)
    summarise(file)
    return file
  }

  private func enter(
    _ file: ImportedFile, into registry: Registry, _ rejectsFile: AtomicFile?, showing: Bool
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
      let view = showing ? try DifferenceView(of: difference, in: registry) : nil
      return Entered(
        file: file, rejects: file.rejects + changes.rejects, revision: revision, difference: difference,
        changes: changes.changes.changes, view: view)
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
      "\(first.file):\(first.line):\(first.column): \(first.reason); \(counted(rejected.count, "row")) rejected, and "
        + "--strict records nothing then; nothing was changed")
  }

  // MARK: Telling

  private func tell(_ entered: [Entered]) throws {
    let rejected = entered.flatMap(\.rejects)
    if !dryRun, let format = output.format.ofTable, rejected.contains(where: { $0.way == nil }) {
      try format.print(table(rejected.filter { $0.way == nil }))
    }
    for part in entered {
      let name = entered.count > 1 ? "\(part.file.name): " : ""
      for way in Reject.WayIn.allCases {
        let count = part.rejects.count { $0.way == way }
        guard count > 0 else { continue }
        remark(
          "orgreg: \(part.file.name): \(count) of \(counted(part.file.lineCount, "row")) "
            + "\(count == 1 ? "is" : "are") of bodies outside this register: \(way.rawValue)")
      }
      let refused = part.rejects.count - part.file.rejects.count
      if refused > 0 {
        remark("orgreg: \(name)the register refuses \(counted(refused, "more row"))")
      }
      if !dryRun, !part.isRejected || entered.count > 1 { remark("orgreg: \(name)\(outcome(part))") }
    }
    if dryRun {
      let count = entered.map(\.difference.rowCount).reduce(0, +)
      remark("orgreg: dry run: \(counted(count, "row")) would change; nothing was changed")
    }
  }

  private func outcome(_ entered: Entered) -> String {
    if let revision = entered.revision {
      return "recorded revision \(revision): \(counted(entered.difference.rowCount, "row")) "
        + "(undo: orgreg undo \(revision)\(location.words))"
    }
    if entered.isRejected { return "nothing was entered: every row was rejected" }
    return entered.rejects.isEmpty
      ? "nothing to do: the register says all of this already"
      : "nothing to do: the register says all that was not rejected already"
  }

  /// A file without the rows that somebody leaves out.
  private func reviewed(_ streams: [Stream], against registry: Registry) throws -> ImportedFile {
    guard streams.count == 1, let stream = streams.first else {
      throw ValidationError("--review goes through one file: the next is compared with what this one says")
    }
    var file = try read(stream, against: registry)
    summarise(file)
    let review = Review(file.changes, in: registry) { $0.origin }
    let lines = files[0] == "-" ? [:] : try stream.stream.lines(review.lineNumbers)
    let findings = Dictionary(grouping: file.findings, by: \.line)
    let decisions = try review.decided { row in
      guard let line = row.changes.lazy.compactMap(\.origin?.line).first else { return }
      (row.line, row.findings) = (
        lines[line],
        findings[line, default: []].map { finding in
          "\(finding.what) differs: the register says \(finding.register), the file \(finding.file)"
        }
      )
    }
    if !decisions.left.isEmpty { try review.keep(decisions.left, of: file.name) }
    file.changes = decisions.taken
    return file
  }

  private func summarise(_ file: ImportedFile) {
    if let reason = file.reasonForFormat { remark("orgreg: \(file.name): \(file.format.rawValue) (\(reason))") }
    remark(
      "orgreg: \(file.name): \(counted(file.lineCount, "row")): \(file.newRows) new, \(file.sameRows) the same, "
        + "\(file.differingRows) differ, \(file.rejects.count) rejected"
        + (file.passedOverCount > 0 ? ", \(file.passedOverCount) passed over" : ""))
    for line in file.remarks where !line.isEmpty { remark("orgreg: \(file.name): \(line)") }
    for doubt in file.doubts { remark("orgreg: \(doubt)") }
    // In a review each is told with its row.
    let shown = review ? 0 : 20
    for finding in file.findings.prefix(shown) { remark("orgreg: \(file.name):\(words(finding))") }
    if !review, file.findings.count > shown {
      remark(
        "orgreg: \(file.name): ... and \(counted(file.findings.count - shown, "more difference")) (all: --findings FILE)"
      )
    }
    if !file.missing.isEmpty {
      let few = file.missing.prefix(10).joined(separator: ", ")
      remark(
        "orgreg: \(file.name): the register has no body with \(counted(file.missing.count, "code")): \(few)"
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
    var writer = CSVWriter(file)
    try writer.write(header)
    for row in rows { try writer.write(row) }
    try file.commit()
  }
}

extension Reconciler.Policy: Choice {}
