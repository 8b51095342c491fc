import RegistryFormats
import Reconcile
import RegistryStorage

/// Which code an area has elsewhere (Equivalents): its ODS code says which body it is.
///
/// Kept here:
/// 1. Rows without an ODS code say nothing about a body: they are counted and passed over.
struct ONSEquivalents: ONSCodeTable {
  static let columns = ["GEOGCD", "GEOGCDH", "OPER_DATE", "TERM_DATE"]

  private(set) var rows: [SourceRecord.CodePair] = []
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
      let (ons, ods) = (table.text(code), table.text(health))
      if let flaw = ONSEntity.flaw(of: ons) {
        rejects.append(table.reject(code, ons, flaw))
      } else if !ONSEntity.isKnown(ons) || ods.isEmpty {
        passedOver[ONSEntity.of(ons) + (ods.isEmpty ? " without an ODS code" : ""), default: 0] += 1
      } else if let flaw = CodeDamage.flaw(ofODSCode: ods) {
        rejects.append(table.reject(health, ods, flaw))
      } else if let period = table.period(from: first, through: last, &rejects) {
        rows.append(SourceRecord.CodePair(line: table.line, ons: ons, ods: ods, period: period, since: .stated))
      }
    }
    rejects += table.rejects
  }

  var rowCount: Int { rows.count }
  var days: [Day] { rows.flatMap { [$0.period.start, $0.period.lastDay].compactMap(\.self) } }

  func reconcile(with reconciler: inout Reconciler, _ registry: Registry, createMissing: Bool) {
    for row in rows {
      reconciler.judge { reconciler in
        guard reconciler.match(row).isEmpty else { return }
        reconciler.reject(row.line, missing: row.ons ?? "", column: codeColumn, way: .otherFile)
      }
    }
  }
}
