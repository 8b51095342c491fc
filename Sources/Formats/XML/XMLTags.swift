/// The tags of a stretch of XML, in order, each with the text before it.
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
    /// The number of its name in `XMLNames`. Attributes with unknown names are left out.
    var name: Int32
    var value: Piece
  }

  struct Tag {
    var isStart: Bool
    /// The number of its name in `XMLNames`, or `XMLNames.unknown`.
    var name: Int32
    /// Empty if the name is known, and for end tags.
    var spelling: Piece
    /// The text since the tag before.
    var text: Piece
    /// Where its attributes end in `attributes`. They begin where those of the tag before end.
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
  /// Why the source was stopped.
  var failure: XMLError? { didSet { isStopped = failure != nil } }
  /// Whether there is a failure. Every tag and every text asks for it, and comparing errors would take longer.
  private(set) var isStopped = false

  init(names: XMLNames, depthLimit: Int, lengthLimit: Int) {
    self.names = names
    self.depthLimit = depthLimit
    self.lengthLimit = lengthLimit
  }

  /// No tags, with the same names and limits.
  var empty: XMLTags { XMLTags(names: names, depthLimit: depthLimit, lengthLimit: lengthLimit) }

  /// Goes on after the last tag of `others`, with the elements that are open there and the text so far.
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
/// 2. The size of `slots` is a power of two, and at most a quarter is in use. An element is -1 or the number of a name.
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
      // No element or attribute has an empty name.
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
