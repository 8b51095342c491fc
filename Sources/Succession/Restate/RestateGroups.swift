import RegistryFormats
import RegistryStorage

/// The sums of grouped rows on the target day.
///
/// 1. Shares are applied once to each sum of a code, day and group, not to each row.
/// 2. All parts of a term have as many decimals as the file, and up to nine more if anything is divided.
struct RestateGroups {
  static let extraDecimals = 9

  private let layout: RestateLayout
  private let restater: Restater
  private(set) var tally: RestateTally
  /// By the fields of the key, joined with zero bytes. No field contains one, so the keys sort field by field.
  private var indexOfLine: [String: Int] = [:]
  private var lines: [Line] = []
  private var scales: [Int] = []
  private let decimals: [Int]

  private struct Line {
    /// The fields of the key, with the code of the body.
    let key: [String]
    let body: Int64
    /// By term. Nil if all amounts were blank.
    var sums: [Int128?]
  }

  private struct Cell {
    let key: [String]
    let answer: RestatePlaces.Answer
  }

  init(_ sums: GroupedSums, _ layout: RestateLayout, _ restater: Restater) throws {
    self.layout = layout
    self.restater = restater
    decimals = sums.decimals
    tally = RestateTally(layout.terms.indices.map { layout.name(of: $0) })
    var cells: [Cell] = []
    cells.reserveCapacity(sums.cellCount)
    for index in 0..<sums.cellCount {
      let key = sums.key(of: index)
      let code = key[layout.codeInKey]
      let day = restater.day(of: key, layout)
      let answer = try restater.places.answer(code, on: day)
      tally.note(code, restater.places.firstLikeDay(day), answer, rowCount: sums.rowCount(of: index))
      cells.append(Cell(key: key, answer: answer))
    }
    let isDivided = cells.contains { !$0.answer.isWhole }
    for term in layout.terms.indices {
      let room = try Self.room(sums, term, name: layout.name(of: term))
      scales.append(
        sums.scales[term]
          + (isDivided && restater.request.rounding == .nearest ? min(Self.extraDecimals, room) : 0))
      tally.setDecimals(term < layout.sumCount ? decimals[term] : sums.scales[term], of: term)
    }
    for (index, cell) in cells.enumerated() { try add(cell, index, sums) }
  }

  /// How many more digits every sum of the term's amounts could have.
  private static func room(_ sums: GroupedSums, _ term: Int, name: String) throws(RowError) -> Int {
    var total: UInt128 = 0
    for cell in 0..<sums.cellCount {
      total = total.addingReportingOverflow(sums.sum(of: cell, term: term)?.magnitude ?? 0).partialValue
      guard total < UInt128(ExactDecimal.powerOfTen(ExactDecimal.maximumDigits)) else {
        throw RowError(
          line: 0, column: name, message: "the total has more than \(ExactDecimal.maximumDigits) digits")
      }
    }
    let digits = String(total).utf8.count
    return min(ExactDecimal.maximumDigits - digits, ExactDecimal.maximumDigits - sums.scales[term])
  }

  private mutating func add(_ cell: Cell, _ index: Int, _ sums: GroupedSums) throws {
    let code = cell.key[layout.codeInKey]
    var parts: [[Int128]?] = []
    for term in layout.terms.indices {
      tally.addBlanks(sums.blankCount(of: index, term: term), to: term)
      guard let sum = sums.sum(of: index, term: term) else {
        parts.append(nil)
        continue
      }
      let digits = sum * ExactDecimal.powerOfTen(scales[term] - sums.scales[term])
      let divided =
        cell.answer.isWhole
        ? [digits] : cell.answer.apportionment.parts(of: digits, rounding: restater.request.rounding)
      try tally.add(
        ExactDecimal(digits: digits, scale: scales[term]), divided, scales[term], term, code, cell.answer)
      parts.append(divided)
    }
    for (number, part) in cell.answer.parts.enumerated() {
      guard case .success(let body) = part.place else { continue }
      var key = cell.key
      key[layout.codeInKey] = try restater.bodies.shown(body).code
      let joined = key.joined(separator: "\0")
      let line = indexOfLine[joined] ?? lines.count
      if line == lines.count {
        indexOfLine[joined] = line
        lines.append(Line(key: key, body: body, sums: [Int128?](repeating: nil, count: layout.terms.count)))
      }
      for (term, divided) in parts.enumerated() {
        if let divided { lines[line].sums[term] = (lines[line].sums[term] ?? 0) + divided[number] }
      }
    }
  }

  // MARK: Output

  /// Writes the header and the lines, sorted by their fields.
  /// - Returns: the number of lines below the header.
  func write(to sink: any ByteSink) throws -> Int {
    var writer = CSVWriter(sink)
    try writer.write(layout.outputHeader(restater.request))
    for (_, index) in indexOfLine.sorted(by: { $0.key < $1.key }) {
      let line = lines[index]
      let shown = try restater.bodies.shown(line.body)
      var fields: [String] = []
      var key = line.key.makeIterator()
      for column in layout.kept {
        if let amount = layout.amountColumns.firstIndex(of: column) {
          fields.append(text(amount, line))
        } else {
          fields.append(key.next() ?? "")
          if column == layout.code { fields += shown.name }
        }
      }
      try writer.write(fields + shown.parents)
    }
    return lines.count
  }

  private func text(_ amount: Int, _ line: Line) -> String {
    if amount < layout.sumCount {
      return line.sums[amount].map { ExactDecimal(digits: $0, scale: scales[amount]).text(decimals: decimals[amount]) }
        ?? ""
    }
    let product = layout.sumCount + 2 * (amount - layout.sumCount)
    guard let dividend = line.sums[product], let divisor = line.sums[product + 1], divisor != 0 else { return "" }
    let extra = restater.request.rounding == .nearest ? Self.extraDecimals : 0
    return Self.quotient(
      dividend, divisor, shift: scales[product + 1] - scales[product], decimals: decimals[amount], extra: extra)
  }

  /// `dividend / divisor`, times ten to the power of `shift`, rounded to as many decimals as there is room for.
  private static func quotient(
    _ dividend: Int128, _ divisor: Int128, shift: Int, decimals: Int, extra: Int
  ) -> String {
    for scale in stride(from: min(decimals + extra, ExactDecimal.maximumDigits), through: 0, by: -1) {
      let power = scale + shift
      guard abs(power) <= ExactDecimal.maximumDigits else { continue }
      let factor = ExactDecimal.powerOfTen(abs(power))
      let (over, tooLargeOver) = power > 0 ? dividend.multipliedReportingOverflow(by: factor) : (dividend, false)
      let (under, tooLargeUnder) = power < 0 ? divisor.multipliedReportingOverflow(by: factor) : (divisor, false)
      if tooLargeOver || tooLargeUnder { continue }
      let (whole, rest) = over.magnitude.quotientAndRemainder(dividingBy: under.magnitude)
      let rounded = Int128(whole) + (rest >= under.magnitude - rest ? 1 : 0)
      let digits = (over < 0) == (under < 0) ? rounded : -rounded
      return ExactDecimal(digits: digits, scale: scale).text(decimals: decimals)
    }
    return ""
  }
}
