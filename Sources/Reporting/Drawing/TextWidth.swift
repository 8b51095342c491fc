/// How wide text is in the fonts that our pictures name. They have the widths of Arial, which every system has.
enum TextWidth {
  /// The width in the unit of `size`. It is never too small: characters beyond ASCII count as wide ones.
  static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { sum, scalar in
      let index = Int(scalar.value) - 32
      return sum + (widths.indices.contains(index) ? widths[index] : 700)
    }
    return Double(thousandths) / 1_000 * size * (isBold ? 1.08 : 1)
  }

  /// The text, or as much of its beginning as fits, with an ellipsis. Empty if not even that fits.
  static func fitted(_ text: String, into width: Double, size: Double, isBold: Bool = false) -> String {
    if of(text, size: size, isBold: isBold) <= width { return text }
    var kept = text
    while !kept.isEmpty {
      kept.removeLast()
      while kept.last == " " { kept.removeLast() }
      if kept.count > 2, of(kept + "…", size: size, isBold: isBold) <= width { return kept + "…" }
    }
    return ""
  }

  /// The text in lines, broken between words. A word that is wider than a line has a line of its own.
  static func wrapped(_ text: String, into width: Double, size: Double, isBold: Bool = false) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, of(line + " " + word, size: size, isBold: isBold) <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The widths of the characters from space to tilde, in thousandths of the size.
  private static let widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722,
    778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,
    556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]
}
