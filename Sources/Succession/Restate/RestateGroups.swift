import RegistryFormats
import RegistryStorage

/// The sums of grouped rows on the target day.
///
/// Kept here:
/// 1. A sum of a code, day and group is divided once, not each row.
/// 2. All parts of a term have as many decimals as the file, and up to nine more if anything is divided.
/// 3. A rate is rounded once, when it is written.
struct RestateGroups {
  static let extraDecimals = 9

  private let layout: RestateLayout
  private let restater: Restater
  private(set) var tally: RestateTally
  /// By the fields of the key, joined with zero bytes. No field contains one, so the keys sort field by field.
  private var indexOfLine: [String: Int] = [:]
  private var lines: [Line] = []
  private var scales: [Int] = []
  private let termScales: [Int]
  private let decimals: [Int]
  /// By line and term, the bodies that have rows without a value there.
  private var blanks: [Blank: Set<OrganisationID>] = [:]

  private struct Line {
    /// The fields of the key, with the code of the body.
    let key: [String]
    let body: OrganisationID
    /// The index of the target.
    let target: Int
    /// By term. Nil if all amounts were blank.
    var sums: [Int128?]
    /// By rate.
    var means: [RestateMean]
    /// By amount column, how many values are missing.
    var lacks: [Int]
  }

  private struct Blank: Hashable {
    let line: Int
    let column: Int
  }

  private typealias Cell = (key: [String], meaning: RestateTally.Meaning)

  /// Columns that depend on the code alone, and keep rows of one target apart.
  let dependents: RestateDependents

  init(_ sums: GroupedSums, _ input: RestateInput, _ restater: Restater) throws {
    let layout = input.layout
    self.layout = layout
    self.restater = restater
    decimals = sums.decimals
    termScales = sums.scales
    tally = RestateTally(
      layout.terms.indices.map { layout.name(of: $0) }, columnCount: layout.amountColumns.count, restater.places)
    var cells: [Cell] = []
    cells.reserveCapacity(sums.cellCount)
    let day = restater.dayReader(input)
    for index in 0..<sums.cellCount {
      let key = sums.key(of: index)
      let flaw = sums.flaws[index]
      let meaning = try tally.note(
        key[layout.codeInKey], flaw == nil ? day(key) : .distantPast, rowCount: sums.rowCount(of: index),
        mistake: flaw.map { "column '\($0.column ?? "")': \($0.message)" })
      for term in layout.terms.indices where sums.sum(of: index, term: term) != nil {
        tally.noteValue(layout.column(of: term), of: meaning)
      }
      cells.append((key, meaning))
    }
    dependents = try RestateDependents(layout, cells, restater.bodies)
    let isDivided = tally.meanings.contains { !$0.reading.isWhole }
    for term in layout.terms.indices {
      let room = try Self.room(sums, term, name: layout.name(of: term))
      scales.append(
        sums.scales[term]
          + (isDivided && restater.request.rounding == .nearest ? min(Self.extraDecimals, room) : 0))
      tally.setDecimals(term < layout.sumCount ? decimals[term] : sums.scales[term], of: term)
    }
    for (index, cell) in cells.enumerated() { try add(cell, index, sums) }
    for (rows, found) in sums.skipped.sorted(by: { ($0.key.code, $0.key.reason) < ($1.key.code, $1.key.reason) }) {
      try tally.addPassedOver(rows, found.count, Array(found.amounts[..<layout.sumCount]))
    }
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
    let meaning = cell.meaning
    let apportionment = meaning.reading.apportionment
    let partCount = meaning.reading.places.count
    // By term, and then by part.
    var parts: [Int128] = []
    parts.reserveCapacity(layout.terms.count * partCount)
    for term in layout.terms.indices {
      tally.addBlanks(sums.blankCount(of: index, term: term), to: term)
      let sum = sums.sum(of: index, term: term)
      let digits = (sum ?? 0) * ExactDecimal.powerOfTen(scales[term] - sums.scales[term])
      if partCount == 1 {
        parts.append(digits)
      } else {
        parts += apportionment.parts(of: digits, rounding: restater.request.rounding)
      }
      guard sum != nil else { continue }
      try tally.add(ExactDecimal(digits: digits, scale: scales[term]), to: term)
      for number in 0..<partCount {
        let part = ExactDecimal(digits: parts[term * partCount + number], scale: scales[term])
        try tally.add(part, to: term, number, of: meaning)
      }
    }
    for number in 0..<partCount {
      guard case .body(let body) = meaning.reading.places[number] else { continue }
      let line = try line(cell.key, body, target: meaning.indices[number])
      for term in layout.terms.indices {
        if layout.isCounted(term) {
          lines[line].lacks[layout.column(of: term)] += sums.blankCount(of: index, term: term)
        }
        if sums.sum(of: index, term: term) != nil {
          lines[line].sums[term] = (lines[line].sums[term] ?? 0) + parts[term * partCount + number]
        } else if let source = meaning.reading.body {
          blanks[Blank(line: line, column: layout.column(of: term)), default: []].insert(source)
        }
      }
      let share = (apportionment.weights[number], apportionment.total)
      for rate in lines[line].means.indices {
        let product = layout.sumCount + 2 * rate
        guard let over = sums.sum(of: index, term: product), let under = sums.sum(of: index, term: product + 1) else {
          continue
        }
        lines[line].means[rate].add(over, under, share: share)
      }
    }
  }

