import RegistryFormats

/// Writes lines as CSV, by two threads in turn.
///
/// Kept here:
/// 1. It is a value without ties to the register, and nothing in it changes while threads write.
struct RestateFormat: Sendable {
  private static let linesAtOnce = 32_768

  private let layout: RestateLayout
  private let cells: RestateCells
  private let lines: RestateLines
  private let fields: [Field]
  /// By target: the fields of its code, those at the end, and what columns that depend on the code say of it.
  private var heads: [[UInt8]] = []
  private var ends: [[UInt8]] = []
  private var replaced: [[Int: [UInt8]]] = []

  private enum Field {
    case code
    case element(Int)
    case amount(Int)
  }

  /// By meaning, the targets of its parts.
  struct Targets: Sendable {
    private let targets: [[Int]]

    init(_ targets: [[Int]]) { self.targets = targets }

    fileprivate func target(_ place: Int, _ number: Int) -> Int {
      place & 1 == 0 ? place >> 1 : targets[place >> 1][number]
    }
  }

  /// - Parameter left: columns that do not come out.
  init(_ layout: RestateLayout, _ cells: RestateCells, _ lines: RestateLines, without left: Set<Int>) {
    self.layout = layout
    self.cells = cells
    self.lines = lines
    fields = layout.kept.filter { !left.contains($0) }.map { column in
      if column == layout.code { return .code }
      if let amount = layout.amountColumns.firstIndex(of: column) { return .amount(amount) }
      return .element(layout.keyColumns.firstIndex(of: column) ?? 0)
    }
  }

  /// Adds the next target.
  mutating func append(target head: [String], _ end: [String], _ texts: [Int: String]) {
    heads.append(Self.joined(head))
    ends.append(end.flatMap { Self.joined(["", $0]) })
    replaced.append(texts.mapValues { Self.joined([$0]) })
  }

  private static func joined(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      CSVWriter.append(field.utf8, to: &bytes)
    }
    return bytes
  }

  /// Writes all lines.
  func writeAll(_ targets: Targets, to sink: any ByteSink) throws {
    let chunks = stride(from: 0, to: lines.count, by: Self.linesAtOnce).map {
      $0..<min($0 + Self.linesAtOnce, lines.count)
    }
    try inTurn(chunks, { try text(of: $0, targets) }, write: { try sink.write($0) })
  }

  private func text(of range: Range<Int>, _ targets: Targets) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * 48)
    for line in range {
      let piece = cells.piece(lines.references(of: line).first ?? 0)
      let target = targets.target(Int(cells.places[piece.cell]), piece.number)
      try write(line, target: target, hiding: [], end: [], to: &bytes)
    }
    return bytes
  }

  /// Appends a line.
  /// - Parameters:
  ///   - hidden: amount columns whose amounts are withheld.
  ///   - end: fields at the end.
  func write(_ line: Int, target: Int, hiding hidden: [Int], end: [String], to bytes: inout [UInt8]) throws {
    var isFirst = true
    for field in fields {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      switch field {
      case .code: bytes += heads[target]
      case .element(let element):
        if let text = replaced[target][element] {
          bytes += text
        } else {
          lines.columns[element].write(lines.rank(of: line, element: element), to: &bytes)
        }
      case .amount(let amount): if !hidden.contains(amount) { try write(amount, of: line, to: &bytes) }
      }
    }
    bytes += ends[target]
    for field in end { bytes += Self.joined(["", field]) }
    bytes.append(UInt8(ascii: "\n"))
  }

  private func write(_ amount: Int, of line: Int, to bytes: inout [UInt8]) throws(RowError) {
    if amount < layout.sumCount {
      var sum: Int128?
      for reference in lines.references(of: line) {
        if let part = cells.amount(of: cells.piece(reference), term: amount) { sum = (sum ?? 0) &+ part }
      }
      if let sum {
        ExactDecimal(digits: sum, scale: cells.scales[amount]).append(to: &bytes, decimals: cells.decimals[amount])
      }
      return
    }
    let product = layout.sumCount + 2 * (amount - layout.sumCount)
    var mean = RestateMean()
    var hasValue = false
    for reference in lines.references(of: line) {
      let piece = cells.piece(reference)
      if cells.sum(of: piece.cell, piece.other, term: product) != nil { hasValue = true }
      cells.add(piece, to: &mean, product: product)
    }
    guard hasValue else { return }
    let text = mean.text(
      shift: cells.termScales[product + 1] - cells.termScales[product], decimals: cells.decimals[amount],
      extra: cells.rounding == .nearest ? RestateCells.extraDecimals : 0)
    guard let text else {
      throw RowError(
        line: 0, column: layout.header[layout.amountColumns[amount]],
        message: "a mean has more than \(ExactDecimal.maximumDigits) digits")
    }
    bytes += Array(text.utf8)
  }
}
