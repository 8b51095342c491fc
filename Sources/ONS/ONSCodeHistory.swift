package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// A file of the Code History Database of the Office for National Statistics: the history of areas (ChangeHistory, in
/// CSV or JSON), which areas followed which (Changes), or which code an area has elsewhere (Equivalents).
///
/// Kept here:
/// 1. The column names tell which of the three it is. Any other file is refused.
package struct ONSCodeHistory {
  package let stem: String
  private let contents: any ONSCodeTable

  package init(name: String, bytes: [UInt8]) throws(Refusal) {
    if Self.isJSON(bytes) {
      (stem, contents) = ("history", try ONSHistory(name: name, json: bytes))
      return
    }
    var table = try ONSTable(name: name, reader: CSVReader(bytes: bytes))
    switch Self.table(of: table.header) {
    case .history: (stem, contents) = ("history", try ONSHistory(&table))
    case .changes: (stem, contents) = ("changes", try ONSChanges(&table))
    case .equivalents: (stem, contents) = ("equivalents", try ONSEquivalents(&table))
    case nil:
      throw Refusal(
        "\(name): these are not the columns of the Code History Database (ChangeHistory has "
          + "\(ONSHistory.columns.joined(separator: ", ")); Changes \(ONSChanges.columns.joined(separator: ", ")); "
          + "Equivalents \(ONSEquivalents.columns.joined(separator: ", "))); nothing was changed")
    }
  }

  package enum Table: String {
    case history = "ChangeHistory"
    case changes = "Changes"
    case equivalents = "Equivalents"
  }

  /// The table that has these columns. Nil if none has.
  package static func table(of header: [String]) -> Table? {
    let titles = Set(ONSTable.header(of: header).map { $0.uppercased() })
    if titles.isSuperset(of: ONSChanges.columns) { return .changes }
    if titles.isSuperset(of: ONSEquivalents.columns) { return .equivalents }
    if titles.isSuperset(of: ONSHistory.columns) { return .history }
    return nil
  }

  /// Whether a text begins like the form in JSON.
  package static func isJSON(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes.dropFirst(start).first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
  }
}

extension ONSCodeHistory: SourceContents {
  package var scheme: String { "ons" }
  package var title: String { "Office for National Statistics, Code History Database, \(stem)" }
  package var instrument: Citation.Instrument { .codeHistory }
  package var rejects: [Reject] { contents.rejects }
  package var lineCount: Int { contents.rowCount + rejects.count }
  package var latestDay: Day? { contents.days.filter { $0 <= Moment.today }.max() }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws(DatabaseError) -> [String] {
    try contents.reconcile(with: &reconciler, registry, createMissing: options.createsMissing)
    guard !contents.passedOver.isEmpty else { return [] }
    let counts = contents.passedOver.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
    return ["passed over, because the register has no such kinds of bodies: \(counts.joined(separator: ", "))"]
  }
}

/// What a file of the Code History Database holds.
protocol ONSCodeTable {
  var rejects: [Reject] { get }
  var rowCount: Int { get }
  /// The first and last days of the rows.
  var days: [Day] { get }
  /// How many rows say nothing about a body, by the entity of their code.
  var passedOver: [String: Int] { get }

  /// Holds all rows against the register.
  func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, createMissing: Bool
  ) throws(DatabaseError)
}
