public import RegistryStorage

/// What somebody says of an event, whatever its type.
public struct EventWords: Sendable {
  /// The legal day: the first of the new state.
  public var day: Day
  /// The first day of the new state in operation, if it differs.
  public var operationalDay: Day?
  /// The key of a source that the register knows, or a citation.
  public var source: String?
  /// What happened, in a few words. Nil means a title made from the names.
  public var title: String?
  /// A remark that is kept with the event.
  public var note: String?
  /// The permanent key of the event or the proposal. Nil means a key made from the day, the type and a code.
  public var key: String?
  /// Whether the event is proposed. Its keys then leave out the day, which may still change.
  public var isProposed: Bool

  /// Says when the event happens, and where that is written.
  public init(
    day: Day, operationalDay: Day? = nil, source: String? = nil, title: String? = nil, note: String? = nil,
    key: String? = nil, isProposed: Bool = false
  ) {
    self.day = day
    self.operationalDay = operationalDay
    self.source = source
    self.title = title
    self.note = note
    self.key = key
    self.isProposed = isProposed
  }
}

/// A citation in one line, such as `uksi 2012/2996 The ... Order https://...`. Only the title is required.
struct CitationWords {
  let citation: Citation

  init(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    let url = words.last.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
    if url != nil { words.removeLast() }
    let instrument = words.first.flatMap(Citation.Instrument.init(rawValue:))
    if instrument != nil { words.removeFirst() }
    var year: Int?
    var number: String?
    if let parts = words.first?.split(separator: "/"), parts.count == 2, let found = Int(parts[0]),
      (1_000...9_999).contains(found), parts[1].allSatisfy(\.isNumber)
    {
      (year, number) = (found, String(parts[1]))
      words.removeFirst()
    }
    let title = words.isEmpty ? text : words.joined(separator: " ")
    citation = Citation(title: title, instrument: instrument, year: year, number: number, url: url)
  }

  /// A permanent key made from the citation.
  var key: String {
    if let instrument = citation.instrument, let year = citation.year, let number = citation.number {
      return "\(instrument.rawValue)-\(year)-\(number)"
    }
    let words = citation.title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.prefix(8).joined(separator: "-")
  }
}
