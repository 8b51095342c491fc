/// How files write a code: with blanks around it, in small letters, or padded with zeros to five characters.
///
/// 1. A text that is itself a code is never read as another.
/// 2. Every command reads codes in this way.
package struct CodeSpelling: Sendable {
  /// The code that is meant.
  package let code: String
  package let style: Style

  package enum Style: Sendable {
    case exact
    /// Blanks around it, or small letters.
    case untidy
    /// Zeros behind it: 07L00 for 07L.
    case padded
  }

  /// A text that is no code, without blanks around it.
  package init(noCode text: String) {
    code = Self.tidied(text)
    style = .exact
  }

  private init(_ code: String, _ style: Style) {
    self.code = code
    self.style = style
  }

  /// The codes that a text may be, the nearest to it first.
  package static func candidates(_ text: String) -> [CodeSpelling] {
    var found = [CodeSpelling(text, .exact)]
    func add(_ code: String, _ style: Style) {
      if !code.isEmpty, !found.contains(where: { $0.code == code }) {
        found.append(CodeSpelling(code, style))
      }
    }
    let tidy = tidied(text)
    add(tidy, .untidy)
    add(tidy.uppercased(), .untidy)
    // Files of trusts and of prescribing pad codes of three characters to five.
    if tidy.utf8.count == 5, tidy.hasSuffix("00") { add(String(tidy.uppercased().dropLast(2)), .padded) }
    return found
  }

  /// The first candidate that `isKnown` knows. Nil if it knows none.
  package static func reading<Failure>(
    _ text: String, isKnown: (String) throws(Failure) -> Bool
  ) throws(Failure) -> CodeSpelling? {
    // Nearly all codes are written as they are.
    if try isKnown(text) { return CodeSpelling(text, .exact) }
    for candidate in candidates(text).dropFirst() where try isKnown(candidate.code) { return candidate }
    return nil
  }

  /// The text without blanks at its ends, and with single blanks inside. No-break spaces and byte order marks are blanks.
  package static func tidied(_ text: String) -> String {
    let marks: Set<Unicode.Scalar> = ["\u{FEFF}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{2060}"]
    return text.unicodeScalars.split { $0.properties.isWhitespace || marks.contains($0) }.map(String.init)
      .joined(separator: " ")
  }
}
