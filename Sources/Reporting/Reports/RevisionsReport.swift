package import RegistryStorage

/// The log as a table, newest revision first.
package struct RevisionsReport {
  package let table: DataTable

  /// - Parameter files: If given, each file that a revision was read from has a row, and each revision without files.
  package init(_ revisions: [Revision], files: [Int64: [RevisionFile]]? = nil) {
    let numbers: Set = ["revision", "rows", "lines", "rejects"]
    let columns = ["revision", "recorded_at", "actor", "command", "reason", "rows"]
    let fileColumns = files == nil ? [] : ["file", "sha256", "lines", "rejects"]
    table = DataTable(
      columns: (columns + fileColumns).map { DataTable.Column($0, isNumber: numbers.contains($0)) },
      rows: revisions.reversed().flatMap { revision in
        let row = Self.row(revision)
        guard let files else { return [row] }
        guard let read = files[revision.number] else { return [row + fileColumns.map { _ in nil }] }
        return read.map { row + Self.row($0) }
      })
  }

  private static func row(_ revision: Revision) -> [String?] {
    [
      String(revision.number), revision.recordedAt, revision.actor, revision.command,
      revision.reason.isEmpty ? nil : revision.reason, String(revision.rowCount),
    ]
  }

  private static func row(_ file: RevisionFile) -> [String?] {
    [file.name, file.sha256, String(file.lineCount), String(file.rejectCount)]
  }
}
