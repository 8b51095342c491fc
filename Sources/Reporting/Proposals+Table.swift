import RegistryFormats
package import RegistryStorage

extension DataTable {
  /// What is proposed.
  /// - Parameter remarks: what deserves attention, by proposal.
  package static func proposals(_ proposals: [Change], _ remarks: [String: String]) -> DataTable {
    DataTable(
      columns: ["proposal", "planned_for", "title", "note", "remark"],
      rows: proposals.compactMap { change in
        change.content.proposal.map {
          [$0.key, $0.detail.day.description, $0.detail.title, change.note, remarks[$0.key]]
        }
      })
  }
}
