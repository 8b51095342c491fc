import RegistryStorage

/// The words of a name, for comparing names that people write in different ways.
///
/// 1. Case, punctuation, the order of words, `and`, `&`, `the`, `of` and `NHS` make no difference.
struct NameWords: Hashable, Sendable {
  /// In the order of the alphabet.
  let words: [String]

  private static let idle: Set<String> = ["and", "nhs", "the", "of", "for"]
  /// Words that say the kind of a body. People leave them out.
  private static let kinds: Set<String> = [
    "ccg", "clinical", "commissioning", "group", "pct", "primary", "care", "trust", "teaching", "icb", "integrated",
    "board", "health", "authority", "sha", "strategic", "stp", "ics", "sub", "location",
  ]

  init(_ name: String) {
    words = DatedName.words(of: name).filter { !Self.idle.contains($0) }.sorted()
  }

  private init(words: [String]) { self.words = words }

  /// Without the words that say the kind of a body.
  var bare: NameWords { NameWords(words: words.filter { !Self.kinds.contains($0) }) }

  var isEmpty: Bool { words.isEmpty }
}
