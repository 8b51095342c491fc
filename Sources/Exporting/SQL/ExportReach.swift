import RegistryStorage

/// The days about which an export answers, and how it refuses others.
///
/// Kept here: a part of the register knows that it is one. It never answers about a day of which it has only a part.
struct ExportReach: Sendable {
  private let limits: [Limit]

  /// An end of the days.
  private struct Limit: Sendable {
    let day: Day
    let isFirst: Bool
    /// What stands after the day that is refused.
    let words: String
  }

  private static let lacking = "is not in this export"

  /// - Parameter first: the first day that the register knows. Nil if it knows none.
  init(_ scope: ExportScope, first: Day?) {
    var limits: [Limit] = []
    if let first {
      limits.append(
        Limit(day: first, isFirst: true, words: "is before the first day that the register knows, \(first)"))
    }
    if let days = scope.days {
      let isOneDay = days.lowerBound == days.upperBound
      let words =
        isOneDay
        ? "\(Self.lacking), which has only \(days.lowerBound): export again without --on"
        : "\(Self.lacking), which begins on \(days.lowerBound): export again without --since"
      if days.lowerBound > first ?? .distantPast {
        limits.append(Limit(day: days.lowerBound, isFirst: true, words: words))
      }
      if days.upperBound < .distantFuture { limits.append(Limit(day: days.upperBound, isFirst: false, words: words)) }
    }
    self.limits = limits
    part = (
      limits.filter { $0.isFirst && $0.words.hasPrefix(Self.lacking) }.map(\.day).max(),
      limits.filter { !$0.isFirst }.map(\.day).min()
    )
  }

  /// The days, in words.
  var words: String {
    let first = limits.filter(\.isFirst).map(\.day).max(), last = limits.filter { !$0.isFirst }.map(\.day).min()
    return "from \(first?.description ?? "any day") to \(last?.description ?? "any day")"
  }

  /// The first and the last day of which the export has all. Nil where the register itself begins or ends.
  let part: (first: Day?, last: Day?)

  /// Conditions on the days of a table, with names that say what is wrong.
  func checks(on columns: [String], of table: String, _ dialect: SQLDialect) -> [ExportedTable.Check] {
    limits.flatMap { limit in
      columns.map { column in
        let end = "\(limit.isFirst ? "before" : "after")_\(limit.day)".replacing("-", with: "_")
        let name =
          dialect == .sqlite ? "\"this day \(limit.words)\"" : "\(table)_\(column)_knows_no_day_\(end)"
        return ExportedTable.Check(
          name: name, condition: "\(column) \(limit.isFirst ? ">=" : "<=") '\(limit.day)'")
      }
    }
  }

  // MARK: Functions that refuse

  /// The name of the function that PostgreSQL calls before it answers.
  static let guardName = "crosswalk_guard"
  static let guardTypes = "date, date, text, text"

  /// A function that is true, or raises.
  func postgresGuard(_ names: SQLNames) -> String {
    let days = limits.map { limit in
      """
        IF \(limit.isFirst ? "least(from_date, to_date) <" : "greatest(from_date, to_date) >") DATE '\(limit.day)' THEN
          RAISE EXCEPTION '% \(limit.words)', \(limit.isFirst ? "least" : "greatest")(from_date, to_date);
        END IF;
      """
    }
    return """
      CREATE FUNCTION \(names(Self.guardName)) (from_date date, to_date date, in_basis text, to_kind text)
      RETURNS boolean LANGUAGE plpgsql STABLE AS $orgreg$
      BEGIN
        IF from_date IS NULL OR to_date IS NULL THEN
          RAISE EXCEPTION 'a day is missing: crosswalk takes two days, and crosswalk_to takes one';
        END IF;
      \(days.joined(separator: "\n"))
        IF in_basis IS NOT NULL AND NOT EXISTS (SELECT FROM \(names("basis")) b WHERE b.basis = in_basis) THEN
          RAISE EXCEPTION 'unknown basis ''%'': the table basis has all of them', in_basis;
        END IF;
        IF to_kind IS NOT NULL AND NOT EXISTS (SELECT FROM \(names("kind")) k WHERE k.kind = to_kind) THEN
          RAISE EXCEPTION 'unknown kind ''%'': the table kind has all of them', to_kind;
        END IF;
        RETURN true;
      END $orgreg$
      """
  }

  /// A day as DuckDB computes it, or an error.
  func duckDay(_ day: String) -> String {
    let cases = limits.map { limit in
      "WHEN \(day) \(limit.isFirst ? "<" : ">") DATE '\(limit.day)' THEN error(\(day) || ' \(limit.words)')"
    }
    return "CASE WHEN \(day) IS NULL THEN error('a day is missing') \(cases.joined(separator: " ")) ELSE \(day) END"
  }

  /// A word as DuckDB reads it, or an error.
  /// - Parameter table: the table of the words, which has a column of the same name.
  func duckWord(_ word: String, _ table: String, _ names: SQLNames) -> String {
    """
    CASE WHEN \(word) IS NULL THEN '\(ExportedTable.anyWord)'
          WHEN \(word) NOT IN (SELECT \(table) FROM \(names(table)))
            THEN error('unknown \(table) ''' || \(word) || ''': the table \(table) has all of them')
          ELSE \(word) END
    """
  }
}
