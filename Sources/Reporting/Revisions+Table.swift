import Storage

extension DataTable {
  /// Revisions, with the columns of the log.
  public init(_ revisions: [Revision]) {
    self.init(
      columns: [
        Column("revision", isNumber: true), Column("recorded_at"), Column("actor"), Column("command"),
        Column("reason"), Column("rows", isNumber: true),
      ],
      rows: revisions.map { revision in
        [
          String(revision.number), revision.recordedAt, revision.actor, revision.command, revision.reason,
          String(revision.rowCount),
        ]
      })
  }
}
