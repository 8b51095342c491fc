package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// A file of the Code History Database of the Office for National Statistics: the history of areas (ChangeHistory, in
/// CSV or JSON), which areas followed which (Changes), or which code an area has elsewhere (Equivalents).
///
/// Kept here:
/// 1. The column names tell which of the three it is. Any other file is refused.
package struct ONSCodeHistory {
  private enum Contents {
    case history(ONSHistory)
    case changes(ONSChanges)
    case equivalents(ONSEquivalents)
  }

  package let name: String
  private let contents: Contents

  package init(name: String, bytes: [UInt8]) throws(Refusal) {
    self.name = name
    if Self.isJSON(bytes) {
      contents = .history(try ONSHistory(name: name, json: bytes))
      return
    }
    var table = try ONSTable(name: name, reader: CSVReader(bytes: bytes))
    switch Self.table(of: table.header) {
    case .history: contents = .history(try ONSHistory(&table))
    case .changes: contents = .changes(try ONSChanges(&table))
    case .equivalents: contents = .equivalents(try ONSEquivalents(&table))
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

extension ONSCodeHistory: ONSContents {
  package var stem: String {
    switch contents {
    case .history: "history"
    case .changes: "changes"
    case .equivalents: "equivalents"
    }
  }

  package var title: String { "Office for National Statistics, Code History Database, \(stem)" }
  package var instrument: Citation.Instrument { .codeHistory }

  package var rejects: [Reject] {
    switch contents {
    case .history(let file): file.rejects
    case .changes(let file): file.rejects
    case .equivalents(let file): file.rejects
    }
  }

  package var lineCount: Int {
    let rows =
      switch contents {
      case .history(let file): file.rows.count
      case .changes(let file): file.rows.count
      case .equivalents(let file): file.rows.count
      }
    return rows + rejects.count
  }

  package var latestDay: Day? {
    let days: [Day] =
      switch contents {
      case .history(let file): file.rows.flatMap { [$0.period.start, $0.period.lastDay].compactMap(\.self) }
      case .changes(let file): file.rows.map(\.day)
      case .equivalents(let file): file.rows.flatMap { [$0.period.start, $0.period.lastDay].compactMap(\.self) }
      }
    return days.filter { $0 <= Moment.today }.max()
  }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws(DatabaseError) -> [String] {
    let passedOver: [String: Int]
    switch contents {
    case .history(let file):
      if options.createsMissing { file.makeParents(in: &reconciler) }
      let lives = ONSLives(file.rows)
      reconciler.enter(lives.lives)
      for stretch in lives.stretches() { reconciler.judge(stretch) }
      passedOver = file.passedOver
    case .changes(let file):
      file.reconcile(with: &reconciler, known: try KnownSuccessions(registry))
      passedOver = file.passedOver
    case .equivalents(let file):
      file.reconcile(with: &reconciler)
      passedOver = file.passedOver
    }
    guard !passedOver.isEmpty else { return [] }
    let counts = passedOver.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
    return ["passed over, because the register has no such kinds of bodies: \(counts.joined(separator: ", "))"]
  }
}

extension ONSHistory {
  /// Makes the parents that the register lacks, for as long as the rows show them.
  func makeParents(in reconciler: inout Reconciler) {
    var stubs = Stubs()
    for row in rows {
      guard let parent = row.parent,
        let stage = ONSEntity.stages(of: parent).last(where: { $0.period.overlaps(row.period) })
      else { continue }
      stubs.add(parent, stage.kind(on: row.period.start), row.period.start, row.period.lastDay, line: row.line)
    }
    stubs.make(in: &reconciler)
  }
}
