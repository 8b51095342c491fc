import Formats
package import RegistryStorage

extension DataTable {
  /// Events that are planned, with the command that would record each.
  package static func plans(_ plans: [Change]) -> DataTable {
    DataTable(
      columns: ["event", "planned_for", "command", "note"].map { DataTable.Column($0) },
      rows: plans.compactMap { plan in
        guard case .plan(let key, let day, let words) = plan.content else { return nil }
        return [key.replacing("/plan", with: ""), day.description, words.shellWords, plan.note]
      })
  }
}
