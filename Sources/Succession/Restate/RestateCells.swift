import RegistryFormats
import RegistryStorage

/// What the rows of a file add up to, and what of it belongs to which line.
///
/// Kept here:
/// 1. A sum of a code, day and group is divided once, not each row.
/// 2. All parts of a term have as many decimals as the file, and up to nine more if anything is divided.
/// 3. Nothing here refers to the register, so that several threads can read it.
struct RestateCells: Sendable {
  static let extraDecimals = 9

  /// A part of a cell: all of it, or the number of a part of what its code means.
  struct Piece {
    let cell: Int
    /// The cell with the same key in the other part of the source, if the cell is divided.
    let other: Int?
    let number: Int
    /// Nil if it is all of the cell.
    let apportionment: Apportionment?
  }

  /// How many decimals the sums of a term have in the file.
  let termScales: [Int]
  /// How many decimals the sums of a term have here.
  let scales: [Int]
  /// By amount column.
  let decimals: [Int]
  let rounding: Apportionment.Rounding
  /// How many cells there are.
  let count: Int
  /// By cell, the number of its place.
  let places: [UInt32]
  private let termCount: Int
  /// By cell and term, with as many decimals as all have here.
  private let sums: [Int128]
  /// By cell and term.
  private let blanks: [Int: Int]
  /// By meaning.
  private let apportionments: [Apportionment]
  /// By term, what sums are multiplied by to have more decimals than in the file.
  private let factors: [Int128]
  /// Pieces of cells that are divided.
  private var divided: [(cell: UInt32, other: UInt32?, meaning: UInt32, number: UInt32)] = []

  /// - Parameter taken: the cells of each part.
  init(
    _ parts: [GroupedSums], _ taken: [GroupedSums.GroupedCells], _ layout: RestateLayout,
    _ meanings: [RestateTally.Meaning], rounding: Apportionment.Rounding
  ) throws(RowError) {
    self.rounding = rounding
    decimals = parts[0].decimals
    apportionments = meanings.map(\.reading.apportionment)
    count = taken.reduce(0) { $0 + $1.places.count }
    places = taken.count == 1 ? taken[0].places : taken.flatMap(\.places)
    let terms = layout.terms.count
    termCount = terms
    var sums: [Int128] = []
    sums.reserveCapacity(count * terms)
    for cells in taken { sums += cells.sums }
    var blanks = taken[0].blanks
    let first = taken[0].sums.count
    for cells in taken.dropFirst() { for (index, count) in cells.blanks { blanks[first + index] = count } }
    self.blanks = blanks
    let isDivided = meanings.contains { !$0.reading.isWhole && $0.rowCount > 0 }
    var termScales: [Int] = []
    var scales: [Int] = []
    var factors: [Int128] = []
    for term in 0..<terms {
      let scale = parts.map { $0.scales[term] }.max() ?? 0
      var start = 0
      for (part, cells) in zip(parts, taken) {
        let end = start + cells.sums.count
        let lift = ExactDecimal.powerOfTen(scale - part.scales[term])
        try Self.multiply(&sums, stride(from: start + term, to: end, by: terms), lift, name: layout.name(of: term))
        start = end
      }
      termScales.append(scale)
      let room = try Self.room(sums, term, of: terms, scale, name: layout.name(of: term))
      let extra = isDivided && rounding == .nearest ? min(Self.extraDecimals, room) : 0
      scales.append(scale + extra)
      factors.append(ExactDecimal.powerOfTen(extra))
      try Self.multiply(
        &sums, stride(from: term, to: sums.count, by: terms), factors[term], name: layout.name(of: term))
    }
    (self.termScales, self.scales, self.factors, self.sums) = (termScales, scales, factors, sums)
  }

  private static func multiply(
    _ sums: inout [Int128], _ indices: StrideTo<Int>, _ factor: Int128, name: String
  ) throws(RowError) {
    if factor == 1 { return }
    for index in indices where sums[index] != GroupedSums.GroupedCells.blank {
      let (product, overflows) = sums[index].multipliedReportingOverflow(by: factor)
      if overflows || !ExactDecimal.holds(product) {
        throw RowError(
          line: 0, column: name, message: "the sum has more than \(ExactDecimal.maximumDigits) digits")
      }
      sums[index] = product
    }
  }

