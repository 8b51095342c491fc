/// Numbers for lists of fields: equal lists have the same number, from 0 in the order of their first appearance.
///
/// 1. All keys have the same number of fields. Key `n` begins at `starts[n]` of `arena`, which is a multiple of eight:
///    its number in four bytes, its fields, each with a zero byte after it, which no CSV field contains, and zero bytes
///    up to the next key.
/// 2. Eight zero bytes follow the last key in `arena` and, as the reader promises, a field in its buffer. So a word can
///    be loaded at the start of any field, and what does not belong to the field is masked, which needs no branches.
/// 3. The size of `slots` is a power of two, and at most half is in use. An element is 0, or an eighth of the start of
///    a key plus 1. Elements are small, so that more of them stay in the cache, and lead straight to the bytes:
///    comparing a wrong key costs less than fetching a hash.
struct ByteKeys: Sendable {
  private static let padding = [UInt8](repeating: 0, count: CSVScanner.padding)
  private static let numberSize = 4

  private var arena = padding
  private var starts: [Int] = []
  private var hashes: [UInt64] = []
  private var slots = [UInt32](repeating: 0, count: 1_024)

  /// The number of the key that the fields of the current record in `columns` make.
  mutating func find(_ reader: borrowing CSVReader, _ columns: [Int]) -> (number: Int, isNew: Bool) {
    var hash: UInt64 = 0
    for column in columns {
      reader.withBytes(column) { bytes in bytes.withUnsafeBytes { hash = Self.mixed(hash, Self.digest($0)) } }
    }
    if let number = number(hash, where: { isEqual($0, reader, columns) }) { return (number, false) }
    let number = insert(hash) { arena in
      for column in columns {
        reader.withBytes(column) { bytes in bytes.withUnsafeBufferPointer { arena.append(contentsOf: $0) } }
        arena.append(0)
      }
    }
    return (number, true)
  }

  /// The number that key `number` of `other` has here.
  mutating func find(_ number: Int, of other: ByteKeys) -> (number: Int, isNew: Bool) {
    let hash = other.hashes[number]
    let bytes = other.fields(of: number)
    if let own = self.number(hash, where: { arena[($0 &+ Self.numberSize)...].starts(with: bytes) }) {
      return (own, false)
    }
    return (insert(hash) { $0.append(contentsOf: bytes) }, true)
  }

  /// The fields of a key; bytes that are not UTF-8 become U+FFFD.
  /// - Parameter count: how many fields a key has.
  func texts(of number: Int, count: Int) -> [String] {
    fields(of: number).split(separator: 0, maxSplits: count, omittingEmptySubsequences: false).prefix(count)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The fields of a key, with all zero bytes that follow them.
  private func fields(of number: Int) -> ArraySlice<UInt8> {
    let end = number + 1 < starts.count ? starts[number + 1] : arena.count - Self.padding.count
    return arena[(starts[number] + Self.numberSize)..<end]
  }

  // MARK: Slots

  /// - Parameter isEqual: Whether the key that begins there is the one sought.
  private func number(_ hash: UInt64, where isEqual: (Int) -> Bool) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while slots[slot] != 0 {
      let start = (Int(slots[slot]) &- 1) &* 8
      if isEqual(start) {
        let number = arena.span.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt32.self)
        return Int(number)
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return nil
  }

  /// Takes the fields that `append` appends as the next key.
  private mutating func insert(_ hash: UInt64, _ append: (inout [UInt8]) -> Void) -> Int {
    let number = hashes.count
    arena.removeLast(Self.padding.count)
    starts.append(arena.count)
    withUnsafeBytes(of: UInt32(number)) { arena.append(contentsOf: $0) }
    append(&arena)
    let zeros = (8 - arena.count % 8) % 8
    arena.append(contentsOf: repeatElement(0, count: zeros + Self.padding.count))
    hashes.append(hash)
    if hashes.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for number in hashes.indices { occupy(number) }
    } else {
      occupy(number)
    }
    return number
  }

  private mutating func occupy(_ number: Int) {
    var slot = Int(truncatingIfNeeded: hashes[number]) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(starts[number] / 8 + 1)
  }

  // MARK: Bytes

  /// Whether the fields in `columns` are those of the key that begins at `start`.
  private func isEqual(_ start: Int, _ reader: borrowing CSVReader, _ columns: [Int]) -> Bool {
    arena.withUnsafeBytes { arena in
      var position = start &+ Self.numberSize
      for column in columns {
        let isEqual = reader.withBytes(column) { field in
          defer { position &+= field.count &+ 1 }
          return field.withUnsafeBytes { Self.isField($0, arena, position) }
        }
        guard isEqual else { return false }
      }
      return true
    }
  }

  /// Whether `bytes` and a zero byte stand at `start` of `arena`. No field contains a zero byte, so the bytes differ if
  /// one field is longer. Words overlap if the length is not a multiple of theirs.
  private static func isField(_ bytes: UnsafeRawBufferPointer, _ arena: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    let count = bytes.count
    if count < 8 {
      guard let address = bytes.baseAddress else { return arena[start] == 0 }
      let own = address.loadUnaligned(as: UInt64.self) & mask(count)
      return own == word(arena, start) & (mask(count) &<< 8 | 0xFF)
    }
    var index = 0
    while index &+ 8 <= count {
      // This never reads past the arena: the zero byte of a shorter field ends the comparison.
      if word(bytes, index) != word(arena, start &+ index) { return false }
      index &+= 8
    }
    return word(bytes, count &- 8) == word(arena, start &+ count &- 8) && arena[start &+ count] == 0
  }

  /// A hash of all bytes and of their number, taken eight at a time.
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
