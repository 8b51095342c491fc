/// Adds up columns of a CSV source by the bytes of other columns, exactly.
///
/// 1. A *cell* is what rows of the same key add up to.
/// 2. `sums[cell * terms + term]` divided by ten to the power of `scales[term]` is the exact sum of that term.
/// 3. A blank amount adds nothing and is counted, so that a sum of nothing can be told from zero.
/// 4. Parts of one source, grouped apart and merged in any order, give what one pass over the whole gives, except for
///    the order of cells.
/// 5. A row with a mistake is in no cell. It is counted in `faults`, and what can be read of it in `skipped`.
/// 6. A cell whose key is wrong has its mistake in `flaws`. Its rows count as faulty.
package struct GroupedSums: Sendable {
  /// What is added up. Numbers are indices of `Plan.amountColumns`.
  package enum Term: Equatable, Sendable {
    case sum(Int)
    /// One column times another.
    case product(Int, Int)
    /// A column, in the rows that have an amount in another.
    case sumWhere(Int, has: Int)
  }

  package struct Plan: Sendable {
    /// The names of all columns.
    package var header: [String]
    /// Columns, by index, that make the key, in the order of the key.
    package var keyColumns: [Int]
    /// Columns, by index, that hold numbers.
    package var amountColumns: [Int]
    package var terms: [Term]
    /// How the numbers are written, by amount column.
    package var forms: [AmountForm]
    /// The column of the codes.
    package var codeColumn: Int?
    /// What is wrong with the key of a new cell, and in which element. Nil if nothing is.
    package var check: @Sendable ([String]) -> (element: Int, message: String)?

    package init(
      header: [String], keyColumns: [Int], amountColumns: [Int], terms: [Term],
      check: @escaping @Sendable ([String]) -> (element: Int, message: String)? = { _ in nil }
    ) {
      self.header = header
      self.keyColumns = keyColumns
      self.amountColumns = amountColumns
      self.terms = terms
      self.check = check
      forms = [AmountForm](repeating: AmountForm(), count: amountColumns.count)
    }
  }

  package let plan: Plan
  package private(set) var scales: [Int]
  /// The most decimals seen, by amount column.
  package private(set) var decimals: [Int]
  package private(set) var rowCount = 0
  private var keys = ByteKeys()
  private var sums: [Int128] = []
  private var rows: [Int] = []
  /// By cell and term; empty until there is a blank.
  private var blanks: [Int: Int] = [:]
  /// How many terms, from the first, are the sums of the first columns, in order.
  private let plainCount: Int
  private let hasProducts: Bool
  /// The amounts of the current row, by amount column.
  private(set) var amounts: [ExactDecimal?]
  package internal(set) var faults = FaultBook()
  /// What is wrong with the keys of cells.
  package private(set) var flaws: [Int: FaultBook.Kind] = [:]
  package internal(set) var skipped: [Skipped: SkippedRows] = [:]
  /// By amount column.
  package private(set) var notes: [AmountNotes]
  /// Why the current row is passed over.
  var current = Skipped(code: "", reason: "")
  /// Narrow rows of which no full row follows yet.
  var narrow: [NarrowRow] = []

  /// A code with rows that were passed over, and why.
  package struct Skipped: Hashable, Sendable {
    package let code: String
    package let reason: String

    package init(code: String, reason: String) {
      self.code = code
      self.reason = reason
    }
  }

  package struct SkippedRows: Sendable {
    package var count = 0
    /// What could be read, by amount column.
    package var amounts: [ExactDecimal]
  }

  /// A row with fewer fields than the header.
  package struct NarrowRow: Sendable {
    package let line: Int
    package let fieldCount: Int
    /// Blank if it has none.
    package let code: String
    package let hasNumber: Bool
  }

  package init(_ plan: Plan) {
    self.plan = plan
    plainCount = plan.terms.indices.first { plan.terms[$0] != .sum($0) } ?? plan.terms.count
    hasProducts = plainCount < plan.terms.count
    scales = [Int](repeating: 0, count: plan.terms.count)
    decimals = [Int](repeating: 0, count: plan.amountColumns.count)
    amounts = [ExactDecimal?](repeating: nil, count: plan.amountColumns.count)
    notes = [AmountNotes](repeating: AmountNotes(), count: plan.amountColumns.count)
  }

  // MARK: Cells

  package var cellCount: Int { rows.count }

  package func rowCount(of cell: Int) -> Int { rows[cell] }

  /// The texts of the key columns.
  package func key(of cell: Int) -> [String] { keys.texts(of: cell, count: plan.keyColumns.count) }

  /// Nil if every amount was blank.
  package func sum(of cell: Int, term: Int) -> Int128? {
    let index = cell * plan.terms.count + term
    return blanks[index] == rows[cell] ? nil : sums[index]
  }

  package func blankCount(of cell: Int, term: Int) -> Int { blanks[cell * plan.terms.count + term] ?? 0 }

  // MARK: Rows

  /// Adds all remaining records. Those of one empty field are passed over, unless there is only one column.
  package mutating func add(_ reader: inout CSVReader) throws(RowError) {
    while try Self.next(&reader) {
      guard reader.fieldCount == plan.header.count else {
        try addMisfit(reader)
        continue
      }
      if !narrow.isEmpty { try refuseNarrow() }
      guard try readAmounts(reader) else { continue }
      let cell = try cell(of: reader)
      rows[cell] &+= 1
      rowCount &+= 1
      if !flaws.isEmpty, let flaw = flaws[cell] { try note(flaw.column, flaw.message, reader.line) }
      let base = cell &* plan.terms.count
      for index in 0..<plainCount { try add(amounts[index], to: index, at: base &+ index, reader.line) }
      for term in plainCount..<plan.terms.count { try add(term, at: base &+ term, reader.line) }
    }
  }

  /// Reads the amounts of the current row.
  /// - Returns: false if it has a mistake, which is noted.
  private mutating func readAmounts(_ reader: borrowing CSVReader) throws(RowError) -> Bool {
    var isWhole = true
    for index in 0..<plan.amountColumns.count {
      let column = plan.amountColumns[index]
      if plan.forms[index].isPlain, let number = Self.plainAmount(reader, column) {
        amounts[index] = number
        if notes[index].percentCount == 0 {
          notes[index].plainCount &+= 1
          continue
        }
      }
      if reader.isEmpty(column) {
        amounts[index] = nil
        continue
      }
      let reading = Self.amount(reader.text(column), plan.forms[index], &notes[index])
      switch reading {
      case .success(let number): amounts[index] = number
      case .failure(let mistake):
        amounts[index] = nil
        if isWhole { try skip(reader, column, mistake.message) }
        isWhole = false
      }
    }
    if !isWhole { addToSkipped(reader) }
    return isWhole
  }

  static func plainAmount(_ reader: borrowing CSVReader, _ column: Int) -> ExactDecimal? {
    reader.withBytes(column) { bytes in bytes.count == 0 ? nil : try? ExactDecimal(bytes) }
  }

  package struct AmountMistake: Error { package let message: String }

  /// Reads a cell. Nil if it has no value.
  package static func amount(
    _ text: String, _ form: AmountForm, _ notes: inout AmountNotes
  ) -> Result<ExactDecimal?, AmountMistake> {
    switch form.read(text) {
    case .blank: return .success(nil)
    case .missing(let mark):
      notes.note(missing: mark)
      return .success(nil)
    case .number(let number, let style):
      if let mistake = notes.note(style, text) { return .failure(AmountMistake(message: mistake)) }
      return .success(number)
    case .mark(let mark):
      notes.note(unnamed: mark)
      return .failure(AmountMistake(message: "'\(mark)' is not a number, and may mark a missing value"))
    case .fault(let message): return .failure(AmountMistake(message: message))
    }
  }

  /// Advances to the next record, if there is one.
  package static func next(_ reader: inout CSVReader) throws(RowError) -> Bool {
    do { return try reader.next() } catch { throw RowError(error) }
  }

  private mutating func cell(of reader: borrowing CSVReader) throws(RowError) -> Int {
    let (cell, isNew) = keys.find(reader, plan.keyColumns)
    if isNew {
      appendCell()
      for column in plan.keyColumns where !reader.isValidUTF8(column) {
        flaws[cell] = FaultBook.Kind(
          column: plan.header[column],
          message: "this is not UTF-8: say --encoding windows-1252, or save the file as CSV in UTF-8")
      }
      if flaws[cell] == nil, let finding = plan.check(key(of: cell)) {
        flaws[cell] = FaultBook.Kind(
          column: plan.header[plan.keyColumns[finding.element]], message: finding.message)
      }
    }
    return cell
  }

  private mutating func appendCell() {
    rows.append(0)
    sums.append(contentsOf: repeatElement(0, count: plan.terms.count))
  }

  private mutating func add(_ term: Int, at index: Int, _ line: Int) throws(RowError) {
    switch plan.terms[term] {
    case .sum(let column): try add(amounts[column], to: term, at: index, line)
    case .sumWhere(let column, let other):
      try add(amounts[other] == nil ? nil : amounts[column], to: term, at: index, line)
    case .product(let column, let other):
      decimals[column] = max(decimals[column], amounts[column]?.scale ?? 0)
      try add(try product(column, other, line), to: term, at: index, line)
    }
  }

  private mutating func add(
    _ amount: ExactDecimal?, to term: Int, at index: Int, _ line: Int
  ) throws(RowError) {
    guard let amount else {
      blanks[index, default: 0] += 1
      return
    }
    var digits = amount.digits
    if amount.scale != scales[term] {
      if amount.scale > scales[term] { try rescale(term, to: amount.scale, line) }
      guard let scaled = amount.scaled(to: scales[term]) else { throw tooLarge(term, line) }
      digits = scaled.digits
    }
    let (sum, overflows) = sums[index].addingReportingOverflow(digits)
    if overflows || !Self.isSafe(sum) { throw tooLarge(term, line) }
    sums[index] = sum
  }

  private func product(_ first: Int, _ other: Int, _ line: Int) throws(RowError) -> ExactDecimal? {
    guard let left = amounts[first], let right = amounts[other] else { return nil }
    let (digits, overflows) = left.digits.multipliedReportingOverflow(by: right.digits)
    guard !overflows, left.scale + right.scale <= ExactDecimal.maximumDigits, ExactDecimal.holds(digits) else {
      throw RowError(
        line: line, column: plan.header[plan.amountColumns[first]],
        message: "multiplied by its denominator, it has more than \(ExactDecimal.maximumDigits) digits")
    }
    return ExactDecimal(digits: digits, scale: left.scale + right.scale)
  }

  /// Whether a sum has at most 38 digits. The digits are counted only if its size does not tell.
  private static func isSafe(_ sum: Int128) -> Bool {
    sum.magnitude.leadingZeroBitCount >= 2 || ExactDecimal.holds(sum)
  }

  private mutating func rescale(_ term: Int, to scale: Int, _ line: Int) throws(RowError) {
    let factor = ExactDecimal.powerOfTen(scale - scales[term])
    for index in stride(from: term, to: sums.count, by: plan.terms.count) {
      let (product, overflows) = sums[index].multipliedReportingOverflow(by: factor)
      if overflows || !Self.isSafe(product) { throw tooLarge(term, line) }
      sums[index] = product
    }
    scales[term] = scale
    if case .sum(let column) = plan.terms[term] { decimals[column] = max(decimals[column], scale) }
  }

  private func tooLarge(_ term: Int, _ line: Int) -> RowError {
    let column =
      switch plan.terms[term] {
      case .sum(let column), .product(let column, _), .sumWhere(let column, _): column
      }
    return RowError(
      line: line, column: plan.header[plan.amountColumns[column]],
      message: "the sum has more than \(ExactDecimal.maximumDigits) digits")
  }

  // MARK: Parts of a source

  /// Adds what was grouped from another part of the source, without mistakes.
  /// - Returns: false if the parts write numbers in forms that do not go together.
  package mutating func merge(_ other: GroupedSums) throws(RowError) -> Bool {
    for index in notes.indices where !notes[index].merge(other.notes[index]) { return false }
    for index in decimals.indices { decimals[index] = max(decimals[index], other.decimals[index]) }
    let stride = plan.terms.count
    for number in 0..<other.cellCount {
      let (cell, isNew) = keys.find(number, of: other.keys)
      if isNew { appendCell() }
      rows[cell] += other.rows[number]
      for term in 0..<stride {
        let sum = ExactDecimal(digits: other.sums[number * stride + term], scale: other.scales[term])
        try add(sum, to: term, at: cell * stride + term, 0)
        if let count = other.blanks[number * stride + term] { blanks[cell * stride + term, default: 0] += count }
      }
    }
    rowCount += other.rowCount
    return true
  }
}

/// What is wrong with a row, and where.
package struct RowError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1, or 0 if no line is to blame.
  package var line: Int
  /// The name of the column, where one is to blame.
  package let column: String?
  package let message: String

  package init(line: Int, column: String? = nil, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package init(_ error: CSVError) {
    self.init(line: error.line, message: "column \(error.column): \(error.reason)")
  }

  /// A sentence such as `line 3, column 'patients': 'NaN' is not a number`.
  package var description: String {
    let place = line == 0 ? [] : ["line \(line)"]
    return (place + [column.map { "column '\($0)'" }].compactMap { $0 }).joined(separator: ", ")
      + (place.isEmpty && column == nil ? "" : ": ") + message
  }
}
