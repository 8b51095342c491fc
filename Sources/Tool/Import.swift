import ArgumentParser
import Formats
import Importing
import Reporting
import SeedFiles
import Storage

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Hold files of other organisations against the register, and enter what is new.",
    discussion: """
      ods-csv: the 27-column files of commissioners (eccg) of the Organisation Data Service, both dialects.
      What the register has is kept; where a file says otherwise, that is reported on standard error.
      Prints the rejected rows (file, line, column, reason); exit status 1 if there are any.

      EXAMPLES
        orgreg import ods-csv eccg.csv --dry-run
        orgreg import ods-csv eccg.csv --issued 2025-12-01 --rejects rejects.csv
      """)

  enum Format: String, Choice {
    case odsCSV = "ods-csv"
  }

  @OptionGroup var location: WriteOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "ods-csv.")
  var sourceFormat: Format

  @Argument(help: "Files; - is standard input.", completion: .file())
  var files: [String]

  @Flag(help: "Print the difference and change nothing.")
  var dryRun = false

  @Option(help: "Also write the rejected rows, with their values, to this file.", completion: .file())
  var rejects: String?

  @Option(
    help: "The day on which the file was issued (default: the latest day that it mentions).", transform: Day.option)
  var issued: Day?

  @Option(help: "Who imports (default: the login name).")
  var by: String?

  func run() throws {
    // Opened first: a file that cannot be made stops the import before anything is recorded.
    let rejectsFile: AtomicFile?
    do { rejectsFile = try rejects.map { path throws(FileError) in try AtomicFile(path) } } catch {
      throw Failure(error.description)
    }
    let registry = try location.opened()
    var changes = ChangeSet()
    var rejected: [Reject] = []
    // All files are read before anything is recorded: one that is refused refuses the import.
    for file in files { rejected += try read(file, against: registry, into: &changes) }
    try enter(changes, rejected, into: registry)
    if let rejectsFile { try write(rejected, to: rejectsFile) }
    if !rejected.isEmpty {
      throw Failure("\(rejected.count) row\(rejected.count == 1 ? " was" : "s were") rejected", status: 1)
    }
  }

  private func read(_ path: String, against registry: Registry, into changes: inout ChangeSet) throws -> [Reject] {
    let bytes: [UInt8]
    do { bytes = try Files.read(path) } catch { throw Failure(error.description) }
    let file: ODSFile
    do { file = try ODSFile(name: path, reader: CSVReader(bytes: bytes)) } catch { throw Failure(error.description) }
    let result: ODSReconciliation
    do {
      result = try ODSReconciliation(file, against: registry, issued: issued, vocabulary: try vocabulary())
    } catch let refusal as ODSFile.Refusal {
      throw Failure(refusal.description)
    }
    let rejected = file.rejects + result.rejects
    summarise(path, file, result, rejected)
    changes.changes += result.changes
    changes.files.append(
      RevisionFile(
        name: path, sha256: SHA256.hex(of: bytes), lineCount: file.lineCount, rejectCount: rejected.count))
    return rejected
  }

  private func enter(_ changes: ChangeSet, _ rejected: [Reject], into registry: Registry) throws {
    do {
      if dryRun {
        let difference = try registry.preview(changes)
        try output.print(difference.table)
        return remark("orgreg: dry run: \(difference.rowCount) rows would change; nothing was changed")
      }
      let command = "import \(sourceFormat.rawValue) \(files.joined(separator: " "))"
      let (revision, difference) = try registry.record(
        changes, Registry.Signature(actor: by ?? loginName, command: command))
      if !rejected.isEmpty { try output.print(table(rejected)) }
      remark(
        revision.map { "orgreg: recorded revision \($0): \(difference.rowCount) rows" }
          ?? "orgreg: nothing to do: the register says all of this already")
    } catch let ChangeError.refused(problems) {
      throw Failure(listed(problems))
    } catch let ChangeError.database(error) {
      throw Failure("\(location.path): \(error)")
    }
  }

  private func summarise(_ path: String, _ file: ODSFile, _ result: ODSReconciliation, _ rejected: [Reject]) {
    let sorts = result.rowsOfKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    remark(
      "orgreg: \(path): \(file.lineCount) rows (\(sorts)); \(result.sameRows) the same, \(rejected.count) rejected")
    if file.trimmedFields > 0 { remark("orgreg: \(path): blanks were cut off \(file.trimmedFields) fields") }
    for finding in result.findings {
      remark(
        "orgreg: \(path):\(finding.line): \(finding.code): \(finding.what) differs: the register says \(finding.register), "
          + "the file \(finding.file); the register's was kept")
    }
  }

  private func table(_ rejected: [Reject]) -> DataTable {
    DataTable(
      columns: ["file", "line", "column", "reason"].map { DataTable.Column($0) },
      rows: rejected.map { [$0.file, String($0.line), String($0.column), $0.reason] })
  }

  private func write(_ rejected: [Reject], to file: AtomicFile) throws {
    do {
      var writer = CSVWriter(file)
      try writer.write(["file", "line", "column", "value", "reason"])
      for reject in rejected {
        try writer.write([reject.file, String(reject.line), String(reject.column), reject.value, reject.reason])
      }
      try file.commit()
    } catch {
      throw Failure("\(error)")
    }
  }

  /// The words that an empty register lacks: those of the England seeds.
  private func vocabulary() throws -> [Change] {
    EmbeddedFiles.all.filter { $0.name.hasSuffix("-vocabulary.csv") }
      .flatMap { ChangeFile(name: $0.name, reader: CSVReader(literal: $0.contents)).changes }
  }
}
