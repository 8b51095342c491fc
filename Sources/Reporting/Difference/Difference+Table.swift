import RegistryFormats
package import RegistryStorage

extension Difference {
  /// What opens, changes and ends, a row each.
  package var table: DataTable {
    var table = DataTable(columns: ["action", "table", "key", "before", "after"])
    table.rows = rows.map { [$0.action.rawValue, $0.table, $0.key, $0.before, $0.after] }
    if newIdentities > 0 {
      table.notes.append(counted(newIdentities, "new word or identity", "new words and identities"))
    }
    if unitRows > 0 { table.notes.append("\(counted(unitRows, "row")) about units") }
    return table
  }
}
