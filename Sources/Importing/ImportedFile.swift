import Formats
import Storage

/// One file, held against the register: what it would add, where it differs, and what was rejected.
///
/// Kept here:
/// 1. Every row of the file is counted once: new, the same, differing, or rejected.
public struct ImportedFile {
  public struct Options: Sendable {
    public var policy = Reconciler.Policy.keep
    /// The day of issue; nil: the latest day of which the file speaks that has come.
    public var issued: Day?
    public var acceptsDamage = false
    public var createsMissing = false
    /// The kind of all bodies of the file; nil: told from its contents.
    public var kind: String?

    public init() {}
  }

  public let name: String
  public let sha256: String
  public let format: ImportFormat
  public let lineCount: Int
  public let newRows: Int
  public let sameRows: Int
  public let differingRows: Int
  public let rejects: [Reject]
  public let findings: [Reconciler.Finding]
  public let missing: [String]
  /// What makes the copy doubtful.
  public let doubts: [String]
  /// What else is worth telling, in sentences.
  public let remarks: [String]
  public let changes: [Change]

  /// - Parameters:
  ///   - vocabulary: definitions of the schemes and kinds that an empty register lacks.
  public init(
    _ name: String, bytes: [UInt8], as format: ImportFormat, against registry: Registry, _ options: Options,
    vocabulary: @autoclosure () -> [Change]
  ) throws {
    let words = try registry.kinds().isEmpty ? vocabulary() : []
    let source: Contents
    switch format {
    case .odsCSV:
      source = .bodies(
        try ODSFile(name: name, reader: CSVReader(bytes: bytes), acceptingDamage: options.acceptsDamage))
    case .odsMembership: source = .memberships(try ODSMembership(name: name, reader: CSVReader(bytes: bytes)))
    case .odsSuccession: source = .successions(try ODSSuccession(name: name, reader: CSVReader(bytes: bytes)))
    }
    let issued = options.issued ?? source.latestDay ?? Moment.today
    let citation = "\(format.rawValue)-\(source.stem(options))-\(issued)"
    var reconciler = try Reconciler(
      registry, file: name, issued: issued, source: citation, policy: options.policy)
    let told = try source.report(to: &reconciler, registry, options)

    self.name = name
    self.format = format
    sha256 = SHA256.hex(of: bytes)
    lineCount = source.lineCount
    (newRows, sameRows, differingRows) = (reconciler.newRows, reconciler.sameRows, reconciler.differingRows)
    rejects = source.rejects + reconciler.rejects
    findings = reconciler.findings
    missing = reconciler.missing
    doubts = source.doubts
    remarks =
      ["taken as issued on \(issued)" + (options.issued == nil ? " (say --issued if it was another day)" : "")] + told
    // Nothing but the citation of a file that says nothing new is nothing.
    changes =
      reconciler.changes.isEmpty
      ? [] : words + [Change(.source(key: citation, source.citation(issued, options)))] + reconciler.changes
  }

  /// What the log remembers of the file.
  public var revisionFile: RevisionFile {
    RevisionFile(name: name, sha256: sha256, lineCount: lineCount, rejectCount: rejects.count)
  }
}

/// What stands in a file, by its form.
private enum Contents {
  case bodies(ODSFile)
  case memberships(ODSMembership)
  case successions(ODSSuccession)

  var latestDay: Day? {
    switch self {
    case .bodies(let file): file.latestDay
    case .memberships(let file): file.latestDay
    case .successions(let file): file.latestDay
    }
  }

  var lineCount: Int {
    switch self {
    case .bodies(let file): file.lineCount
    case .memberships(let file): file.lineCount
    case .successions(let file): file.lineCount
    }
  }

  var rejects: [Reject] {
    switch self {
    case .bodies(let file): file.rejects
    case .memberships(let file): file.rejects
    case .successions(let file): file.rejects
    }
  }

  var doubts: [String] {
    if case .bodies(let file) = self { file.doubts } else { [] }
  }

  /// What tells the source from others of the same form and day.
  func stem(_ options: ImportedFile.Options) -> String {
    switch self {
    case .bodies(let file):
      switch ODSBodies(file, kind: options.kind).sort {
      case .commissioners: "eccg"
      case .practices: "epraccur"
      case .trusts: "etr"
      case .other: options.kind ?? "bodies"
      }
    case .memberships: "epcmem"
    case .successions: "succ"
    }
  }

  func citation(_ issued: Day, _ options: ImportedFile.Options) -> Citation {
    let what =
      switch self {
      case .bodies(let file): "file of \(ODSBodies(file, kind: options.kind).sort.rawValue)"
      case .memberships: "file of memberships (epcmem)"
      case .successions: "file of successions (succ)"
      }
    return Citation(title: "Organisation Data Service, \(what) as issued by \(issued)", instrument: .odsRecord)
  }

  /// Says all rows to `reconciler`.
  /// - Returns: what is worth telling.
  func report(
    to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options
  ) throws(DatabaseError) -> [String] {
    switch self {
    case .bodies(let file):
      let bodies = ODSBodies(file, kind: options.kind)
      bodies.report(to: &reconciler)
      let sorts = bodies.rowsOfKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
      return [sorts] + (file.trimmedFields > 0 ? ["blanks were cut off \(file.trimmedFields) fields"] : [])
    case .memberships(let file):
      file.report(to: &reconciler, createMissing: options.createsMissing)
      return []
    case .successions(let file):
      file.report(
        to: &reconciler, known: try KnownSuccessions(registry), createMissing: options.createsMissing)
      let figures = file.figures
      return [
        "\(figures.toThemselves) rows of a code to itself, \(figures.withSeveralSuccessors) codes with several "
          + "successors, \(figures.withSeveralPredecessors) with several predecessors"
      ]
    }
  }
}
