extension Sequence<String> {
  /// The words as they would be typed in a shell.
  package var shellWords: String { map(\.shellWord).joined(separator: " ") }
}

extension [String] {
  /// Reads what `shellWords` writes: words between blanks, quotes `'` around what is not plain, and a backslash before
  /// a character that means itself.
  /// - Returns: Nil if a quote is not closed, or nothing follows a backslash.
  package init?(shellWords line: String) {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var isWord = false
    var isQuoted = false
    var isEscaped = false
    for scalar in line.unicodeScalars + CollectionOfOne(" ") {
      if isEscaped {
        isEscaped = false
        word.append(scalar)
      } else if scalar == "'" {
        isQuoted.toggle()
        isWord = true
      } else if isQuoted {
        word.append(scalar)
      } else if scalar == "\\" {
        isEscaped = true
        isWord = true
      } else if scalar != " " {
        word.append(scalar)
        isWord = true
      } else if isWord {
        words.append(String(word))
        word.removeAll()
        isWord = false
      }
    }
    // The blank that was put at the end ends the last word, unless a quote or a backslash took it in.
    guard !isQuoted, !isWord else { return nil }
    self = words
  }
}

extension String {
  fileprivate var shellWord: String {
    let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@,+%".contains($0)) }
    if isPlain { return self }
    // Goes by scalars: to a shell, a quote is a quote even before a combining character.
    let quote: Unicode.Scalar = "'"
    return "'" + unicodeScalars.map { $0 == quote ? "'\\''" : String($0) }.joined() + "'"
  }
}