  /// The index of the line of a body in a group.
  private mutating func line(_ cellKey: [String], _ body: OrganisationID, target: Int) throws(DatabaseError) -> Int {
    var key = cellKey
    key[layout.codeInKey] = try restater.bodies.shown(body).code
    if restater.request.dependents != .keep {
      for column in dependents.columns {
        let isReplaced = restater.request.dependents == .replace
        key[column.element] =
          isReplaced
          ? try column.content.map { content throws(DatabaseError) in
            try restater.bodies.text(content, of: body)
          } ?? "" : ""
      }
    }
    let joined = key.joined(separator: "\0")
    if let known = indexOfLine[joined] { return known }
    indexOfLine[joined] = lines.count
    lines.append(
      Line(
        key: key, body: body, target: target, sums: [Int128?](repeating: nil, count: layout.terms.count),
        means: [RestateMean](repeating: RestateMean(), count: layout.amountColumns.count - layout.sumCount),
        lacks: [Int](repeating: 0, count: layout.amountColumns.count)))
    return lines.count - 1
  }

  // MARK: Coverage

  /// Judges the targets, and withholds the amounts of partial ones if that is asked for.
  /// - Returns: what the proof says of partial targets.
  mutating func judge() throws -> RestatePartials {
    var partials = try RestatePartials(restater, tally, columns: layout.amountColumns.map { layout.header[$0] })
    for (blank, bodies) in blanks.sorted(by: { ($0.key.line, $0.key.column) < ($1.key.line, $1.key.column) }) {
      try partials.note(lines[blank.line].target, column: blank.column, without: bodies, line: blank.line)
    }
    guard restater.request.partial == .blank else { return partials }
    for line in lines.indices {
      for column in layout.amountColumns.indices
      where partials.isPartial(lines[line].target, column: column, line: line) {
        for term in layout.terms(of: column) {
          guard let sum = lines[line].sums[term] else { continue }
          try tally.withhold(ExactDecimal(digits: sum, scale: scales[term]), from: term)
          lines[line].sums[term] = nil
        }
      }
    }
    return partials
  }

  // MARK: Output

