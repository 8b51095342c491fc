import RegistryFormats

/// The forms of the numbers of a file: claims from its beginning, which each later row is held against.
enum AmountColumns {
  /// - Throws: what the beginning leaves open, with the options that decide.
  static func forms(
    _ table: TableFile, _ layout: RestateLayout, _ request: RestateRequest
  ) throws(RowError) -> [AmountForm] {
    var forms: [AmountForm] = []
    let valuesOfColumns = table.sample.values(of: layout.amountColumns)
    for (index, column) in layout.amountColumns.enumerated() {
      let name = table.form.header[column]
      let values = valuesOfColumns[index]
      var form = AmountForm()
      form.role = index < layout.sumCount ? .sum : .rate
      form.missing = request.missing
      form.thousands = request.thousands
      form.decimal = request.decimal
      form.commaIsThousands = table.form.delimiter == UInt8(ascii: ",") || values.contains { isClearlyGrouped($0.text) }
      form.readsBareExponents = values.contains { showsNumbers($0.text) }
      if request.thousands == nil, request.decimal == nil, table.form.delimiter == UInt8(ascii: ";") {
        try askForDecimal(name, values)
      }
      if form.role == .sum, !request.forcesSums, RateDoubt.lookLikeShares(values) {
        throw RowError(
          line: table.form.headerLine,
          message: RateDoubt.words(name, why: "(all values lie between 0 and 1)"))
      }
      forms.append(form)
    }
    return forms
  }

  /// `1,234,567` or `1,234.5`
  private static func isClearlyGrouped(_ text: String) -> Bool {
    let parts = text.trimmingBlanks.drop { "+-£$€(".contains($0) }.split(
      separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return false }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    return groups.count > (parts.count == 2 ? 1 : 2)
      && groups.dropFirst().allSatisfy { $0.utf8.count == 3 && $0.allSatisfy(\.isNumber) }
  }

  /// Whether an exponent has a sign or a point before it, or a plain number has a point.
  private static func showsNumbers(_ text: String) -> Bool {
    guard text.contains(".") || text.contains("e-") || text.contains("E-") || text.contains("e+") || text.contains("E+")
    else { return false }
    return Double(text) != nil
  }

  /// Files separated by semicolons come from places where a comma stands before decimals.
  private static func askForDecimal(
    _ name: String, _ values: [(text: String, line: Int, count: Int)]
  ) throws(RowError) {
    let filled = values.filter { !$0.text.trimmingBlanks.isEmpty }
    func digits(_ text: String, around mark: Character) -> (before: Int, after: Int)? {
      let parts = text.trimmingBlanks.drop { $0 == "-" || $0 == "+" }
        .split(separator: mark, omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
      return (parts[0].count, parts[1].count)
    }
    func ask(_ value: (text: String, line: Int, count: Int)) -> RowError {
      RowError(
        line: value.line, column: name,
        message: "'\(value.text)' may have a mark before decimals or before thousands: say --decimal , or --decimal .")
    }
    if let comma = filled.first(where: { digits($0.text, around: ",").map { $0.after != 3 } ?? false }) {
      throw ask(comma)
    }
    if let first = filled.first,
      filled.allSatisfy({ digits($0.text, around: ".").map { (1...3).contains($0.before) && $0.after == 3 } ?? false })
    {
      throw ask(first)
    }
  }

  /// What was found in the numbers and is not plain from them, as sentences.
  static func remarks(_ sums: GroupedSums, _ header: [String]) -> [String] {
    remarks(sums.notes, sums.plan.amountColumns.map { header[$0] })
  }

  static func remarks(_ notes: [AmountNotes], _ names: [String]) -> [String] {
    zip(notes, names).flatMap { note, name in
      var words: [String] = []
      if let first = note.firstThousands {
        words.append("commas before thousands in \(counted(note.thousandsCount, "value")), such as '\(first)'")
      }
      if let currency = note.currency { words.append("amounts in \(currency)") }
      if note.bracketCount > 0 {
        words.append("\(counted(note.bracketCount, "number")) in brackets, read as negative")
      }
      if note.exponentCount > 0 { words.append("\(counted(note.exponentCount, "number")) with an exponent") }
      if note.percentCount > 0 { words.append("percentages, of which 45% is read as 45") }
      let marks = note.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "'\($0.key)' \($0.value)" }
      if !marks.isEmpty { words.append("marks of missing values: \(marks.joined(separator: ", "))") }
      return words.map { "the column '\(name)' has \($0)" }
    }
  }
}
