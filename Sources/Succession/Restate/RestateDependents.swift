import RegistryFormats
import RegistryStorage

/// Columns that depend on the code alone: names, codes of another scheme, the bodies above. They stand beside a code that
/// was restated, and keep rows of one target apart.
///
/// 1. They are found after the whole file was read: in a sorted file its beginning holds one body.
/// 2. A column that keeps nothing apart is not named.
struct RestateDependents {
  /// What a column says of a body.
  enum Content: Hashable {
    case name
    case code(scheme: String)
    case nameAbove(kind: String)
    case codeAbove(kind: String, scheme: String)
  }

  struct Column {
    /// Its index in the key.
    let element: Int
    /// What it says. Nil if nobody knows.
    let content: Content?
  }

  private(set) var columns: [Column] = []

  /// A code of the file on a day, and the value beside it.
  typealias Beside = (meaning: RestateTally.Meaning, value: String)

  init(
    _ layout: RestateLayout, _ parts: [GroupedSums], _ meanings: [RestateTally.Meaning], _ bodies: RestateBodies
  ) throws(DatabaseError) {
    for (element, column) in layout.keyColumns.enumerated() where column != layout.code && column != layout.date {
      guard let values = Self.values(element, parts, meanings) else { continue }
      columns.append(Column(element: element, content: try Self.content(values, bodies)))
    }
  }

  /// The value beside each code, if there is one for each, and if two codes with one target have different values.
  private static func values(
    _ element: Int, _ parts: [GroupedSums], _ meanings: [RestateTally.Meaning]
  ) -> [Beside]? {
    guard parts.allSatisfy({ !$0.beside[element].isEmpty }) else { return nil }
    var values: [String: String] = [:]
    var found: [Int: Beside] = [:]
    for part in parts {
      for book in part.books where book.rowCount > 0 && book.place.flaw == nil {
        let number = part.beside[element][Int(book.code)]
        let meaning = meanings[book.place.meaning]
        let value = part.columns[element].text(of: Int(number) - 1)
        if let known = values[meaning.code] {
          if known != value { return nil }
        } else {
          values[meaning.code] = value
        }
        found[meaning.index] = (meaning, value)
      }
    }
    let besides = Array(found.values)
    var valueOfTarget: [OrganisationID: String] = [:]
    for (meaning, value) in besides {
      for case .body(let body) in meaning.reading.places {
        if let known = valueOfTarget[body], known != value { return besides }
        valueOfTarget[body] = value
      }
    }
    return nil
  }

  private static let judged = 50

  /// What most of the values say of the bodies beside them.
  private static func content(
    _ values: [Beside], _ bodies: RestateBodies
  ) throws(DatabaseError) -> Content? {
    let sorted = values.sorted { ($0.meaning.code, $0.meaning.day) < ($1.meaning.code, $1.meaning.day) }
    var counts: [Content: Int] = [:]
    var judged = 0
    for (meaning, value) in sorted where meaning.reading.body != nil && !value.isEmpty {
      guard judged < Self.judged, let body = meaning.reading.body else { break }
      judged += 1
      for content in try bodies.contents(saying: value, of: body, on: meaning.day) {
        counts[content, default: 0] += 1
      }
    }
    let order = { (content: Content) in
      switch content {
      case .name: "0"
      case .code(let scheme): "1\(scheme)"
      case .nameAbove(let kind): "2\(kind)"
      case .codeAbove(let kind, let scheme): "3\(kind) \(scheme)"
      }
    }
    guard let best = counts.max(by: { ($0.value, order($1.key)) < ($1.value, order($0.key)) }),
      best.value * 2 > judged
    else { return nil }
    return best.key
  }
}

extension RestateBodies {
  /// All that a text may say of a body on a day.
  func contents(
    saying text: String, of body: OrganisationID, on day: Day
  ) throws(DatabaseError) -> [RestateDependents.Content] {
    var found: [RestateDependents.Content] = []
    let words = NameWords(text)
    let code = CodeSpelling.tidied(text)
    func isName(_ other: String?) -> Bool {
      guard let other, !words.isEmpty else { return false }
      let own = NameWords(other)
      return own == words || !words.bare.isEmpty && own.bare == words.bare
    }
    func matches(_ own: String) -> Bool { CodeSpelling.candidates(code).contains { $0.code == own } }
    let own = try facts(of: body, on: day)
    if isName(own.name) { found.append(.name) }
    for (scheme, value) in own.codes where matches(value) { found.append(.code(scheme: scheme)) }
    let hierarchy = try hierarchy(on: day)
    var level = hierarchy.parents[body] ?? []
    var seen: Set<OrganisationID> = [body]
    while let parent = level.popLast() {
      guard seen.insert(parent).inserted else { continue }
      level += hierarchy.parents[parent] ?? []
      let above = try facts(of: parent, on: day)
      for kind in hierarchy.kinds[parent] ?? [] {
        if isName(above.name) { found.append(.nameAbove(kind: kind)) }
        for (scheme, value) in above.codes where matches(value) {
          found.append(.codeAbove(kind: kind, scheme: scheme))
        }
      }
    }
    return found
  }

  /// What a column says of a target. Blank if the register does not know it.
  func text(_ content: RestateDependents.Content, of body: OrganisationID) throws(DatabaseError) -> String {
    func above(_ kind: String) throws(DatabaseError) -> (name: String?, codes: [String: String])? {
      guard case .one(let parent) = try hierarchy(on: target).ancestor(of: body, kinds: [kind]) else { return nil }
      return try facts(of: parent, on: target)
    }
    switch content {
    case .name: return try facts(of: body, on: target).name ?? ""
    case .code(let scheme): return try facts(of: body, on: target).codes[scheme] ?? ""
    case .nameAbove(let kind): return try above(kind)?.name ?? ""
    case .codeAbove(let kind, let scheme): return try above(kind)?.codes[scheme] ?? ""
    }
  }
}
