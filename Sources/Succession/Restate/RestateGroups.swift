import RegistryFormats
import RegistryStorage

/// The sums of grouped rows on the target day.
///
/// Kept here:
/// 1. Every cell is counted once in the tally. What of it lies in bodies is in the lines, and the rest is a loss.
/// 2. A rate is rounded once, when it is written.
struct RestateGroups {
  private let layout: RestateLayout
  private let restater: Restater
  private(set) var tally: RestateTally
  /// Columns that depend on the code alone, and keep rows of one target apart.
  let dependents: RestateDependents
  private var cells: RestateCells
  private var lines: RestateLines
  /// By line and amount column, what is withheld.
  private var withheld: Set<Blank> = []
  /// The codes that come out, in the order of their bytes.
  private let codes: [String]

  private struct Blank: Hashable {
    let line: Int
    let column: Int
  }

  /// - Parameters:
  ///   - parts: what was read. Their cells are taken.
  ///   - tally: with what the codes mean, and how many rows have them.
  init(
    _ parts: inout [GroupedSums], _ tally: RestateTally, _ input: RestateInput, _ restater: Restater
  ) throws {
    let layout = input.layout
    self.layout = layout
    self.restater = restater
    self.tally = tally
    dependents = try RestateDependents(layout, parts, tally.meanings, restater.bodies)
    let taken = parts.indices.map { parts[$0].takeCells() }
    cells = try RestateCells(parts, taken, layout, tally.meanings, rounding: restater.request.rounding)
    for term in layout.terms.indices {
      self.tally.setDecimals(term < layout.sumCount ? cells.decimals[term] : cells.termScales[term], of: term)
    }
    let targets = tally.targets
    let codeOfTarget = try targets.map { target throws(DatabaseError) in try restater.bodies.shown(target.body).code }
    let codes = Set(codeOfTarget).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.codes = codes
    let rankOfCode = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    let ranks = codeOfTarget.map { rankOfCode[$0] ?? 0 }
    let omitted = restater.request.dependents == .keep ? [] : Set(dependents.columns.map(\.element))
    lines = RestateLines(parts, taken, code: layout.codeInKey, codeCount: codes.count, without: omitted)
    try add(ranks)
    for (rows, found) in parts[0].skipped.sorted(by: { ($0.key.code, $0.key.reason) < ($1.key.code, $1.key.reason) }) {
      try self.tally.addPassedOver(rows, found.count, Array(found.amounts[..<layout.sumCount]))
    }
  }

  /// A cell whose code was divided.
  private struct Divided {
    let meaning: Int
    let cell: Int
    /// The cell with the same key in the second part of the source.
    var other: Int?
  }

  private struct Key: Hashable {
    let meaning: Int
    let values: [UInt32]
  }

  /// Counts all cells, and puts them into lines.
  /// - Parameter ranks: by target, that of its code.
  private mutating func add(_ ranks: [Int]) throws {
    let terms = layout.terms.count
    var whole = [Int128](repeating: 0, count: terms)
    var divided: [Divided] = []
    lines.reserve(cells.count)
    // By meaning, the rank of the only code that it goes to, or -1.
    let rankOfMeaning = tally.meanings.map { meaning in
      if meaning.reading.isWhole, case .body = meaning.reading.places[0] { return ranks[meaning.indices[0]] }
      return -1
    }
    for (term, count) in cells.blankCounts.enumerated() { tally.addBlanks(count, to: term) }
    for cell in 0..<cells.count {
      let place = Int(cells.places[cell])
      let rank = place & 1 == 0 ? ranks[place &>> 1] : rankOfMeaning[place &>> 1]
      guard rank >= 0 else {
        divided.append(Divided(meaning: place &>> 1, cell: cell))
        continue
      }
      for term in 0..<terms { whole[term] &+= cells.sum(of: cell, term: term) ?? 0 }
      lines.add(UInt32(cell), cell: cell, code: rank)
    }
    for term in 0..<terms {
      try tally.addWhole(ExactDecimal(digits: whole[term], scale: cells.scales[term]), to: term)
    }
    for cell in joined(divided) { try add(cell, ranks) }
    lines.sort()
  }

  /// Puts cells of two parts together that have one key, because they are divided as one.
  private func joined(_ divided: [Divided]) -> [Divided] {
    var joined: [Divided] = []
    var known: [Key: Int] = [:]
    for cell in divided {
      let key = Key(meaning: cell.meaning, values: lines.values(of: cell.cell))
      if let index = known[key], joined[index].other == nil {
        joined[index].other = cell.cell
      } else {
        known[key] = joined.count
        joined.append(cell)
      }
    }
    return joined
  }

  /// Counts a cell that is divided, or lies in no body, and puts its pieces into lines.
  private mutating func add(_ found: Divided, _ ranks: [Int]) throws {
    let meaning = tally.meanings[found.meaning]
    for term in layout.terms.indices {
      guard let sum = cells.sum(of: found.cell, found.other, term: term) else { continue }
      let scale = cells.scales[term]
      try tally.add(ExactDecimal(digits: sum, scale: scale), to: term)
      let shares = meaning.reading.apportionment.parts(of: sum, rounding: restater.request.rounding)
      for (number, share) in shares.enumerated() {
        try tally.add(ExactDecimal(digits: share, scale: scale), to: term, number, of: meaning)
      }
    }
    for (index, place) in meaning.reading.places.enumerated() {
      guard case .body = place else { continue }
      let piece = cells.take(found.cell, found.other, meaning: meaning.index, number: index)
      lines.add(piece, cell: found.cell, code: ranks[meaning.indices[index]])
    }
  }

