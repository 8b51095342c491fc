package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// One file, held against the register: what it would add, where it differs, and what was rejected.
///
/// Kept here:
/// 1. Every row of the file is counted once: new, the same, differing, rejected, or passed over.
package struct ImportedFile {
  package let name: String
  package let sha256: String
  package let format: ImportFormat
  package let lineCount: Int
  package let newRows: Int
  package let sameRows: Int
  package let differingRows: Int
  /// How many records are of no use to the register.
  package let passedOverCount: Int
  package let rejects: [Reject]
  package let findings: [Reconciler.Finding]
  package let missing: [String]
  /// What makes the copy doubtful.
  package let doubts: [String]
  /// What else is worth telling, in sentences.
  package private(set) var remarks: [String]
  package var changes: [Change]

  /// Why the file was taken for `format`. Nil if the form was named.
  package let reasonForFormat: String?
  package let encoding: UTF8Source.Encoding

  /// Reads a file to its end.
  /// - Parameters:
  ///   - form: Without it, the contents tell the form.
  ///   - vocabulary: definitions of the schemes and kinds that an empty register lacks.
  /// - Throws: `Refusal`, `FileError` or `DatabaseError`. Nothing of the file counts then.
  package init(
    _ name: String, _ source: any ByteSource, as form: ImportFormat?, against registry: Registry,
    _ options: ImportOptions,
    vocabulary: @autoclosure () -> [Change]
  ) throws {
    let hashed = HashingSource(source)
    let beginning = try PeekedSource(hashed, length: 1 << 16)
    let found = form == nil ? ImportFormat.detect(beginning.prefix) : nil
    guard let format = form ?? found?.format else {
      throw Refusal(
        "\(name): this is none of the forms that are known (\(ImportFormat.names)): name one instead of auto; "
          + "nothing was changed")
    }
    let text = UTF8Source(beginning, path: name)
    var contents = try format.read(name, beginning, text, options)
    let stated = options.issued ?? contents.statedIssue
    let issue = Issue(
      "\(format.rawValue)-\(contents.stem)", stated ?? contents.latestDay ?? Moment.today, isDated: stated != nil)
    let words = try registry.kinds().isEmpty ? vocabulary() : []
    var reconciler = try Reconciler(
      registry, file: name, issue, scheme: contents.scheme, policy: options.policy, vocabulary: words)
    let told = try contents.reconcile(with: &reconciler, registry, options)

    self.name = name
    self.format = format
    reasonForFormat = found?.reason
    encoding = text.encoding
    sha256 = hashed.sha256
    (lineCount, passedOverCount) = (contents.lineCount, contents.passedOverCount)
    (newRows, sameRows, differingRows) = reconciler.verdicts
    rejects = (contents.rejects + reconciler.rejects).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    findings = reconciler.findings.sorted { $0.line < $1.line }
    missing = reconciler.missing
    doubts = contents.doubts + Self.doubts(text, name)
    remarks = [Self.words(issue, isSaid: options.issued != nil)] + told
    if reconciler.lostRelationships > 0 {
      remarks.append(
        "\(reconciler.lostRelationships) relationships to bodies that the register lacks were not entered: import "
          + "those bodies first and this file again, or say --create-missing")
    }
    let cited = Citation(title: issue.title(contents.title), instrument: contents.instrument)
    // A file that says nothing new does not enter its citation either.
    changes = reconciler.takeChanges(after: words + [Change(.source(key: issue.key, cited))])
  }

  /// - Parameter isSaid: whether the user said the day of issue.
  private static func words(_ issue: Issue, isSaid: Bool) -> String {
    if isSaid { return "taken as issued on \(issue.day)" }
    if issue.isDated { return "taken as issued on \(issue.day) (say --issued if it was another day)" }
    return "issued on \(issue.day) or later: say --issued, because only then its names count from a day on"
  }

  private static func doubts(_ text: UTF8Source, _ name: String) -> [String] {
    guard text.encoding == .windows1252 else { return [] }
    return ["\(name): this is not UTF-8: \(text.convertedCount) characters were read as Windows-1252"]
  }

  /// What the log remembers of the file.
  package var revisionFile: RevisionFile {
    RevisionFile(name: name, sha256: sha256, lineCount: lineCount, rejectCount: rejects.count)
  }
}
