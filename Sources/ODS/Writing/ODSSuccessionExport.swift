package import RegistryFormats
package import RegistryStorage

/// Who succeeded whom, as the five-column file of the Organisation Data Service: old code, new code, reason, first day
/// of the successor, and what became of the successor.
///
/// Kept here:
/// 1. A row is a link between two codes. A body without a code has no row, nor has a body that keeps its code in a new
///    form, nor has territory that moves although no body succeeds another.
/// 2. The reason is `R` (reconfiguration) or `O` (another type of organisation) if the event says so, otherwise blank.
/// 3. The indicator is `F` if by the day of issue the successor was itself succeeded, and `X` if it only closed.
package struct ODSSuccessionExport {
  private struct Row: Hashable {
    let old: String
    let new: String
    let reason: String
    let day: Day
    let successor: Int64
  }

  private let directory: ODSDirectory
  private let rows: [Row]
  private let succeeded: Set<Int64>

  package var rowCount: Int { rows.count }

  /// - Parameter links: the links to write, as the register returns them.
  package init(_ directory: ODSDirectory, _ links: [SuccessionLink]) {
    self.directory = directory
    let said = links.filter { $0.nature != .territory && $0.day <= directory.day }
    succeeded = Set(said.map(\.predecessor))
    var seen: Set<[String]> = []
    rows = said.compactMap { link -> Row? in
      guard let old = directory.bodies[link.predecessor]?.code(on: link.day.previous),
        let new = directory.bodies[link.successor]?.code(on: link.day), old != new,
        seen.insert([old, new, link.day.description]).inserted
      else { return nil }
      return Row(old: old, new: new, reason: Self.reason(link.type), day: link.day, successor: link.successor)
    }
    .sorted { ($0.old, $0.day, $0.new) < ($1.old, $1.day, $1.new) }
  }

  package func write(to sink: any ByteSink) throws(WriteError) {
    var options = CSVWriter.Options()
    (options.lineEnd, options.quoting) = (.crlf, .all)
    var writer = CSVWriter(sink, options: options)
    for row in rows {
      let fields = [
        row.old, row.new, row.reason, row.day.description.replacing("-", with: ""), indicator(row.successor),
      ]
      try writer.write(fields)
    }
  }

  private static func reason(_ type: EventType) -> String {
    switch type {
    case .merger, .absorption, .split: "R"
    case .reclassification: "O"
    default: ""
    }
  }

  private func indicator(_ successor: Int64) -> String {
    if succeeded.contains(successor) { return "F" }
    let hasClosed = directory.bodies[successor]?.operation.map(directory.hasEnded) ?? false
    return hasClosed ? "X" : ""
  }
}
