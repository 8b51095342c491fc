package import RegistryFormats
package import RegistryStorage

/// Shows that nothing was lost: what went in, what came out, and what did not come out and why.
///
/// Kept here:
/// 1. In every total, `incoming` is exactly `outgoing` plus `unmapped` plus `withheld`.
/// 2. `unmapped` of a total is the sum of that total over `missing`.
package struct RestateProof: Sendable {
  package struct Total: Sendable {
    package let name: String
    package var incoming = ExactDecimal(digits: 0, scale: 0)
    package var outgoing = ExactDecimal(digits: 0, scale: 0)
    package var unmapped = ExactDecimal(digits: 0, scale: 0)
    /// What was left blank because its target is partial.
    package var withheld = ExactDecimal(digits: 0, scale: 0)
    /// Cells without a value.
    package var blankCount = 0
    /// The number of decimals that are always shown.
    package var decimals = 0

    init(name: String) { self.name = name }

    package var isBalanced: Bool {
      outgoing.adding(unmapped)?.adding(withheld)?.scaled(to: incoming.scale) == incoming
    }
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

  /// A target of which bodies are missing in the file, on days on which the same are missing.
  package struct Partial: Sendable {
    package let code: String
    /// The column with amounts in which they are missing. Nil if it is the same in all.
    package let column: String?
    /// The codes of the bodies that are missing.
    package let missing: [String]
    /// How many bodies the target consists of.
    package let bodyCount: Int
    package var days: Set<Day>
    /// The smallest share of the target that is covered on one of the days.
    package var coverage: Double

    /// The share with six decimals. It is below 1 if anything is missing.
    static func text(_ coverage: Double) -> String {
      let digits = Int128((coverage * 1_000_000).rounded())
      return ExactDecimal(digits: coverage < 1 ? min(digits, 999_999) : digits, scale: 6).text(decimals: 0)
    }

    var text: String {
      let place = column.map { " in '\($0)'" } ?? ""
      let span = [days.min(), days.max()].compactMap { $0.map { "\($0)" } }
      let shown =
        days.count == 1 ? "on \(span[0])" : "or more on \(days.count) days, \(span.joined(separator: " to "))"
      return "\(code) is partial\(place): \(bodyCount - missing.count) of \(counted(bodyCount, "body", "bodies")); "
        + "\(missing.joined(separator: " ")) missing; covered \(Self.text(coverage)) \(shown)"
    }
  }

  /// Values that are missing in the rows of a target.
  package struct Lack: Sendable {
    package let code: String
    package let column: String
    package let count: Int
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
  /// Rows with mistakes, which count as unmapped.
  package var rowsPassedOver = 0
  /// How the file was read, as sentences.
  package var remarks: [String] = []
  /// How many values are missing in what the targets are made of, by code of the target and amount column.
  package var lacks: [Lack] = []
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
  package var partial: [Partial] = []
  /// Whether nothing was written, because targets are partial.
  package var isRejected = false

  /// Whether more than a share of any total is unmapped. Without tolerance, nothing may be.
  package func loses(more tolerance: Double) -> Bool {
    guard tolerance > 0 else { return !missing.isEmpty }
    return totals.indices.contains { index in
      let lost = missing.reduce(0) { $0 + $1.amounts[index].magnitude }
      return lost > tolerance * totals[index].incoming.magnitude
    }
  }

  package var text: String {
    var lines = [
      "restated \(file) from \(from) to \(to)",
      "register: \(register), revision \(revision)",
      "rows: \(rowsIn) in, \(rowsOut) out; \(rowsMapped) wholly mapped, \(rowsPartlyUnmapped) in part, "
        + "\(rowsUnmapped) unmapped" + (rowsPassedOver > 0 ? ", of which \(rowsPassedOver) passed over" : ""),
    ]
    lines += remarks.map { "read: \($0)" }
    for total in totals {
      let withheld = total.withheld.digits == 0 ? "" : " + \(total.withheld.text(decimals: total.decimals)) withheld"
      let blanks = total.blankCount > 0 ? "; \(total.blankCount) blank" : ""
      lines.append(
        "\(total.name): \(total.incoming.text(decimals: total.decimals)) in = "
          + "\(total.outgoing.text(decimals: total.decimals)) out + "
          + "\(total.unmapped.text(decimals: total.decimals)) unmapped\(withheld)\(blanks)")
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
    lines += partial.map(\.text)
    lines += lackText
    if isRejected { lines.append("nothing was written, because targets are partial") }
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

  private static let shownLacks = 10

  private var lackText: [String] {
    let shown = lacks.prefix(Self.shownLacks).map { "\($0.code) \($0.count) in '\($0.column)'" }
    guard !shown.isEmpty else { return [] }
    let rest = lacks.count - shown.count
    return ["values are missing: " + (shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: ", ")]
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
          member("passed_over", .integer(rowsPassedOver)),
        ])),
      member(
        "totals",
        .array(
          totals.map { total in
            .object([
              member("column", .string(total.name)), member("in", amount(total.incoming, total)),
              member("out", amount(total.outgoing, total)), member("unmapped", amount(total.unmapped, total)),
              member("withheld", amount(total.withheld, total)), member("blank_cells", .integer(total.blankCount)),
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
      member("partial", .array(partial.map(json))),
      member(
        "missing_values",
        .array(
          lacks.map {
            .object([
              member("code", .string($0.code)), member("column", .string($0.column)),
              member("values", .integer($0.count)),
            ])
          })),
      member("reading", .array(remarks.map { .string($0) })),
      member("codes", counts(origins, "from")), member("bases", counts(bases, "basis")),
      member("events", .array(events.map { .string($0) })),
      member("late_codes", .array(lateCodes.map { .string($0) })),
      member("warnings", .array(warnings.map { .string($0) })),
    ])
  }

  private func json(_ partial: Partial) -> JSONValue {
    func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return .object([
      JSONValue.Member("code", .string(partial.code)),
      JSONValue.Member("column", partial.column.map { .string($0) } ?? .null),
      JSONValue.Member("bodies", .integer(partial.bodyCount)), JSONValue.Member("missing", strings(partial.missing)),
      JSONValue.Member("coverage", .string(Partial.text(partial.coverage))),
      JSONValue.Member("days", strings(partial.days.sorted().map { "\($0)" })),
    ])
  }
}

extension ExactDecimal {
  /// About how large the number is, without its sign.
  fileprivate var magnitude: Double { Double(digits.magnitude) / Double(ExactDecimal.powerOfTen(scale)) }
}
