/// The tags of a stretch of XML, in their order, each with the text before it.
///
/// 1. All bytes lie in `bytes`, and every `Piece` is a range of it.
/// 2. `bytes[openText...]` is the text after the last tag so far.
/// 3. `openElements` are the numbers of the names of the elements that are open after the last tag.
struct XMLTags {
  struct Piece {
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  struct Attribute {
    /// A number of `XMLNames`; one of an unknown name is left out.
    var name: Int32
    var value: Piece
  }

  struct Tag {
    var isStart: Bool
    /// `XMLNames.unknown` or a number of it.
    var name: Int32
    /// Empty if the name is known, and of end tags.
    var spelling: Piece
    /// From the tag before.
    var text: Piece
    /// The end in `attributes`; they begin where those of the tag before end.
    var attributesEnd: Int32
    var column: Int32
    var line: Int
  }

  var tags: [Tag] = []
  var attributes: [Attribute] = []
  var bytes: [UInt8] = []
  var openText: Int32 = 0
  var openElements: [Int32] = []
  let names: XMLNames
  let depthLimit: Int
  let lengthLimit: Int
  /// What the source was stopped for.
  var failure: XMLError? { didSet { isStopped = failure != nil } }
  /// Whether there is a failure: every tag and every text asks, and to compare errors takes longer.
  private(set) var isStopped = false

  init(names: XMLNames, depthLimit: Int, lengthLimit: Int) {
    self.names = names
    self.depthLimit = depthLimit
    self.lengthLimit = lengthLimit
  }

  /// None of these, for the same names.
  var empty: XMLTags { XMLTags(names: names, depthLimit: depthLimit, lengthLimit: lengthLimit) }

  /// Becomes what comes after the last tag of `others`: the elements that are open there, and the text so far.
  mutating func goOn(after others: borrowing XMLTags) {
    tags.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: others.bytes[Int(others.openText)...])
    openText = 0
    openElements.removeAll(keepingCapacity: true)
    openElements.append(contentsOf: others.openElements)
    failure = others.failure
  }

  /// The text since the last tag, which thereby belongs to the next one.
  mutating func takeText() -> Piece {
    let piece = Piece(start: openText, end: Int32(truncatingIfNeeded: bytes.count))
    openText = piece.end
    return piece
  }
}

/// Names by number, found by their bytes.
///
/// 1. Name `n` is `bytes[starts[n]..<starts[n + 1]]`.
/// 2. `slots` has a power of two of elements, at most a quarter of them in use: -1, or a number.
struct XMLNames {
  static let unknown: Int32 = -1

  let spellings: [String]
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = [0]
  private(set) var slots: [Int32]

  init(_ spellings: [String]) {
    self.spellings = spellings
    var slotCount = 64
    while slotCount < spellings.count * 4 { slotCount *= 2 }
    slots = [Int32](repeating: Self.unknown, count: slotCount)
    for (number, spelling) in spellings.enumerated() {
      let start = bytes.count
      bytes.append(contentsOf: spelling.utf8)
      starts.append(bytes.count)
      // An empty name is never met.
      guard let first = bytes[start...].first, let last = bytes.last else { continue }
      var slot = Self.hash(count: bytes.count - start, first: first, last: last) & (slotCount - 1)
      while slots[slot] != Self.unknown { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Looks at two bytes only: names that agree in these and in length are few.
  static func hash(count: Int, first: UInt8, last: UInt8) -> Int {
    count &* 5 &+ Int(first) &* 31 &+ Int(last) &* 17
  }
}
