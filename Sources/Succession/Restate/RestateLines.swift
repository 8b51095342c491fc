import RegistryFormats
import RegistryStorage

/// The lines that come out, in the order of the bytes of their fields, each with the pieces that it consists of.
///
/// Kept here:
/// 1. The key of an entry has the ranks of its values among all values of their columns, the first column in the highest
///    bits. So keys are in the order of the lines, and those of one line are equal.
struct RestateLines: Sendable {
  /// A value of a column, as it is written.
  struct Column: Sendable {
    private var bytes: [UInt8] = []
    private var starts = [0]

    mutating func append(_ text: ArraySlice<UInt8>) {
      CSVWriter.append(text, to: &bytes)
      starts.append(bytes.count)
    }

    func write(_ rank: Int, to output: inout [UInt8]) { output += bytes[starts[rank]..<starts[rank + 1]] }
  }

  private struct Place {
    let word: Int
    let shift: UInt64
    let bits: UInt64
  }

  /// By element of the key. Those of codes, and of columns that do not group, have no values.
  private(set) var columns: [Column]
  /// By element and cell, the rank of its value. Empty if it does not group.
  private let ranks: [[UInt32]]
  private let code: Int
  private var places: [Place?]
  private let width: Int
  private var keys: [UInt64] = []
  private var references: [UInt32] = []
  /// Where the entries of each line begin, and where those of the last end.
  private(set) var starts: [Int] = []

  var count: Int { max(0, starts.count - 1) }

  /// - Parameters:
  ///   - taken: the cells of each part.
  ///   - codeCount: how many codes come out.
  ///   - omitted: elements that do not group.
  init(
    _ parts: [GroupedSums], _ taken: [GroupedSums.GroupedCells], code: Int, codeCount: Int, without omitted: Set<Int>
  ) {
    self.code = code
    var columns: [Column] = []
    var ranks: [[UInt32]] = []
    var counts: [Int] = []
    for element in parts[0].plan.keyColumns.indices {
      if element == code || omitted.contains(element) {
        columns.append(Column())
        ranks.append([])
        counts.append(element == code ? codeCount : 1)
      } else {
        let (column, own) = Self.ranked(parts.map { $0.columns[element] })
        columns.append(column)
        counts.append(own.flatMap(\.self).max().map { Int($0) + 1 } ?? 1)
        var all: [UInt32] = []
        all.reserveCapacity(taken.reduce(0) { $0 + $1.places.count })
        for (own, cells) in zip(own, taken) { for number in cells.numbers[element] { all.append(own[Int(number)]) } }
        ranks.append(all)
      }
    }
    (self.columns, self.ranks) = (columns, ranks)
    var places: [Place?] = []
    var (word, free) = (0, UInt64(64))
    for (element, count) in counts.enumerated() {
      if omitted.contains(element) {
        places.append(nil)
        continue
      }
      let bits = UInt64(max(1, 64 - UInt64(max(0, count - 1)).leadingZeroBitCount))
      if bits > free { (word, free) = (word + 1, 64) }
      free -= bits
      places.append(Place(word: word, shift: free, bits: bits))
    }
    self.places = places
    width = word + 1
  }

  /// The values of a column in all parts, in the order of their bytes.
  private static func ranked(_ parts: [ColumnNumbers]) -> (Column, [[UInt32]]) {
    var values = parts.indices.flatMap { part in (0..<parts[part].count).map { (part: part, number: $0) } }
    func bytes(_ value: (part: Int, number: Int)) -> ArraySlice<UInt8> { parts[value.part].bytes(of: value.number) }
    values.sort { bytes($0).lexicographicallyPrecedes(bytes($1)) }
    var column = Column()
    var ranks = parts.map { [UInt32](repeating: 0, count: $0.count) }
    var rank = -1
    var last: ArraySlice<UInt8>?
    for value in values {
      let own = bytes(value)
      if last.map({ $0.elementsEqual(own) }) != true {
        rank += 1
        column.append(own)
        last = own
      }
      ranks[value.part][value.number] = UInt32(rank)
    }
    return (column, ranks)
  }

  // MARK: Entries

  mutating func reserve(_ count: Int) {
    keys.reserveCapacity(count * width)
    references.reserveCapacity(count)
  }

  /// Adds a cell, or a piece of one, to the line that its values and a code make.
  /// - Parameter rank: that of the code among those that come out.
  mutating func add(_ reference: UInt32, cell: Int, code rank: Int) {
    if width == 1 {
      var key: UInt64 = 0
      for element in 0..<places.count {
        guard let place = places[element] else { continue }
        key |= (element == code ? UInt64(rank) : UInt64(ranks[element][cell])) &<< place.shift
      }
      keys.append(key)
    } else {
      let start = keys.count
      for _ in 0..<width { keys.append(0) }
      for element in places.indices {
        guard let place = places[element] else { continue }
        keys[start + place.word] |= (element == code ? UInt64(rank) : UInt64(ranks[element][cell])) << place.shift
      }
    }
    references.append(reference)
  }

  /// The values of a cell but its code, as ranks.
  func values(of cell: Int) -> [UInt32] { ranks.map { $0.isEmpty ? 0 : $0[cell] } }

  /// Puts the entries in order, and finds the lines.
  mutating func sort() {
    if width == 1 {
      radixSort()
    } else {
      let order = references.indices.sorted { first, second in
        let (one, other) = (first * width, second * width)
        for word in 0..<width where keys[one + word] != keys[other + word] {
          return keys[one + word] < keys[other + word]
        }
        return first < second
      }
      keys = order.flatMap { keys[($0 * width)..<(($0 + 1) * width)] }
      references = order.map { references[$0] }
    }
    starts.reserveCapacity(references.count + 1)
    for entry in references.indices where entry == 0 || isNew(entry) { starts.append(entry) }
    if !references.isEmpty { starts.append(references.count) }
  }

  private func isNew(_ entry: Int) -> Bool {
    for word in 0..<width where keys[entry &* width &+ word] != keys[(entry &- 1) &* width &+ word] { return true }
    return false
  }

  /// Sorts by eleven bits at a time, from the lowest that any key has to the highest.
  private mutating func radixSort() {
    let used = keys.reduce(0, |)
    var (otherKeys, otherReferences) = (keys, references)
    var shift = UInt64(used.trailingZeroBitCount)
    while shift < 64, used >> shift != 0 {
      var counts = [Int](repeating: 0, count: 2_049)
      for key in keys { counts[Int(truncatingIfNeeded: key &>> shift & 2_047) &+ 1] &+= 1 }
      for digit in 1..<counts.count { counts[digit] &+= counts[digit &- 1] }
      for index in keys.indices {
        let digit = Int(truncatingIfNeeded: keys[index] &>> shift & 2_047)
        let place = counts[digit]
        counts[digit] = place &+ 1
        otherKeys[place] = keys[index]
        otherReferences[place] = references[index]
      }
      swap(&keys, &otherKeys)
      swap(&references, &otherReferences)
      shift += 11
    }
  }

  // MARK: Lines

  /// The cells and pieces of a line.
  func references(of line: Int) -> ArraySlice<UInt32> { references[starts[line]..<starts[line + 1]] }

  /// The rank of the value of a line in an element of the key.
  func rank(of line: Int, element: Int) -> Int {
    guard let place = places[element] else { return 0 }
    let word = keys[starts[line] &* width &+ place.word]
    return Int(word &>> place.shift & (place.bits == 64 ? .max : (1 &<< place.bits) &- 1))
  }
}
