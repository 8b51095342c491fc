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
  private let rows: [[String]]

  package var rowCount: Int { rows.count }

  /// - Parameter links: the links to write, as the register returns them.
  package init(_ directory: ODSDirectory, _ links: [SuccessionLink]) {
    let said = links.filter { $0.nature != .territory && $0.day <= directory.day }
    let succeeded = Set(said.map(\.predecessor))
    func indicator(_ successor: OrganisationID) -> String {
      if succeeded.contains(successor) { return "F" }
      let hasClosed = directory.bodies[successor]?.operation.map(directory.hasEnded) ?? false
      return hasClosed ? "X" : ""
    }
    var seen: Set<[String]> = []
    rows = said.compactMap { link -> (old: String, new: String, link: SuccessionLink)? in
      guard let old = directory.bodies[link.predecessor]?.code(on: link.day.previous),
        let new = directory.bodies[link.successor]?.code(on: link.day), old != new,
        seen.insert([old, new, link.day.description]).inserted
      else { return nil }
      return (old, new, link)
    }
    .sorted { ($0.old, $0.link.day, $0.new) < ($1.old, $1.link.day, $1.new) }
    .map { [$0.old, $0.new, Self.reason($0.link.type), $0.link.day.compact, indicator($0.link.successor)] }
  }

  package func write(to sink: any ByteSink) throws(WriteError) { try ODSFileExport.write(rows, to: sink) }

  private static func reason(_ type: EventType) -> String {
    switch type {
    case .merger, .absorption, .split: "R"
    case .reclassification: "O"
    default: ""
    }
  }
}