  /// How many more digits every sum of the term's amounts could have.
  private static func room(
    _ sums: [Int128], _ term: Int, of terms: Int, _ scale: Int, name: String
  ) throws(RowError) -> Int {
    var total: UInt128 = 0
    for index in stride(from: term, to: sums.count, by: terms) where sums[index] != GroupedSums.GroupedCells.blank {
      total = total.addingReportingOverflow(sums[index].magnitude).partialValue
      guard total < UInt128(ExactDecimal.powerOfTen(ExactDecimal.maximumDigits)) else {
        throw RowError(
          line: 0, column: name, message: "the total has more than \(ExactDecimal.maximumDigits) digits")
      }
    }
    let digits = String(total).utf8.count
    return min(ExactDecimal.maximumDigits - digits, ExactDecimal.maximumDigits - scale)
  }

  /// Nil if every amount was blank.
  func sum(of cell: Int, term: Int) -> Int128? {
    let sum = sums[cell &* termCount &+ term]
    return sum == GroupedSums.GroupedCells.blank ? nil : sum
  }

  private func blankCount(of cell: Int, term: Int) -> Int { blanks[cell * termCount + term] ?? 0 }

  var hasBlanks: Bool { !blanks.isEmpty }

  /// By term, how many amounts were blank.
  var blankCounts: [Int] {
    blanks.reduce(into: [Int](repeating: 0, count: termCount)) { $0[$1.key % termCount] += $1.value }
  }

  // MARK: Pieces

  /// Takes a piece of a divided cell.
  /// - Parameter other: the cell with the same key in the other part of the source.
  /// - Returns: what stands for it in a line.
  mutating func take(_ cell: Int, _ other: Int?, meaning: Int, number: Int) -> UInt32 {
    divided.append((UInt32(cell), other.map { UInt32($0) }, UInt32(meaning), UInt32(number)))
    return UInt32(count + divided.count - 1)
  }

  /// What stands in a line: a cell, or a piece of one.
  func piece(_ reference: UInt32) -> Piece {
    let index = Int(reference)
    if index < count { return Piece(cell: index, other: nil, number: 0, apportionment: nil) }
    let found = divided[index - count]
    return Piece(
      cell: Int(found.cell), other: found.other.map { Int($0) }, number: Int(found.number),
      apportionment: apportionments[Int(found.meaning)])
  }

  /// Of a cell and the one with the same key, if any. Nil if every amount was blank.
  func sum(of cell: Int, _ other: Int?, term: Int) -> Int128? {
    guard let other, let more = sum(of: other, term: term) else { return sum(of: cell, term: term) }
    return (sum(of: cell, term: term) ?? 0) &+ more
  }

  func amount(of piece: Piece, term: Int) -> Int128? {
    guard let sum = sum(of: piece.cell, piece.other, term: term) else { return nil }
    guard let apportionment = piece.apportionment else { return sum }
    return apportionment.parts(of: sum, rounding: rounding)[piece.number]
  }

  /// How many amounts of the cells of a piece are blank.
  func blankCount(of piece: Piece, term: Int) -> Int {
    blankCount(of: piece.cell, term: term) + (piece.other.map { blankCount(of: $0, term: term) } ?? 0)
  }

  /// Adds a piece to the mean of a rate. Weights and products are as the file has them.
  func add(_ piece: Piece, to mean: inout RestateMean, product: Int) {
    for cell in [piece.cell] + (piece.other.map { [$0] } ?? []) { add(cell, of: piece, to: &mean, product: product) }
  }

  private func add(_ cell: Int, of piece: Piece, to mean: inout RestateMean, product: Int) {
    guard let over = sum(of: cell, term: product), let under = sum(of: cell, term: product + 1) else { return }
    let share =
      piece.apportionment.map { (weight: $0.weights[piece.number], total: $0.total) } ?? (weight: 1, total: 1)
    mean.add(over / factors[product], under / factors[product + 1], share: share)
  }
}
