/// Numbers for the values of a column: equal values have the same number, from 0 in the order of their first appearance.
///
/// 1. Value `n` is `arena[starts[n]..<starts[n + 1]]`. Eight zero bytes follow the last value in `arena` and, as the
///    reader promises, a field in its buffer. So a word can be loaded at the start of any value.
/// 2. A value of up to seven bytes is its own digest, with its length as the highest byte. The highest byte of the digest
///    of a longer one is 0xFF, so that digests of the two sorts differ.
/// 3. The size of `slots` is a power of two, and at most half is in use.
package struct ColumnNumbers: Sendable {
  private struct Slot {
    var digest: UInt64 = 0
    /// The number plus 1. 0 if the slot is free.
    var number: UInt32 = 0
  }

  private static let padding = [UInt8](repeating: 0, count: CSVScanner.padding)
  private static let longValue: UInt64 = 0xFF << 56

  private var arena = padding
  private var starts = [0]
  private var slots = [Slot](repeating: Slot(), count: 64)
  private var lastDigest: UInt64 = 0
  private var lastNumber: UInt32?
  /// The numbers of values that are not UTF-8.
  package private(set) var invalid: Set<UInt32> = []
  /// Whether there is any.
  private(set) var hasInvalid = false

  /// How many values there are.
  package var count: Int { starts.count &- 1 }

  /// The bytes of a value.
  package func bytes(of number: Int) -> ArraySlice<UInt8> { arena[starts[number]..<starts[number + 1]] }

  /// A value; bytes that are not UTF-8 become U+FFFD.
  package func text(of number: Int) -> String { String(decoding: bytes(of: number), as: UTF8.self) }

  /// What it takes of memory, in bytes.
  var size: Int { arena.count + starts.count * 8 + slots.count * MemoryLayout<Slot>.stride }

  mutating func number(of bytes: Span<UInt8>) -> UInt32 {
    let digest = bytes.withUnsafeBytes { Self.digest($0) }
    // In a sorted file the value is mostly that of the row before.
    if digest == lastDigest, let lastNumber, digest < Self.longValue || isEqual(Int(lastNumber), bytes) {
      return lastNumber
    }
    let number = find(digest, bytes)
    (lastDigest, lastNumber) = (digest, number)
    return number
  }

  private mutating func find(_ digest: UInt64, _ bytes: Span<UInt8>) -> UInt32 {
    var slot = Self.slot(digest, slots.count)
    while slots[slot].number != 0 {
      if slots[slot].digest == digest {
        let number = slots[slot].number &- 1
        if digest < Self.longValue || isEqual(Int(number), bytes) { return number }
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return insert(digest, bytes)
  }

  private mutating func insert(_ digest: UInt64, _ bytes: Span<UInt8>) -> UInt32 {
    let number = UInt32(count)
    arena.removeLast(Self.padding.count)
    bytes.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
    if String(validating: arena[starts[Int(number)]...], as: UTF8.self) == nil {
      invalid.insert(number)
      hasInvalid = true
    }
    starts.append(arena.count)
    arena += Self.padding
    if count * 2 > slots.count {
      let old = slots
      slots = [Slot](repeating: Slot(), count: old.count * 4)
      for slot in old where slot.number != 0 { occupy(slot) }
    }
    occupy(Slot(digest: digest, number: number + 1))
    return number
  }

  private mutating func occupy(_ taken: Slot) {
    var slot = Self.slot(taken.digest, slots.count)
    while slots[slot].number != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = taken
  }

  private func isEqual(_ number: Int, _ bytes: Span<UInt8>) -> Bool {
    let (start, end) = (starts[number], starts[number &+ 1])
    guard end &- start == bytes.count else { return false }
    return arena.withUnsafeBytes { arena in
      bytes.withUnsafeBytes { bytes in
        var index = 0
        // What lies behind the value is the start of another, or zero, so the last word is compared from the end.
        while index &+ 8 <= bytes.count {
          if Self.word(bytes, index) != Self.word(arena, start &+ index) { return false }
          index &+= 8
        }
        return bytes.count < 8 || Self.word(bytes, bytes.count &- 8) == Self.word(arena, end &- 8)
      }
    }
  }

  // MARK: Bytes

  private static func slot(_ digest: UInt64, _ count: Int) -> Int {
    let product = digest.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (count &- 1)
  }

  /// All bytes of a short value, or a hash of those of a longer one and of their number.
  private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count < 8 {
      guard let address = bytes.baseAddress else { return 0 }
      let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
      return address.loadUnaligned(as: UInt64.self) & mask | UInt64(truncatingIfNeeded: count) &<< 56
    }
    var digest = UInt64(truncatingIfNeeded: count)
    var index = 0
    while index &+ 8 <= count {
      digest = mixed(digest, word(bytes, index))
      index &+= 8
    }
    return mixed(digest, word(bytes, count &- 8)) | longValue
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low &+ hash
  }
}
