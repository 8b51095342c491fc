import ArgumentParser
import England
import RegistryFormats
import RegistryStorage

/// What a shell offers for a word of the register. The register is the one that the command would read.
///
/// Kept here:
/// 1. Nothing is written to standard error and no file is made: a message would write over the line that the user is
///    typing. If anything goes wrong there are no suggestions, and the command itself will report the error.
/// 2. Only words without another meaning to a shell are offered: bash expands what it is offered, and a register may
///    come from anywhere.
/// 3. If there are too many words, the first ones and the very last are offered. A shell types what all of them begin
///    with, and the words that were left out begin with that too.
extension CompletionKind {
  /// Bodies, by code or permanent key.
  static let code = offering { registry, prefix in
    try registry.bodies(beginningWith: prefix).map { $0.typed(like: prefix) }
  }
  static let kind = offering { registry, _ in try kinds(of: registry) }
  /// The kinds, and the words for proposals and sources, as `list` takes them.
  static let kindOrPlanned = offering { registry, _ in
    try kinds(of: registry) + [
      Suggestion("planned", "what is planned: open proposals"), Suggestion("sources", "what is cited"),
    ]
  }
  static let scheme = offering { registry, _ in try registry.schemes().map { Suggestion($0.key, $0.name) } }
  /// Bases with commas between: completes the one after the last comma.
  static let bases = offering { registry, prefix in
    let before = prefix.lastIndex(of: ",").map { prefix[...$0] } ?? ""
    return try registry.bases().map { Suggestion(before + $0.key, $0.name) }
  }
  static let relationship = offering { registry, _ in
    try registry.relationshipKinds().map { Suggestion($0.key, $0.name) }
  }
  static let measureKind = offering { registry, _ in try registry.measureKinds().map { Suggestion($0.key, $0.name) } }
  static let seat = offering { registry, _ in try registry.seats().map { Suggestion($0.key, $0.name) } }
  static let holder = offering { registry, _ in try registry.holderKeys() }
  static let event = offering { registry, prefix in try registry.events(beginningWith: prefix) }
  /// Facts, once a body or an event is typed whole, with a slash.
  static let fact = offering { registry, prefix in try registry.facts(beginningWith: prefix) }
  /// What can be amended: events, facts and open proposals.
  static let amendable = offering { registry, prefix in
    try registry.events(beginningWith: prefix) + registry.facts(beginningWith: prefix) + proposals(of: registry)
  }
  /// Open proposals.
  static let plan = offering { registry, _ in try proposals(of: registry) }
  static let source = offering { registry, prefix in try registry.sources(beginningWith: prefix) }

  private static func proposals(of registry: Registry) throws -> [Suggestion] {
    try StatedFacts(registry).proposals(.open).compactMap(\.content.proposal).map {
      Suggestion($0.key, $0.detail.title)
    }
  }

  private static func kinds(of registry: Registry) throws -> [Suggestion] {
    try registry.kinds().map { Suggestion($0.key, $0.name) }
  }

  private static func offering(_ known: @escaping @Sendable (Registry, String) throws -> [Suggestion]) -> CompletionKind
  {
    .custom { words, index, beginning in
      // The parser takes the beginning from the last word, even if an earlier word is being typed.
      let prefix = index < words.count - 1 ? words[index] : beginning
      do {
        guard let registry = try registry(meantBy: words) else { return [] }
        return offered(try known(registry, prefix), beginningWith: prefix)
      } catch {
        return []  // Invariant 1.
      }
    }
  }

  private static func registry(meantBy words: [String]) throws -> Registry? {
    if let file = RegistryFile.path(registryOption(in: words)) { return try Registry.open(file, .read) }
    let builtIn = BuiltInRegister.cachedPath
    return Files.exists(builtIn) ? try Registry.open(builtIn, .readImmutable) : nil
  }

  /// The file that the words name with `--registry`, if any.
  private static func registryOption(in words: [String]) -> String? {
    // Bash splits words at =.
    let separated = words.flatMap { word in
      word.hasPrefix("--registry=") ? ["--registry", String(word.dropFirst("--registry=".count))] : [word]
    }.filter { $0 != "=" }
    return separated.lastIndex(of: "--registry").flatMap { option in
      option + 1 < separated.count ? fileName(separated[option + 1]) : nil
    }
  }

  /// The name of a file that a word, as it was typed, means. Only a shell knows its variables, so a name with a
  /// variable names no file.
  private static func fileName(_ word: String) -> String {
    let isQuoted = word.count > 1 && word.hasPrefix("\"") && word.hasSuffix("\"")
    if isQuoted { return String(word.dropFirst().dropLast()) }
    let name = [String](shellWords: word)?.first ?? word
    guard word.hasPrefix("~/"), let home = environment("HOME") else { return name }
    return home + name.dropFirst()
  }

  private static func offered(_ known: [Suggestion], beginningWith prefix: String) -> [String] {
    let fitting = known.filter { $0.word.hasPrefix(prefix) && [$0.word].shellWords == $0.word }
    guard fitting.count > 300 else { return fitting.map(\.line) }
    let sorted = fitting.sorted { $0.word < $1.word }
    return (sorted.prefix(299) + sorted.suffix(1)).map(\.line)
  }
}

extension Suggestion {
  /// The suggestion in small letters if the code is typed in small letters. Commands understand both, but a shell
  /// completes only what begins with the very letters that were typed.
  fileprivate func typed(like prefix: String) -> Suggestion {
    guard !word.hasPrefix(prefix), word == word.uppercased() else { return self }
    return Suggestion(word.lowercased(), meaning)
  }

  /// The suggestion in the form that the shell reads. Zsh and fish show what a word means.
  fileprivate var line: String {
    // A line break would begin another suggestion, and terminals obey control characters.
    let meaning = (meaning ?? "").unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }
      .joined()
    switch CompletionShell.requesting {
    case .zsh:
      let word = word.replacing(":", with: "\\:")
      return meaning.isEmpty ? word : "\(word):\(meaning)"
    case .fish: return meaning.isEmpty ? word : "\(word)\t\(meaning)"
    default: return word
    }
  }
}
