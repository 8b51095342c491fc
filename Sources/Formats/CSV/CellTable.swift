/// Cells by the numbers that make their keys, and words that are kept for each.
///
/// 1. Cell `n` is `words[n * width..<(n + 1) * width]`: its key, then `room` words.
/// 2. A key packs one number of each part into few words, in the order of the parts. No number crosses words. If one
///    needs more bits than it has, all keys are packed anew.
/// 3. The size of `slots` is a power of two, and at most half is in use. An element is 0, or a cell plus 1.
package struct CellTable: Sendable {
  private struct Place {
    var word = 0
    var shift: UInt64 = 0
    var bits: UInt64
  }

  private let room: Int
  private var places: [Place]
  private var keyWidth = 1
  private(set) var count = 0
  private(set) var words: [UInt64] = []
  private var slots = [UInt32](repeating: 0, count: 1_024)
  /// The key that is sought.
  private var key: [UInt64] = []

  /// - Parameters:
  ///   - parts: how many numbers make a key, at least 1.
  ///   - room: how many words are kept for each cell.
  init(parts: Int, room: Int) {
    self.room = room
    places = [Place](repeating: Place(bits: UInt64(parts <= 5 ? min(32, 64 / parts) : 12)), count: parts)
    arrange()
  }

  private var width: Int { keyWidth &+ room }

  /// What it takes of memory, in bytes.
  var size: Int { words.capacity * 8 + slots.count * 4 }

  /// Where the words of a cell begin.
  func start(of cell: Int) -> Int { cell &* width &+ keyWidth }

  /// A number of the key of a cell.
  package func number(of cell: Int, part: Int) -> UInt32 { Self.number(words, cell &* width, places[part]) }

  private static func number(_ words: [UInt64], _ start: Int, _ place: Place) -> UInt32 {
    UInt32(truncatingIfNeeded: words[start &+ place.word] &>> place.shift & ((1 &<< place.bits) &- 1))
  }

  subscript(index: Int) -> UInt64 {
    get { words[index] }
    set { words[index] = newValue }
  }

  /// The number in two words.
  func wide(at index: Int) -> Int128 {
    Int128(truncatingIfNeeded: words[index]) | Int128(Int64(bitPattern: words[index &+ 1])) &<< 64
  }

  mutating func set(_ number: Int128, at index: Int) {
    words[index] = UInt64(truncatingIfNeeded: number)
    words[index &+ 1] = UInt64(truncatingIfNeeded: number &>> 64)
  }

  // MARK: Finding

  /// The cell of a key. A new one has zeros in its words.
  mutating func find(_ numbers: [UInt32]) -> (cell: Int, isNew: Bool) {
    pack(numbers)
    var hash: UInt64 = 0
    for word in key { hash = Self.mixed(hash, word) }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while slots[slot] != 0 {
      let cell = Int(slots[slot]) &- 1
      let start = cell &* width
      if words[start] == key[0], keyWidth == 1 || isKey(start) { return (cell, false) }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let cell = count
    count &+= 1
    words.append(contentsOf: key)
    words.append(contentsOf: repeatElement(0, count: room))
    slots[slot] = UInt32(cell &+ 1)
    if count &* 2 > slots.count { spread(over: slots.count * 2) }
    return (cell, true)
  }

  /// Every bit of a word changes the lower half of the result.
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private func isKey(_ start: Int) -> Bool {
    for index in 1..<keyWidth where words[start &+ index] != key[index] { return false }
    return true
  }

  private mutating func pack(_ numbers: [UInt32]) {
    if keyWidth == 1 {
      var word: UInt64 = 0
      for part in 0..<places.count {
        let number = UInt64(numbers[part])
        if number &>> places[part].bits != 0 { return repack(numbers) }
        word |= number &<< places[part].shift
      }
      key[0] = word
      return
    }
    for index in key.indices { key[index] = 0 }
    for part in 0..<places.count {
      let number = UInt64(numbers[part])
      if number &>> places[part].bits != 0 { return repack(numbers) }
      key[places[part].word] |= number &<< places[part].shift
    }
  }

  private mutating func repack(_ numbers: [UInt32]) {
    widen(for: numbers)
    pack(numbers)
  }

  private mutating func spread(over size: Int) {
    slots = [UInt32](repeating: 0, count: size)
    for cell in 0..<count {
      let start = cell &* width
      var hash: UInt64 = 0
      for index in 0..<keyWidth { hash = Self.mixed(hash, words[start &+ index]) }
      var slot = Int(truncatingIfNeeded: hash) & (size &- 1)
      while slots[slot] != 0 { slot = (slot &+ 1) & (size &- 1) }
      slots[slot] = UInt32(cell &+ 1)
    }
  }

  /// Only cells are read from now on.
  mutating func freeSlots() { slots = [] }

  /// The numbers of a part of the keys, by cell.
  func numbers(of part: Int) -> [UInt32] {
    (0..<count).map { number(of: $0, part: part) }
  }

  // MARK: Packing

  private mutating func arrange() {
    var (word, shift): (Int, UInt64) = (0, 0)
    for part in places.indices {
      if shift + places[part].bits > 64 { (word, shift) = (word + 1, 0) }
      (places[part].word, places[part].shift) = (word, shift)
      shift += places[part].bits
    }
    keyWidth = word + 1
    key = [UInt64](repeating: 0, count: keyWidth)
  }

  private mutating func widen(for numbers: [UInt32]) {
    let (old, oldWords, oldWidth) = (places, words, width)
    for (part, number) in numbers.enumerated() where UInt64(number) >> places[part].bits != 0 {
      places[part].bits = UInt64(min(32, 32 - number.leadingZeroBitCount + 4))
    }
    arrange()
    words = []
    words.reserveCapacity(count * width)
    for cell in 0..<count {
      let start = cell * oldWidth
      for index in key.indices { key[index] = 0 }
      for (from, to) in zip(old, places) {
        key[to.word] |= UInt64(Self.number(oldWords, start, from)) << to.shift
      }
      words += key
      words += oldWords[(start + oldWidth - room)..<(start + oldWidth)]
    }
    spread(over: slots.count)
  }
}
