package import RegistryFormats
package import RegistryStorage

/// What a file is, by its beginning: the columns that hold codes, days and numbers, and how to restate it.
package struct FirstLook {
  package struct Column: Sendable {
    package let name: String
    /// `codes`, `units`, `days`, `numbers` or `text`
    package let holds: String
    package let detail: String
  }

  package let columns: [Column]
  /// A command that restates the file, as words of a shell.
  package let command: String?
  package let remarks: [String]

  /// Which share of the values must be codes before a column is one of codes.
  private static let fewest = 0.8

  /// - Parameters:
  ///   - partitions: finds the partitions of units by their codes.
  ///   - lastEvent: the day of the last event that the register knows.
  package init(
    _ table: TableFile, _ file: String, _ book: CodeBook, lastEvent: Day?,
    partitions: ([String]) throws(DatabaseError) -> [String: [String]]
  ) throws(DatabaseError) {
    let rows = table.sample.rowCount
    remarks =
      [
        "\(table.sample.isWhole ? "" : "the first ")\(counted(rows, "row")) of \(counted(table.form.header.count, "column")), "
          + "separated by \(TableForm.name(ofDelimiter: table.form.delimiter))s, in \(table.form.encoding.rawValue)"
      ] + table.form.remarks
    var found: [Column] = []
    var code: (index: Int, rank: Int, asAt: Day?)?
    var date: (name: String, option: String?)?
    var sums: [String] = []
    let valuesOfColumns = table.sample.values(of: Array(table.form.header.indices))
    for (index, name) in table.form.header.enumerated() {
      let values = valuesOfColumns[index].filter { !$0.text.trimmingBlanks.isEmpty }
      let shown = name.trimmingBlanks.isEmpty ? "\(index + 1)" : name.trimmingBlanks
      guard !values.isEmpty else {
        found.append(Column(name: shown, holds: "nothing", detail: ""))
        continue
      }
      if let codes = try Self.codes(values.map(\.text), book, partitions) {
        if codes.rank > code?.rank ?? 0 { code = (index, codes.rank, codes.asAt) }
        found.append(Column(name: shown, holds: codes.isOfUnits ? "units" : "codes", detail: codes.detail))
      } else if let days = Self.days(shown, values) {
        if date == nil { date = (shown, days.option) }
        found.append(Column(name: shown, holds: "days", detail: days.detail))
      } else if let numbers = Self.numbers(shown, values) {
        if !numbers.isRate { sums.append(shown) }
        found.append(Column(name: shown, holds: "numbers", detail: numbers.detail))
      } else {
        found.append(Column(name: shown, holds: "text", detail: counted(values.count, "value")))
      }
    }
    columns = found
    guard let code, !sums.isEmpty, let lastEvent else {
      command = nil
      return
    }
    var words = ["orgreg", "restate", file, "--code", Self.word(found[code.index].name, code.index)]
    if let date {
      words += ["--date", date.name] + (date.option.map { ["--date-format", $0] } ?? [])
    } else {
      words += ["--as-at", code.asAt.map { "\($0)" } ?? "DAY"]
    }
    words += ["--to", "\(lastEvent)"]
    // Many columns have a pattern or are listed one by one.
    words += sums.flatMap { ["--sum", $0] }
    command = words.shellWords
  }

  private static func word(_ name: String, _ index: Int) -> String { name.isEmpty ? "\(index + 1)" : name }

  private static func codes(
    _ values: [String], _ book: CodeBook, _ partitions: ([String]) throws(DatabaseError) -> [String: [String]]
  ) throws(DatabaseError) -> (detail: String, rank: Int, asAt: Day?, isOfUnits: Bool)? {
    var known: Set<String> = []
    var padded = 0
    var strangers: [String] = []
    for value in values {
      let spelling = book.spelling(of: value)
      if book.uses(of: spelling.code).isEmpty {
        strangers.append(value)
      } else {
        known.insert(spelling.code)
        if spelling.style == .padded { padded += 1 }
      }
    }
    // Words and numbers of a few letters may be codes by chance.
    let least = Self.fewest * Double(values.count)
    if Double(values.count - strangers.count) >= least, known.contains(where: { $0.utf8.count >= 3 }) {
      let vintages = Vintages(known.sorted(), book)
      let schemes = Set(known.compactMap { book.uses(of: $0).first?.scheme }).sorted()
      var detail = "\(counted(known.count, "code")) of \(schemes.joined(separator: ", "))"
      if vintages.together.isEmpty {
        detail += ", of no one day; most (\(vintages.bestCount)) \(vintages.best.map(LintWords.period) ?? "")"
      } else {
        let periods = vintages.together.map { LintWords.period($0.period) + ($0.kind.map { " (\($0))" } ?? "") }
        detail += ", all valid \(periods.joined(separator: "; "))"
      }
      if padded > 0 { detail += "; \(padded) padded with zeros" }
      if !strangers.isEmpty { detail += "; \(counted(strangers.count, "other value"))" }
      let asAt = (vintages.together.first?.period ?? vintages.best)?.start
      // The column with most codes is the one to restate.
      return (detail, known.count, asAt, false)
    }
    let units = try partitions(strangers.flatMap { CodeSpelling.candidates($0).map(\.code) })
    guard
      Double(strangers.count { value in CodeSpelling.candidates(value).contains { units[$0.code] != nil } }) >= least
    else { return nil }
    let names = Set(units.values.joined()).sorted()
    return ("\(counted(values.count, "unit")) of \(names.joined(separator: ", "))", 1, nil, true)
  }

  private static func days(
    _ name: String, _ values: [(text: String, line: Int, count: Int)]
  ) -> (detail: String, option: String?)? {
    // Numbers of four and six figures are days only under a name that says so.
    let words = name.lowercased()
    let isNamed = ["date", "month", "year", "period", "quarter", "day", "time"].contains { words.contains($0) }
    let isNumber = values.allSatisfy { (try? ExactDecimal($0.text.trimmingBlanks)) != nil }
    guard isNamed || !isNumber else { return nil }
    do throws(RowError) {
      let column = try DayColumn(name, values, form: nil)
      let good = values.count { if case .success = column.day($0.text) { true } else { false } }
      guard good > 0, Double(good) >= fewest * Double(values.count) else { return nil }
      let rest = values.count - good
      return (
        (column.remark ?? "days (YYYY-MM-DD)") + (rest > 0 ? "; \(counted(rest, "other value"))" : ""), nil
      )
    } catch {
      return isNamed ? (error.message, "FORM") : nil
    }
  }

  private static func numbers(
    _ name: String, _ values: [(text: String, line: Int, count: Int)]
  ) -> (detail: String, isRate: Bool)? {
    var form = AmountForm()
    form.role = .rate
    var notes = AmountNotes()
    var marks: [String: Int] = [:]
    var count = 0
    for value in values {
      switch form.read(value.text) {
      case .number: count += 1
      case .mark(let mark): marks[mark, default: 0] += value.count
      default: break
      }
      _ = GroupedSums.amount(value.text, form, &notes)
    }
    guard Double(count) >= fewest * Double(max(1, values.count - marks.count)), count > 0 else { return nil }
    var details: [String] = AmountColumns.remarks([notes], [name])
    if !marks.isEmpty {
      let list = marks.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "'\($0.key)' \($0.value)" }
      details.append("may mark missing values: \(list.joined(separator: ", "))")
    }
    let isRate =
      RateDoubt.isNamedLikeARate(name, isSum: true) || RateDoubt.lookLikeShares(values) || notes.percentCount > 0
    if isRate { details.append("looks like a rate") }
    return (details.joined(separator: "; "), isRate)
  }
}
