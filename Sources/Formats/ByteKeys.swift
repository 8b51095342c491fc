/// Numbers for lists of fields: the same list has the same number, from 0 in the order of their first appearance.
///
/// 1. The bytes of key `n` lie at `ends[n]..<ends[n + 1]` of `arena`; a zero byte follows each field of a key, which no
///    CSV field contains.
/// 2. Eight zero bytes follow the last key in `arena`; and, as the reader promises, a field in its buffer: so a word can be
///    loaded at the start of any field, and what does not belong to the field is masked, which needs no branches.
/// 3. `slots` has a power of two of elements, at most half of them in use: 0, or a key's number + 1. They are small, so that
///    more of them are near the processor; comparing a wrong key costs less than fetching a hash.
struct ByteKeys: Sendable {
  private static let padding = [UInt8](repeating: 0, count: CSVScanner.padding)

  private var arena = padding
  private var ends = [0]
  private var hashes: [UInt64] = []
  private var slots = [UInt32](repeating: 0, count: 1_024)

  /// The number of the key that the fields of the current record in `columns` make.
  mutating func find(_ reader: borrowing CSVReader, _ columns: [Int]) -> (number: Int, isNew: Bool) {
    var hash: UInt64 = 0
    for column in columns {
      reader.withBytes(column) { bytes in bytes.withUnsafeBytes { hash = Self.mixed(hash, Self.digest($0)) } }
    }
    if let number = number(hash, where: { isEqual($0, reader, columns) }) { return (number, false) }
    arena.removeLast(Self.padding.count)
    for column in columns {
      reader.withBytes(column) { bytes in bytes.withUnsafeBufferPointer { arena.append(contentsOf: $0) } }
      arena.append(0)
    }
    return (insert(hash), true)
  }

  /// The number that key `number` of `other` has here.
  mutating func find(_ number: Int, of other: ByteKeys) -> (number: Int, isNew: Bool) {
    let hash = other.hashes[number]
    let bytes = other.arena[other.range(of: number)]
    if let own = self.number(hash, where: { arena[range(of: $0)] == bytes }) { return (own, false) }
    arena.removeLast(Self.padding.count)
    arena.append(contentsOf: bytes)
    return (insert(hash), true)
  }

  /// The fields of a key; bytes that are not UTF-8 become U+FFFD.
  func texts(of number: Int) -> [String] {
    let bytes = arena[range(of: number)].dropLast()
    return bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }

  private func range(of number: Int) -> Range<Int> { ends[number]..<ends[number &+ 1] }

  // MARK: Slots

  private func number(_ hash: UInt64, where isEqual: (Int) -> Bool) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if isEqual(number) { return number }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return nil
  }

  /// Takes the bytes that follow the last key as the next one, and puts the zero bytes back.
  private mutating func insert(_ hash: UInt64) -> Int {
    ends.append(arena.count)
    arena.append(contentsOf: Self.padding)
    hashes.append(hash)
    if hashes.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for number in hashes.indices { occupy(number) }
    } else {
      occupy(hashes.count - 1)
    }
    return hashes.count - 1
  }

  private mutating func occupy(_ number: Int) {
    let hash = hashes[number]
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(number + 1)
  }

  // MARK: Bytes

  private func isEqual(_ number: Int, _ reader: borrowing CSVReader, _ columns: [Int]) -> Bool {
    let range = range(of: number)
    return arena.withUnsafeBytes { arena in
      var start = range.lowerBound
      for column in columns {
        let end = reader.withBytes(column) { field -> Int? in
          let end = start &+ field.count
          guard end < range.upperBound, arena[end] == 0 else { return nil }
          return field.withUnsafeBytes { Self.isEqual($0, arena, start) } ? end : nil
        }
        guard let end else { return false }
        start = end &+ 1
      }
      return start == range.upperBound
    }
  }

  /// Whether `bytes` are those of `arena` from `start` on. Words overlap where the length is no multiple of theirs.
  private static func isEqual(_ bytes: UnsafeRawBufferPointer, _ arena: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    let count = bytes.count
    if count >= 8 {
      var index = 0
      while index &+ 8 <= count {
        if word(bytes, index) != word(arena, start &+ index) { return false }
        index &+= 8
      }
      return word(bytes, count &- 8) == word(arena, start &+ count &- 8)
    }
    guard let address = bytes.baseAddress else { return true }
    let own = address.loadUnaligned(as: UInt64.self)
    return (own ^ word(arena, start)) & mask(count) == 0
  }

  /// All bytes and their number in one word, eight at a time.
  private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count >= 8 {
      var digest = UInt64(truncatingIfNeeded: count)
      var index = 0
      while index &+ 8 <= count {
        digest = mixed(digest, word(bytes, index))
        index &+= 8
      }
      return mixed(digest, word(bytes, count &- 8))
    }
    guard let address = bytes.baseAddress else { return 0 }
    return address.loadUnaligned(as: UInt64.self) & mask(count) | UInt64(truncatingIfNeeded: count) &<< 56
  }

  /// The bits of the first `count` bytes of a word, up to seven.
  private static func mask(_ count: Int) -> UInt64 { (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1 }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low &+ hash
  }
}
