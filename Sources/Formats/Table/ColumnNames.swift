/// The names of the columns of a table, and how the user may say them.
///
/// 1. A name is looked for as it is, then without the blanks around it, then as `NAME#2` for the second column of that
///    name, then as a pattern with `*`, else as a number from 1.
/// 2. A name that several columns have is refused, unless it says which.
package struct ColumnNames: Sendable {
  package let names: [String]
  private let headerLine: Int
  private let trimmed: [String]

  package init(_ names: [String], headerLine: Int = 1) {
    self.names = names
    self.headerLine = headerLine
    trimmed = names.map(Self.trimmed)
  }

  package init(_ form: TableForm) { self.init(form.header, headerLine: form.headerLine) }

  /// The one column that `word` says.
  package func one(_ word: String) throws(RowError) -> Int {
    let found = try all(word)
    guard let first = found.first, found.count == 1 else {
      throw mistake("'\(word)' is \(found.count) columns (\(Self.listed(found.map { names[$0] }))): name one")
    }
    return first
  }

  /// The columns that words say, in order, each once. A word may be a list with commas between.
  package func several(_ words: [String]) throws(RowError) -> [Int] {
    var columns: [Int] = []
    for word in words {
      // A name may have a comma itself.
      let isName = names.contains(word) || trimmed.contains(Self.trimmed(word))
      for name in isName ? [word] : word.split(separator: ",").map(String.init) {
        for column in try all(name) where !columns.contains(column) { columns.append(column) }
      }
    }
    return columns
  }

  private func all(_ word: String) throws(RowError) -> [Int] {
    let exact = names.indices.filter { names[$0] == word }
    if let only = try single(exact, word) { return [only] }
    let wanted = Self.trimmed(word)
    let near = wanted.isEmpty ? [] : trimmed.indices.filter { trimmed[$0] == wanted }
    if let only = try single(near, word) { return [only] }
    if let mark = wanted.lastIndex(of: "#"), let number = Int(wanted[wanted.index(after: mark)...]) {
      let name = Self.trimmed(String(wanted[..<mark]))
      let alike = trimmed.indices.filter { trimmed[$0] == name }
      if (1...max(1, alike.count)).contains(number), !alike.isEmpty { return [alike[number - 1]] }
    }
    if wanted.contains("*") {
      let found = trimmed.indices.filter { Self.matches(trimmed[$0][...], wanted[...]) }
      if !found.isEmpty { return found }
      throw mistake("no column is like '\(wanted)' (there are: \(Self.listed(names)))")
    }
    if let number = Int(wanted), names.indices.contains(number - 1) { return [number - 1] }
    throw mistake("there is no column '\(word)' (there are: \(Self.listed(names)))")
  }

  private func single(_ found: [Int], _ word: String) throws(RowError) -> Int? {
    guard found.count > 1 else { return found.first }
    throw mistake("the column '\(word)' occurs twice: say '\(word)#1' or '\(word)#2', or name it by its number")
  }

  package func mistake(_ message: String) -> RowError { RowError(line: headerLine, message: message) }

  /// Whether `pattern`, in which `*` stands for anything, is all of `name`.
  private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      let rest = pattern.dropFirst()
      return name.indices.contains { matches(name[$0...], rest) } || matches("", rest)
    }
    return name.first == first && matches(name.dropFirst(), pattern.dropFirst())
  }

  package static func trimmed(_ text: String) -> String { text.trimmingBlanks }

  package static func listed(_ names: [String]) -> String {
    let shown = names.prefix(20).map { $0.count > 60 ? "\($0.prefix(60))..." : $0 }.joined(separator: ", ")
    return names.count > 20 ? shown + ", ..." : shown
  }
}

extension String {
  /// The text without blanks at its ends. Among them are no-break spaces, byte order marks and other invisible marks.
  package var trimmingBlanks: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || ["\u{FEFF}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{2060}"].contains(scalar)
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
