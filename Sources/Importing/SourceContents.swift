import Formats
import RegistryStorage

/// What stands in a file of one form, ready to be held against the register.
protocol SourceContents {
  /// Rows, or records; known when all was reported.
  var lineCount: Int { get }
  /// Rows that could not be read.
  var rejects: [Reject] { get }
  /// Records of which the register keeps nothing.
  var passedOverCount: Int { get }
  /// What makes the copy doubtful.
  var doubts: [String] { get }
  /// The latest day of which the file speaks that has come; nil: it speaks of none.
  var latestDay: Day? { get }
  /// Whose codes name the bodies.
  var scheme: String { get }
  /// What tells the source from others of the same form and day, as part of its key.
  var stem: String { get }
  /// How the source is cited, without the day.
  var title: String { get }
  var instrument: Citation.Instrument { get }

  /// Says all rows to `reconciler`.
  /// - Returns: what is worth telling, in sentences.
  mutating func report(
    to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options
  ) throws -> [String]
}

extension SourceContents {
  var doubts: [String] { [] }
  var passedOverCount: Int { 0 }
  var scheme: String { "ods" }
  var instrument: Citation.Instrument { .odsRecord }
}

extension ImportFormat {
  /// Reads a file; one that is read as a stream only up to its first record.
  /// - Parameters:
  ///   - bytes: the file as it is.
  ///   - text: the same in UTF-8.
  func read(
    _ name: String, _ bytes: PeekedSource, _ text: UTF8Source, _ options: ImportedFile.Options
  ) throws(ODSFile.Refusal) -> any SourceContents {
    switch self {
    case .odsCSV:
      let file = try ODSFile(name: name, reader: CSVReader(text), acceptingDamage: options.acceptsDamage)
      return BodiesContents(file, kind: options.kind)
    case .odsMembership: return try ODSMembership(name: name, reader: CSVReader(text))
    case .odsSuccession: return try ODSSuccession(name: name, reader: CSVReader(text))
    case .onsCodeHistory: return try ONSCodeHistory(name: name, bytes: try wholeText(text, name))
    case .onsLookup: return try ONSLookup(name: name, reader: CSVReader(text), issued: options.issued)
    case .odsXML: return RegisterContents(try ODSXMLFile(name: name, source: bytes))
    }
  }
}

/// A text that must be seen as a whole.
private func wholeText(_ source: UTF8Source, _ name: String) throws(ODSFile.Refusal) -> [UInt8] {
  let limit = 256 << 20
  var text: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while text.count <= limit {
    do {
      let count = try source.read(into: &buffer, at: buffer.indices)
      if count == 0 { return text }
      text += buffer[..<count]
    } catch {
      throw ODSFile.Refusal("\(error); nothing was changed")
    }
  }
  throw ODSFile.Refusal("\(name): larger than 256 MB, which no file of this form is; nothing was changed")
}

private struct BodiesContents: SourceContents {
  private let file: ODSFile
  private let bodies: ODSBodies
  private let kind: String?

  init(_ file: ODSFile, kind: String?) {
    self.file = file
    self.kind = kind
    bodies = ODSBodies(file, kind: kind)
  }

  var lineCount: Int { file.lineCount }
  var rejects: [Reject] { file.rejects }
  var doubts: [String] { file.doubts }
  var latestDay: Day? { file.latestDay }
  var title: String { "Organisation Data Service, file of \(bodies.sort.rawValue)" }

  var stem: String {
    switch bodies.sort {
    case .commissioners: "eccg"
    case .practices: "epraccur"
    case .trusts: "etr"
    case .other: kind ?? "bodies"
    }
  }

  func report(to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options) -> [String] {
    bodies.report(to: &reconciler, createMissing: options.createsMissing)
    let sorts = bodies.rowsOfKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    return [sorts] + (file.trimmedFields > 0 ? ["blanks were cut off \(file.trimmedFields) fields"] : [])
  }
}

extension ODSMembership: SourceContents {
  var stem: String { "epcmem" }
  var title: String { "Organisation Data Service, file of memberships (epcmem)" }

  func report(to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options) -> [String] {
    report(to: &reconciler, createMissing: options.createsMissing)
    return []
  }
}

extension ODSSuccession: SourceContents {
  var stem: String { "succ" }
  var title: String { "Organisation Data Service, file of successions (succ)" }

  func report(
    to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options
  ) throws -> [String] {
    report(to: &reconciler, known: try KnownSuccessions(registry), createMissing: options.createsMissing)
    let figures = figures
    return [
      "\(figures.toThemselves) rows of a code to itself, \(figures.withSeveralSuccessors) codes with several "
        + "successors, \(figures.withSeveralPredecessors) with several predecessors"
    ]
  }
}

/// A file that is read as a stream; it cannot be copied, and so neither can this.
private final class RegisterContents: SourceContents {
  private var file: ODSXMLFile
  private var register = ODSRegister()

  init(_ file: consuming ODSXMLFile) { self.file = file }

  var lineCount: Int { register.lineCount }
  var rejects: [Reject] { register.rejects }
  var passedOverCount: Int { register.passedOverCount }
  var latestDay: Day? { file.manifest.publicationDate }
  var stem: String { "register" }
  var title: String { "Organisation Data Service, reference data (HSCOrgRefData)" }

  func report(
    to reconciler: inout Reconciler, _ registry: Registry, _ options: ImportedFile.Options
  ) throws -> [String] {
    try register.report(&file, to: &reconciler, known: try KnownSuccessions(registry))
  }
}
