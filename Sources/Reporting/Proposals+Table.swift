import RegistryFormats
package import RegistryStorage

extension DataTable {
  /// What is proposed.
  package static func proposals(_ proposals: [Change]) -> DataTable {
    DataTable(
      columns: ["proposal", "planned_for", "title", "note"],
      rows: proposals.compactMap { change in
        change.content.proposal.map { [$0.key, $0.detail.day.description, $0.detail.title, change.note] }
      })
  }
}
