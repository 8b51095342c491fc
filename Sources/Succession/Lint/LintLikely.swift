import RegistryStorage

/// The codes that somebody may have meant by a value that is not a code. They are suggested, never assumed.
struct LikelyCodes {
  private struct Entry {
    let code: String
    let letters: [UInt8]
    let number: (value: Double, reader: NumberDamage.Reader)?
    /// The number that the code with zeros behind it is read as.
    let padded: Double?
  }

  /// The codes of the day come first.
  private let entries: [Entry]
  private let liveCount: Int
  /// Entries by their whole text and by what is left of it without one character. Two words that are one slip apart
  /// share at least one of these.
  private var remnants: [[UInt8]: [Int]] = [:]
  private let shortest: Int

  init(_ book: CodeBook, on day: Day) {
    let live = book.codes(on: day)
    let known = Set(live)
    self.init(live: live, others: book.codes(on: nil).filter { !known.contains($0) })
  }

  /// - Parameters:
  ///   - live: the codes of a day.
  ///   - others: those of other days.
  init(live: [String], others: [String]) {
    entries = (live + others).map {
      Entry(
        code: $0, letters: Array($0.utf8), number: NumberDamage.number(readFrom: $0),
        padded: NumberDamage.number(readFromPadded: $0))
    }
    liveCount = live.count
    shortest = entries.map(\.letters.count).min() ?? 0
    for (index, entry) in entries.enumerated() {
      for remnant in Self.remnants(of: entry.letters) { remnants[remnant, default: []].append(index) }
    }
  }

  // MARK: Damage

  /// A sentence about a `value` that is not a code, but that a program may have made of one. Nil for any other value.
  func damage(of value: String) -> String? {
    guard let number = NumberDamage.number(written: value) else { return nil }
    let live = originals(of: number.value, entries[..<liveCount])
    if !live.isEmpty { return "a program has read a code as a number: perhaps \(live)" }
    let other = originals(of: number.value, entries[liveCount...])
    if !other.isEmpty {
      return "a program has read a code as a number: none of the day, but of other days perhaps \(other)"
    }
    guard number.isScientific || value.utf8.count < shortest else { return nil }
    return "this is a number, and no code of the register is read as it: type the code again as text"
  }

  /// The codes that programs take for the number, those of the most usual program first.
  private func originals(of value: Double, _ entries: ArraySlice<Entry>) -> String {
    var found: [NumberDamage.Reader: [String]] = [:]
    for entry in entries {
      if let number = entry.number, number.value == value {
        found[number.reader, default: []].append(entry.code)
      } else if entry.padded == value {
        found[.padded, default: []].append(entry.code)
      }
    }
    let words = found.sorted { $0.key < $1.key }.map { "\(LintWords.list($0.value, and: "or")) (\($0.key.words))" }
    return LintWords.list(words, and: "or")
  }

  // MARK: Slips of the hand

  /// The codes that are one slip away from `value`. Those that look like it come first, then those of the day.
  func nearMisses(of value: String) -> [String] {
    let wanted = Array(value.uppercased().utf8)
    guard wanted.count <= Self.longest else { return [] }
    let candidates = Set(Self.remnants(of: wanted).flatMap { remnants[$0] ?? [] })
    let near = candidates.sorted().map { entries[$0] }.filter { Self.isOneSlip($0.letters, wanted) }
    let shape = wanted.map(Self.shape)
    let alike = near.filter { $0.letters.map(Self.shape) == shape }.map(\.code)
    return alike + near.map(\.code).filter { !alike.contains($0) }
  }

  /// No code is longer than this, so nothing is like a longer value.
  private static let longest = 32

  private static func remnants(of letters: [UInt8]) -> [[UInt8]] {
    [letters] + letters.indices.map { index in Array(letters[..<index] + letters[(index + 1)...]) }
  }

  /// The digit that a letter is taken for.
  private static func shape(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "O"), UInt8(ascii: "Q"): UInt8(ascii: "0")
    case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
    case UInt8(ascii: "S"): UInt8(ascii: "5")
    case UInt8(ascii: "B"): UInt8(ascii: "8")
    case UInt8(ascii: "Z"): UInt8(ascii: "2")
    default: letter
    }
  }

  /// Whether one character is changed, added or left out, or two neighbours are exchanged.
  private static func isOneSlip(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard abs(left.count - right.count) <= 1, left != right else { return false }
    var start = 0
    while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
    let (first, second) = (left[start...], right[start...])
    return switch left.count - right.count {
    case 1: first.dropFirst() == second
    case -1: first == second.dropFirst()
    default:
      first.dropFirst() == second.dropFirst()
        || (Array(first.prefix(2)) == second.prefix(2).reversed() && first.dropFirst(2) == second.dropFirst(2))
    }
  }
}