  /// Writes the header and the lines, sorted by their fields.
  /// - Returns: the number of lines below the header.
  func write(_ partials: RestatePartials, to sink: any ByteSink) throws -> Int {
    var writer = CSVWriter(sink)
    let left = leftOut
    try writer.write(layout.outputHeader(restater.request, without: left))
    for (_, index) in indexOfLine.sorted(by: { $0.key < $1.key }) {
      let line = lines[index]
      let shown = try restater.bodies.shown(line.body)
      var fields: [String] = []
      var key = line.key.makeIterator()
      for column in layout.kept {
        if let amount = layout.amountColumns.firstIndex(of: column) {
          fields.append(try text(amount, line))
        } else {
          let field = key.next() ?? ""
          if !left.contains(column) { fields.append(field) }
          if column == layout.code { fields += shown.besideCode }
        }
      }
      fields += shown.parents
      if restater.request.addsCoverage { fields.append(partials.coverage(line.target, line: index)) }
      if restater.request.addsMissing { fields.append("\(line.lacks.reduce(0, +))") }
      try writer.write(fields)
    }
    return lines.count
  }

  /// Columns that do not come out, because they depend on the code: all if that is asked for, and those of which nobody
  /// knows what they say of a target.
  private var leftOut: Set<Int> {
    switch restater.request.dependents {
    case .keep: []
    case .drop: dependentColumns
    case .replace: Set(dependents.columns.filter { $0.content == nil }.map { layout.keyColumns[$0.element] })
    }
  }

  /// The columns that depend on the code, by their places in the file.
  var dependentColumns: Set<Int> { Set(dependents.columns.map { layout.keyColumns[$0.element] }) }

  /// A sentence about columns that depend on the code. Nil if there are none.
  var dependentsRemark: String? {
    guard !dependents.columns.isEmpty else { return nil }
    let code = layout.header[layout.code]
    let names = dependents.columns.map { "'\(layout.header[layout.keyColumns[$0.element]])'" }
    let some = "\(names.joined(separator: ", ")) \(names.count == 1 ? "depends" : "depend") on '\(code)' alone"
    switch restater.request.dependents {
    case .keep:
      return "\(some), and \(names.count == 1 ? "keeps" : "keep") rows of one target apart: say --dependents drop, or "
        + "--dependents replace"
    case .drop: return "\(some), and \(names.count == 1 ? "is" : "are") left out"
    case .replace:
      let unknown = dependents.columns.filter { $0.content == nil }.map { layout.header[layout.keyColumns[$0.element]] }
      return "\(some), and \(names.count == 1 ? "says" : "say") the same of the target"
        + (unknown.isEmpty
          ? "" : "; left out, because nobody knows what they say of a target: \(unknown.joined(separator: ", "))")
    }
  }

  /// How many values are missing in what each target is made of.
  func lacks() throws(DatabaseError) -> [RestateProof.Lack] {
    var counts: [String: [Int]] = [:]
    for line in lines where line.lacks.contains(where: { $0 > 0 }) {
      let code = try restater.bodies.shown(line.body).code
      let known = counts[code] ?? [Int](repeating: 0, count: line.lacks.count)
      counts[code] = zip(known, line.lacks).map { $0 + $1 }
    }
    return counts.sorted { $0.key < $1.key }.flatMap { code, counts in
      zip(layout.amountColumns, counts).filter { $0.1 > 0 }.map {
        RestateProof.Lack(code: code, column: layout.header[$0.0], count: $0.1)
      }
    }
  }

  private func text(_ amount: Int, _ line: Line) throws(RowError) -> String {
    if amount < layout.sumCount {
      return line.sums[amount].map { ExactDecimal(digits: $0, scale: scales[amount]).text(decimals: decimals[amount]) }
        ?? ""
    }
    let product = layout.sumCount + 2 * (amount - layout.sumCount)
    guard line.sums[product] != nil else { return "" }
    let text = line.means[amount - layout.sumCount].text(
      shift: termScales[product + 1] - termScales[product], decimals: decimals[amount],
      extra: restater.request.rounding == .nearest ? Self.extraDecimals : 0)
    guard let text else {
      throw RowError(
        line: 0, column: layout.header[layout.amountColumns[amount]],
        message: "a mean has more than \(ExactDecimal.maximumDigits) digits")
    }
    return text
  }
}
