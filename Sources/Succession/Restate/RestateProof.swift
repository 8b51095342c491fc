package import RegistryFormats
package import RegistryStorage

/// Shows that nothing was lost: what went in, what came out, and what did not come out and why.
///
/// 1. In every total, `incoming` is exactly `outgoing` plus `unmapped`.
/// 2. `unmapped` of a total is the sum of that total over `missing`.
package struct RestateProof: Sendable {
  package struct Total: Sendable {
    package let name: String
    package var incoming: ExactDecimal
    package var outgoing: ExactDecimal
    package var unmapped: ExactDecimal
    /// Cells without a value.
    package var blankCount: Int
    /// The number of decimals that are always shown.
    package var decimals: Int

    package var isBalanced: Bool { outgoing.adding(unmapped)?.scaled(to: incoming.scale) == incoming }
  }

  /// What did not come out.
  package struct Missing: Sendable {
    package let code: String
    package let reason: String
    package let rowCount: Int
    /// Whether only part of the code's territory is missing.
    package let isPart: Bool
    /// In the order of the totals.
    package let amounts: [ExactDecimal]
  }

  package var file: String
  package var register: String
  package var revision: Int64
  package var from: String
  package var to: Day
  package var rowsIn = 0
  package var rowsOut = 0
  /// Rows that came out whole.
  package var rowsMapped = 0
  /// Rows that came out in part.
  package var rowsPartlyUnmapped = 0
  package var rowsUnmapped = 0
  /// Rows whose code was read outside its dates.
  package var rowsLate = 0
  package var lateCodes: [String] = []
  /// Rows that were divided by shares that are not counts of units.
  package var rowsProportional = 0
  package var totals: [Total] = []
  package var missing: [Missing] = []
  /// The schemes and partitions of the codes, with the number of rows of each.
  package var origins: [(name: String, rowCount: Int)] = []
  package var bases: [(name: String, rowCount: Int)] = []
  package var events: [String] = []
  package var warnings: [String] = []

  package var isComplete: Bool { missing.isEmpty }

  package var text: String {
    var lines = [
      "restated \(file) from \(from) to \(to)",
      "register: \(register), revision \(revision)",
      "rows: \(rowsIn) in, \(rowsOut) out; \(rowsMapped) wholly mapped, \(rowsPartlyUnmapped) in part, "
        + "\(rowsUnmapped) unmapped",
    ]
    for total in totals {
      let blanks = total.blankCount > 0 ? "; \(total.blankCount) blank" : ""
      lines.append(
        "\(total.name): \(total.incoming.text(decimals: total.decimals)) in = "
          + "\(total.outgoing.text(decimals: total.decimals)) out + "
          + "\(total.unmapped.text(decimals: total.decimals)) unmapped\(blanks)")
    }
    func list(_ title: String, _ counts: [(name: String, rowCount: Int)]) {
      if counts.isEmpty { return }
      lines.append("\(title): " + counts.map { "\($0.name) (\(counted($0.rowCount, "row")))" }.joined(separator: ", "))
    }
    list("codes", origins)
    list("bases", bases)
    if !events.isEmpty { lines.append("events: " + events.joined(separator: ", ")) }
    if rowsProportional > 0 { lines.append("divided in proportion: \(counted(rowsProportional, "row"))") }
    if rowsLate > 0 {
      lines.append("codes outside their dates: \(counted(rowsLate, "row")) (\(lateCodes.joined(separator: ", ")))")
    }
    lines += warnings.map { "warning: \($0)" }
    for missing in missing {
      let amounts = zip(totals, missing.amounts).map { total, amount in
        "\(total.name) \(amount.text(decimals: total.decimals))"
      }
      lines.append(
        "unmapped: '\(missing.code)'\(missing.isPart ? " in part" : ""): \(missing.reason): "
          + ([counted(missing.rowCount, "row")] + amounts).joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Amounts are strings, so that no reader rounds them.
  package func write(to sink: any ByteSink) throws(WriteError) {
    var writer = JSONWriter(sink)
    try writer.write(json)
  }

  private var json: JSONValue {
    func member(_ name: String, _ value: JSONValue) -> JSONValue.Member { JSONValue.Member(name, value) }
    func counts(_ counts: [(name: String, rowCount: Int)], _ name: String) -> JSONValue {
      .array(
        counts.map {
          .object([member(name, .string($0.name)), member("rows", .integer($0.rowCount))])
        })
    }
    func amount(_ amount: ExactDecimal, _ total: Total) -> JSONValue { .string(amount.text(decimals: total.decimals)) }
    return .object([
      member("file", .string(file)), member("register", .string(register)),
      member("revision", .integer(Int(clamping: revision))), member("from", .string(from)),
      member("to", .string("\(to)")),
      member(
        "rows",
        .object([
          member("in", .integer(rowsIn)), member("out", .integer(rowsOut)), member("mapped", .integer(rowsMapped)),
          member("partly_unmapped", .integer(rowsPartlyUnmapped)), member("unmapped", .integer(rowsUnmapped)),
          member("proportional", .integer(rowsProportional)), member("late", .integer(rowsLate)),
        ])),
      member(
        "totals",
        .array(
          totals.map { total in
            .object([
              member("column", .string(total.name)), member("in", amount(total.incoming, total)),
              member("out", amount(total.outgoing, total)), member("unmapped", amount(total.unmapped, total)),
              member("blank_cells", .integer(total.blankCount)),
            ])
          })),
      member(
        "unmapped",
        .array(
          missing.map { missing in
            .object([
              member("code", .string(missing.code)), member("reason", .string(missing.reason)),
              member("rows", .integer(missing.rowCount)), member("in_part", .bool(missing.isPart)),
              member(
                "totals",
                .object(zip(totals, missing.amounts).map { member($0.name, amount($1, $0)) })),
            ])
          })),
      member("codes", counts(origins, "from")), member("bases", counts(bases, "basis")),
      member("events", .array(events.map { .string($0) })),
      member("late_codes", .array(lateCodes.map { .string($0) })),
      member("warnings", .array(warnings.map { .string($0) })),
    ])
  }
}
