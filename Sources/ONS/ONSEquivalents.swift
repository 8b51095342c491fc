import RegistryFormats
import Reconcile
import RegistryStorage

/// Which code an area has elsewhere (Equivalents): its ODS code says which body it is.
///
/// Kept here:
/// 1. Rows without an ODS code say nothing about a body: they are counted and passed over.
struct ONSEquivalents {
  struct Row {
    let line: Int
    let code: String
    /// The ODS code.
    let health: String
    let period: Period
  }

  static let columns = ["GEOGCD", "GEOGCDH", "OPER_DATE", "TERM_DATE"]

  private(set) var rows: [Row] = []
  /// The column of the code, counted from 1.
  let codeColumn: Int
  private(set) var rejects: [Reject] = []
  private(set) var passedOver: [String: Int] = [:]

  /// Reads the rest of Equivalents.csv.
  init(_ table: inout ONSTable) throws(Refusal) {
    let (code, health) = (table.column("GEOGCD"), table.column("GEOGCDH"))
    codeColumn = (code ?? 0) + 1
    let (first, last) = (table.column("OPER_DATE"), table.column("TERM_DATE"))
    while try table.next() {
      let (ons, ods, end) = (table.text(code), table.text(health), table.text(last))
      if let flaw = ONSEntity.flaw(of: ons) {
        rejects.append(table.reject(code, ons, flaw))
      } else if !ONSEntity.isKnown(ons) || ods.isEmpty {
        passedOver[ONSEntity.of(ons) + (ods.isEmpty ? " without an ODS code" : ""), default: 0] += 1
      } else if let flaw = CodeDamage.flaw(ofODSCode: ods) {
        rejects.append(table.reject(health, ods, flaw))
      } else if let firstDay = Day(statistical: table.text(first)), end.isEmpty || Day(statistical: end) != nil {
        rows.append(
          Row(line: table.line, code: ons, health: ods, period: Period(from: firstDay, through: Day(statistical: end))))
      } else {
        let isFirst = Day(statistical: table.text(first)) == nil
        let text = isFirst ? table.text(first) : end
        rejects.append(table.reject(isFirst ? first : last, text, "'\(text)' is not a date (dd/mm/yyyy)"))
      }
    }
    rejects += table.rejects
  }

  /// Holds all rows against the register.
  func reconcile(with reconciler: inout Reconciler) {
    for row in rows {
      reconciler.judge { reconciler in
        let pair = SourceRecord.CodePair(
          line: row.line, ons: row.code, ods: row.health, period: row.period, since: .stated)
        if reconciler.match(pair).isEmpty { reconciler.reject(row.line, missing: row.code, column: codeColumn) }
      }
    }
  }
}
