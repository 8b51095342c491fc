/// Adds up columns of a CSV source by the values of other columns, exactly.
///
/// 1. A *cell* is what rows of one key add up to. A key is where the rows belong (`Place`), and the values of all key
///    columns but that of the codes. Codes that belong to one place share its cells.
/// 2. A *book* is what is counted of the rows of a code and a day, whatever their cells are.
/// 3. Two words divided by ten to the power of `scales[term]` are the exact sum of that term.
/// 4. A blank amount adds nothing and is counted, so that a sum of nothing can be told from zero. Which code it belongs
///    to is told only if codes share no cells: so a blank ends the run if they do.
/// 5. Parts of one source are grouped apart. The numbers of their values differ; those of places do not.
/// 6. A row with a mistake in a number is in no cell. It is counted in `faults`, and what can be read of it in `skipped`.
///    One with a mistake in its key has a place and a book of its own, and counts as faulty too.
package struct GroupedSums: Sendable {
  package let plan: Plan
  package private(set) var scales: [Int]
  /// The most decimals seen, by amount column.
  package private(set) var decimals: [Int]
  package private(set) var rowCount = 0
  /// By element of the key.
  package private(set) var columns: [ColumnNumbers]
  package private(set) var books: [Book] = []
  /// By code, if there is no day: a book plus 1.
  private var bookOfCode: [UInt32] = []
  private var bookOfPair: [UInt64: Int] = [:]
  private var bookOfFlaw: [Flawed: Int] = [:]
  private var lastPair: (key: UInt64, book: Int)?
  /// By element, the value beside each code, plus 1. Empty once a code has two.
  package private(set) var beside: [[UInt32]]
  private var hasBeside = true
  private var cells: CellTable
  /// By cell and term; empty until there is a blank.
  private var blanks: [Int: Int] = [:]
  /// Whether a blank ended the run.
  package private(set) var wasEndedByBlank = false
  /// How many terms, from the first, are the sums of the first columns, in order.
  private let plainCount: Int
  /// The numbers of the values of the current row, by element.
  private var numbers: [UInt32]
  /// The numbers that make the key of a cell: of the place, then of the elements but the code.
  private var parts: [UInt32]
  /// The amounts of the current row, by amount column.
  private(set) var amounts: [ExactDecimal?]
  private var hasBlank = false
  package internal(set) var faults = FaultBook()
  package internal(set) var skipped: [Skipped: SkippedRows] = [:]
  /// By amount column.
  package private(set) var notes: [AmountNotes]
  /// Why the current row is passed over.
  var current = Skipped(code: "", reason: "")
  /// Narrow rows of which no full row follows yet.
  var narrow: [NarrowRow] = []

  private struct Flawed: Hashable {
    let code: UInt32
    let element: Int
  }

  var codeColumn: Int { plan.keyColumns[plan.code] }

  package init(_ plan: Plan) {
    self.plan = plan
    plainCount = plan.terms.indices.first { plan.terms[$0] != .sum($0) } ?? plan.terms.count
    scales = [Int](repeating: 0, count: plan.terms.count)
    decimals = [Int](repeating: 0, count: plan.amountColumns.count)
    amounts = [ExactDecimal?](repeating: nil, count: plan.amountColumns.count)
    notes = [AmountNotes](repeating: AmountNotes(), count: plan.amountColumns.count)
    columns = [ColumnNumbers](repeating: ColumnNumbers(), count: plan.keyColumns.count)
    numbers = [UInt32](repeating: 0, count: plan.keyColumns.count)
    parts = numbers
    beside = plan.keyColumns.indices.map { $0 == plan.code || $0 == plan.day ? [] : [0] }
    // The number of rows, and two words for each sum.
    cells = CellTable(parts: plan.keyColumns.count, room: 1 + 2 * plan.terms.count)
  }

  // MARK: Cells

  package var cellCount: Int { cells.count }

  package func rowCount(of cell: Int) -> Int { Int(cells[cells.start(of: cell)]) }

  package func place(of cell: Int) -> UInt32 { cells.number(of: cell, part: 0) }

  /// The number of a value of the key. That of the code is not known.
  package func number(of cell: Int, element: Int) -> UInt32 {
    cells.number(of: cell, part: element < plan.code ? element + 1 : element)
  }

  /// Nil if every amount was blank.
  package func sum(of cell: Int, term: Int) -> Int128? {
    if !blanks.isEmpty, let count = blanks[cell * plan.terms.count + term], count == rowCount(of: cell) { return nil }
    return cells.wide(at: cells.start(of: cell) &+ 1 &+ 2 &* term)
  }

  package var hasBlanks: Bool { !blanks.isEmpty }

  package func blankCount(of cell: Int, term: Int) -> Int { blanks[cell * plan.terms.count + term] ?? 0 }

  /// All cells, which are not here any more.
  package mutating func takeCells() -> GroupedCells {
    var sums: [Int128] = []
    sums.reserveCapacity(cells.count * plan.terms.count)
    for cell in 0..<cells.count {
      let start = cells.start(of: cell) &+ 1
      for term in 0..<plan.terms.count { sums.append(cells.wide(at: start &+ 2 &* term)) }
    }
    for (index, count) in blanks where count == rowCount(of: index / plan.terms.count) {
      sums[index] = GroupedCells.blank
    }
    let taken = GroupedCells(
      places: cells.numbers(of: 0),
      numbers: plan.keyColumns.indices.map { element in
        element == plan.code ? [] : cells.numbers(of: element < plan.code ? element + 1 : element)
      }, sums: sums, blanks: blanks)
    cells = CellTable(parts: plan.keyColumns.count, room: 1 + 2 * plan.terms.count)
    blanks = [:]
    return taken
  }

  /// Takes over how numbers are written in another part, so that this part can tell it for both.
  /// - Returns: false if the parts write numbers in forms that do not go together.
  mutating func takeNotes(of other: GroupedSums) -> Bool {
    for index in notes.indices where !notes[index].merge(other.notes[index]) { return false }
    for index in decimals.indices { decimals[index] = max(decimals[index], other.decimals[index]) }
    return true
  }

  /// No row is added any more.
  mutating func close() { cells.freeSlots() }

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
      if hasBlank, plan.sharesCells {
        wasEndedByBlank = true
        return
      }
      let book = try book(of: reader)
      let cell = cell(of: book)
      books[book].rowCount &+= 1
      rowCount &+= 1
      let start = cells.start(of: cell)
      cells[start] &+= 1
      for term in 0..<plainCount {
        guard let amount = amounts[term] else {
          blanks[cell &* plan.terms.count &+ term, default: 0] += 1
          continue
        }
        books[book].hasValue[term] = true
        try add(amount, to: term, at: start &+ 1 &+ 2 &* term, reader.line)
      }
      for term in plainCount..<plan.terms.count {
        guard let amount = try amount(of: term, reader.line) else {
          blanks[cell &* plan.terms.count &+ term, default: 0] += 1
          continue
        }
        books[book].hasValue[term] = true
        try add(amount, to: term, at: start &+ 1 &+ 2 &* term, reader.line)
      }
    }
  }

  /// Reads the amounts of the current row.
  /// - Returns: false if it has a mistake, which is noted.
  private mutating func readAmounts(_ reader: borrowing CSVReader) throws(RowError) -> Bool {
    var isWhole = true
    hasBlank = false
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
        hasBlank = true
        continue
      }
      let reading = Self.amount(reader.text(column), plan.forms[index], &notes[index])
      switch reading {
      case .success(let number):
        amounts[index] = number
        if number == nil { hasBlank = true }
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

  // MARK: Keys

  /// The book of the current row, whose values get their numbers.
  private mutating func book(of reader: borrowing CSVReader) throws(RowError) -> Int {
    var invalid: Int?
    for element in numbers.indices {
      numbers[element] = reader.withBytes(plan.keyColumns[element]) { columns[element].number(of: $0) }
      if columns[element].hasInvalid, columns[element].invalid.contains(numbers[element]) { invalid = element }
    }
    if hasBeside { noteBeside() }
    let code = numbers[plan.code]
    let book: Int
    if let invalid {
      book = flawedBook(Flawed(code: code, element: invalid))
    } else if let day = plan.day {
      let pair = UInt64(code) &<< 32 | UInt64(numbers[day])
      if let lastPair, lastPair.key == pair {
        book = lastPair.book
      } else if let known = bookOfPair[pair] {
        book = known
      } else {
        book = open(code, day: columns[day].text(of: Int(numbers[day])), nil)
        bookOfPair[pair] = book
      }
      lastPair = (pair, book)
    } else if Int(code) < bookOfCode.count {
      book = Int(bookOfCode[Int(code)]) &- 1
    } else {
      book = open(code, day: nil, nil)
      bookOfCode.append(UInt32(book + 1))
    }
    if let flaw = books[book].place.flaw { try note(flaw.column, flaw.message, reader.line) }
    return book
  }

  private mutating func open(_ code: UInt32, day: String?, _ flaw: FaultBook.Kind?) -> Int {
    let place = plan.place(columns[plan.code].text(of: Int(code)), day, flaw)
    books.append(Book(code: code, place: place, hasValue: [Bool](repeating: false, count: plan.terms.count)))
    return books.count - 1
  }

  private mutating func flawedBook(_ flawed: Flawed) -> Int {
    // Codes without a day are numbered in the order of their books.
    if plan.day == nil, Int(flawed.code) == bookOfCode.count {
      bookOfCode.append(UInt32(open(flawed.code, day: nil, nil) + 1))
    }
    if let known = bookOfFlaw[flawed] { return known }
    let kind = FaultBook.Kind(
      column: plan.header[plan.keyColumns[flawed.element]],
      message: "this is not UTF-8: say --encoding windows-1252, or save the file as CSV in UTF-8")
    let book = open(flawed.code, day: nil, kind)
    bookOfFlaw[flawed] = book
    return book
  }

  /// Holds the values beside the code against those of earlier rows of the code.
  private mutating func noteBeside() {
    let code = Int(numbers[plan.code])
    for element in beside.indices where !beside[element].isEmpty {
      while beside[element].count <= code { beside[element].append(0) }
      let known = beside[element][code]
      if known == 0 {
        beside[element][code] = numbers[element] &+ 1
      } else if known != numbers[element] &+ 1 {
        beside[element] = []
      }
    }
    hasBeside = beside.contains { !$0.isEmpty }
  }

  private mutating func cell(of book: Int) -> Int {
    let place = books[book].place
    parts[0] = place.number
    var part = 1
    for element in numbers.indices where element != plan.code {
      parts[part] = place.isNowhere ? 0 : numbers[element]
      part &+= 1
    }
    return cells.find(parts).cell
  }

  // MARK: Amounts

  /// What the current row adds to a term that is no plain sum. Nil if it has no value.
  private mutating func amount(of term: Int, _ line: Int) throws(RowError) -> ExactDecimal? {
    switch plan.terms[term] {
    case .sum(let column): return amounts[column]
    case .sumWhere(let column, let other): return amounts[other] == nil ? nil : amounts[column]
    case .product(let column, let other):
      decimals[column] = max(decimals[column], amounts[column]?.scale ?? 0)
      return try product(column, other, line)
    }
  }

  private mutating func add(
    _ amount: ExactDecimal, to term: Int, at index: Int, _ line: Int
  ) throws(RowError) {
    var digits = amount.digits
    if amount.scale != scales[term] {
      if amount.scale > scales[term] { try rescale(term, to: amount.scale, line) }
      guard let scaled = amount.scaled(to: scales[term]) else { throw tooLarge(term, line) }
      digits = scaled.digits
    }
    let (sum, overflows) = cells.wide(at: index).addingReportingOverflow(digits)
    if overflows || !Self.isSafe(sum) { throw tooLarge(term, line) }
    cells.set(sum, at: index)
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
    for cell in 0..<cells.count {
      let index = cells.start(of: cell) + 1 + 2 * term
      let (product, overflows) = cells.wide(at: index).multipliedReportingOverflow(by: factor)
      if overflows || !Self.isSafe(product) { throw tooLarge(term, line) }
      cells.set(product, at: index)
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
}
