import Formats
import RegistryStorage

/// That nothing was lost: what went in, what came out, and what did not and why.
///
/// 1. In every total, `incoming` is exactly `outgoing` plus `unmapped`.
/// 2. `unmapped` of a total is the sum of that total over `missing`.
public struct RestateProof: Sendable {
  public struct Total: Sendable {
    public let name: String
    public var incoming: ExactDecimal
    public var outgoing: ExactDecimal
    public var unmapped: ExactDecimal
    /// Cells without a value.
    public var blankCount: Int
    /// Decimals that are always shown.
    public var decimals: Int

    public var isBalanced: Bool { outgoing.adding(unmapped)?.scaled(to: incoming.scale) == incoming }
  }

  /// What did not come out.
  public struct Missing: Sendable {
    public let code: String
    public let reason: String
    public let rowCount: Int
    /// Whether only part of the code's territory is missing.
    public let isPart: Bool
    /// In the order of the totals.
    public let amounts: [ExactDecimal]
  }

  public var file: String
  public var register: String
  public var revision: Int64
  public var from: String
  public var to: Day
  public var rowsIn = 0
  public var rowsOut = 0
  /// Rows of which everything, and something, came out.
  public var rowsMapped = 0
  public var rowsPartlyUnmapped = 0
  public var rowsUnmapped = 0
  /// Rows whose code was read on a day that is not its own.
  public var rowsLate = 0
  public var lateCodes: [String] = []
  /// Rows that were divided by shares that are no count of units.
  public var rowsProportional = 0
  public var totals: [Total] = []
  public var missing: [Missing] = []
  /// Where the codes are from, and how many rows.
  public var origins: [(name: String, rowCount: Int)] = []
  public var bases: [(name: String, rowCount: Int)] = []
  public var events: [String] = []
  public var warnings: [String] = []

  public var isComplete: Bool { missing.isEmpty }

  /// Lines for a reader.
  public var text: String {
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
      lines.append("\(title): " + counts.map { "\($0.name) (\(Self.rows($0.rowCount)))" }.joined(separator: ", "))
    }
    list("codes", origins)
    list("bases", bases)
    if !events.isEmpty { lines.append("events: " + events.joined(separator: ", ")) }
    if rowsProportional > 0 { lines.append("divided in proportion: \(Self.rows(rowsProportional))") }
    if rowsLate > 0 {
      lines.append("codes outside their dates: \(Self.rows(rowsLate)) (\(lateCodes.joined(separator: ", ")))")
    }
    lines += warnings.map { "warning: \($0)" }
    for missing in missing {
      let amounts = zip(totals, missing.amounts).map { total, amount in
        "\(total.name) \(amount.text(decimals: total.decimals))"
      }
      lines.append(
        "unmapped: '\(missing.code)'\(missing.isPart ? " in part" : ""): \(missing.reason): "
          + ([Self.rows(missing.rowCount)] + amounts).joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }

  /// Amounts are strings, so that no reader rounds them.
  public func write(to sink: any ByteSink) throws(WriteError) {
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
