@_spi(_Unicode) import Swift

/// Text as the register keeps it.
///
/// Kept here:
/// 1. One text has one spelling: letters are composed (Unicode NFC), and blanks of every kind are one blank between
///    words and none at the ends.
/// 2. Nothing is kept that people cannot see: no control characters, no marks of direction, nothing without a width.
package enum PlainText {
  /// A character that nobody can see.
  package struct Invisible: Error, CustomStringConvertible {
    let scalar: Unicode.Scalar
    let text: String

    package var description: String {
      "'\(PlainText.shown(text))' has the character U+\(PlainText.hexadecimal(scalar)), which cannot be seen: leave it out"
    }
  }

  /// The spelling of a text in the register.
  package static func tidied(_ text: String) throws(Invisible) -> String {
    if isTidy(text) { return text }
    var tidied = ""
    var hasBlank = false
    for scalar in text._nfc {
      if scalar.properties.generalCategory == .spaceSeparator {
        hasBlank = true
        continue
      }
      guard isVisible(scalar) else { throw Invisible(scalar: scalar, text: text) }
      if hasBlank, !tidied.isEmpty { tidied.unicodeScalars.append(" ") }
      hasBlank = false
      tidied.unicodeScalars.append(scalar)
    }
    return tidied
  }

  /// Whether two texts are spelled in two ways. Swift calls texts equal that differ in how letters are composed.
  package static func differ(_ left: String, _ right: String) -> Bool { !left.utf8.elementsEqual(right.utf8) }

  /// A text for messages, with what nobody can see in its place as U+ and a number.
  package static func shown(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      if isVisible(scalar) || scalar == " " {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "<U+\(hexadecimal(scalar))>"
      }
    }
    return shown
  }

  /// Whether a text has a letter or a digit, and so can be the name of something.
  static func namesSomething(_ text: String) -> Bool { text.contains { $0.isLetter || $0.isNumber } }

  /// Printable ASCII whose blanks are single and inside. Most text is, and this is quick to see.
  private static func isTidy(_ text: String) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x7F, byte != 0x20 || previous != 0x20 else { return false }
      previous = byte
    }
    return previous != 0x20
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .spaceSeparator: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// How the codes of a scheme are written.
public enum LetterCase: String, Sendable, CaseIterable {
  /// Change files use the raw values.
  case upper, lower

  /// A code as it is written in this case.
  package func write(_ code: String) -> String {
    switch self {
    case .upper: code.uppercased()
    case .lower: code.lowercased()
    }
  }
}
