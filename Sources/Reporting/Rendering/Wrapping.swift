/// Lines for a terminal of 80 columns.

/// Text broken between words, so that no line is wider than 80 columns unless one word is.
/// - Parameters:
///   - first: what stands before the first line.
///   - indent: the blanks before the other lines.
func wrapped(_ text: String, first: String = "", indent: Int = 0) -> [String] {
  var lines: [String] = []
  var line = first
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty, line.count + 1 + word.count > 80 {
      lines.append(line)
      line = String(repeating: " ", count: indent)
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}