  var lineCount: Int { lines.count }

  // MARK: Lines

  private func pieces(of line: Int) -> [RestateCells.Piece] {
    lines.references(of: line).map { cells.piece($0) }
  }

  private func meaning(of piece: RestateCells.Piece) -> RestateTally.Meaning? {
    let place = Int(cells.places[piece.cell])
    return place & 1 == 1 ? tally.meanings[place >> 1] : nil
  }

  /// The index of the target of a line.
  private func target(of line: Int) -> Int {
    let piece = cells.piece(lines.references(of: line).first ?? 0)
    let place = Int(cells.places[piece.cell])
    return place & 1 == 0 ? place >> 1 : tally.meanings[place >> 1].indices[piece.number]
  }

  // MARK: Coverage

  /// Judges the targets, and withholds the amounts of partial ones if that is asked for.
  /// - Returns: what the proof says of partial targets.
  mutating func judge() throws -> RestatePartials {
    var partials = try RestatePartials(restater, tally, columns: layout.amountColumns.map { layout.header[$0] })
    if cells.hasBlanks {
      for line in 0..<lines.count { try judge(line, &partials) }
    }
    guard restater.request.partial == .blank else { return partials }
    for line in 0..<lines.count {
      let (target, pieces) = (target(of: line), pieces(of: line))
      for column in layout.amountColumns.indices where partials.isPartial(target, column: column, line: line) {
        withheld.insert(Blank(line: line, column: column))
        for term in layout.terms(of: column) {
          let amounts = pieces.compactMap { cells.amount(of: $0, term: term) }
          guard !amounts.isEmpty else { continue }
          try tally.withhold(ExactDecimal(digits: amounts.reduce(0, +), scale: cells.scales[term]), from: term)
        }
      }
    }
    return partials
  }

  /// Judges a line in which bodies have rows without a value.
  private func judge(_ line: Int, _ partials: inout RestatePartials) throws(DatabaseError) {
    let pieces = pieces(of: line)
    for column in layout.amountColumns.indices {
      var absent: Set<OrganisationID> = []
      var present: Set<OrganisationID> = []
      for piece in pieces {
        guard let body = meaning(of: piece)?.reading.body else { continue }
        let isBlank = layout.terms(of: column).contains { cells.sum(of: piece.cell, piece.other, term: $0) == nil }
        if isBlank { absent.insert(body) } else { present.insert(body) }
      }
      absent.subtract(present)
      if !absent.isEmpty { try partials.note(target(of: line), column: column, without: absent, line: line) }
    }
  }

  // MARK: Missing values

  /// By amount column, how many values are missing in a line.
  private func lacks(in line: Int) -> [Int] {
    var lacks = [Int](repeating: 0, count: layout.amountColumns.count)
    guard cells.hasBlanks else { return lacks }
    for piece in pieces(of: line) {
      for term in layout.terms.indices where layout.isCounted(term) {
        lacks[layout.column(of: term)] += cells.blankCount(of: piece, term: term)
      }
    }
    return lacks
  }

  /// How many values are missing in what each target is made of.
  func lacks() throws(DatabaseError) -> [RestateProof.Lack] {
    guard cells.hasBlanks else { return [] }
    var counts: [String: [Int]] = [:]
    for line in 0..<lines.count {
      let lacks = lacks(in: line)
      guard lacks.contains(where: { $0 > 0 }) else { continue }
      let code = codes[lines.rank(of: line, element: layout.codeInKey)]
      let known = counts[code] ?? [Int](repeating: 0, count: lacks.count)
      counts[code] = zip(known, lacks).map { $0 + $1 }
    }
    return counts.sorted { $0.key < $1.key }.flatMap { code, counts in
      zip(layout.amountColumns, counts).filter { $0.1 > 0 }.map {
        RestateProof.Lack(code: code, column: layout.header[$0.0], count: $0.1)
      }
    }
  }

  // MARK: Output

  /// Writes the header and the lines, sorted by their fields.
  /// - Returns: the number of lines below the header.
  func write(_ partials: RestatePartials, to sink: any ByteSink) throws -> Int {
    var writer = CSVWriter(sink)
    let left = leftOut
    try writer.write(layout.outputHeader(restater.request, without: left))
    var format = RestateFormat(layout, cells, lines, without: left)
    for target in tally.targets {
      let shown = try restater.bodies.shown(target.body)
      var replaced: [Int: String] = [:]
      if restater.request.dependents == .replace {
        for column in dependents.columns {
          replaced[column.element] = try column.content.map { content throws(DatabaseError) in
            try restater.bodies.text(content, of: target.body)
          }
        }
      }
      format.append(target: [shown.code] + shown.besideCode, shown.parents, replaced)
    }
    if restater.request.addsCoverage || restater.request.addsMissing || !withheld.isEmpty {
      for line in 0..<lines.count {
        var buffer: [UInt8] = []
        let target = target(of: line)
        var end = restater.request.addsCoverage ? [partials.coverage(target, line: line)] : []
        if restater.request.addsMissing { end.append("\(lacks(in: line).reduce(0, +))") }
        let hidden =
          withheld.isEmpty
          ? []
          : layout.amountColumns.indices.filter { column in
            withheld.contains(Blank(line: line, column: column))
          }
        try format.write(line, target: target, hiding: hidden, end: end, to: &buffer)
        try sink.write(buffer)
      }
      return lines.count
    }
    let targets = RestateFormat.Targets(tally.meanings.map(\.indices))
    try format.writeAll(targets, to: sink)
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
}
