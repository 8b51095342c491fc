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
  /// The proposal that the event is added to. Nil means one of its own, if it is proposed.
  package var proposal: String?

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
    let (instrument, year, number) = Self.takeNumber(from: &words)
    var title = words.joined(separator: " ")
    if title.isEmpty {
      title = if let year, let number, instrument == .statutoryInstrument { "SI \(year)/\(number)" } else { text }
    }
    citation = Citation(title: title, instrument: instrument, year: year, number: number, url: url)
  }

  /// The instrument, year and number at the beginning, which people write in many ways: `uksi 2027/12`, `SI 2027/12`,
  /// `S.I. 2027 No. 12`, `uksi-2027-12`.
  private static func takeNumber(
    from words: inout [String]
  ) -> (instrument: Citation.Instrument?, year: Int?, number: String?) {
    if let key = words.first, let (instrument, year, number) = parts(ofKey: key) {
      words.removeFirst()
      return (instrument, year, number)
    }
    let spellings = ["si": Citation.Instrument.statutoryInstrument]
    let first = words.first?.lowercased().filter { $0 != "." } ?? ""
    let instrument = words.first.flatMap(Citation.Instrument.init(rawValue:)) ?? spellings[first]
    if instrument != nil { words.removeFirst() }
    func isYear(_ word: some StringProtocol) -> Bool { Int(word).map { (1_000...9_999).contains($0) } ?? false }
    func isNumber(_ word: some StringProtocol) -> Bool { !word.isEmpty && word.allSatisfy(\.isNumber) }
    if let parts = words.first?.split(separator: "/"), parts.count == 2, isYear(parts[0]), isNumber(parts[1]) {
      words.removeFirst()
      return (instrument, Int(parts[0]), String(parts[1]))
    }
    guard instrument != nil, words.count > 1, isYear(words[0]) else { return (instrument, nil, nil) }
    let isSpelt = words.count > 2 && ["no", "no."].contains(words[1].lowercased())
    let number = words[isSpelt ? 2 : 1].filter { $0 != "," }
    guard isNumber(number) else { return (instrument, nil, nil) }
    let year = Int(words[0])
    words.removeFirst(isSpelt ? 3 : 2)
    return (instrument, year, number)
  }

  private static func parts(ofKey key: String) -> (Citation.Instrument, Int, String)? {
    let parts = key.split(separator: "-")
    guard parts.count == 3, let instrument = Citation.Instrument(rawValue: String(parts[0])),
      let year = Int(parts[1]), (1_000...9_999).contains(year), parts[2].allSatisfy(\.isNumber)
    else { return nil }
    return (instrument, year, String(parts[2]))
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
