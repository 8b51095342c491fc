/// Text broken into lines of at most some columns.
///
/// Kept here:
/// 1. No line is wider than it may be, and no character is lost except blanks at which a line is broken.
/// 2. A line is broken at a blank, or else after a mark that joins words (`/ @ | , _ -`), or else anywhere.

/// How wide text is if nobody says otherwise.
package let usualWidth = 80

/// Text as lines. A word that is wider than the line stands by itself, whole.
/// - Parameters:
///   - first: what stands before the first line.
///   - indent: the blanks before the other lines.
package func wrapped(_ text: String, first: String = "", indent: Int = 0, width: Int = usualWidth) -> [String] {
  var lines: [String] = []
  var line = first
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = String(repeating: " ", count: indent)
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}

/// A line as lines for a screen. Its blanks at the beginning, and double blanks within it, stay.
/// - Parameters:
///   - indent: the blanks before all lines but the first. They are fewer where half of the width would be lost.
///   - width: nil means that the line stays as it is.
package func fitted(_ line: String, indent: Int = 0, width: Int?) -> [String] {
  guard let width, line.count > width else { return [line] }
  let indent = min(indent, width / 2)
  var characters = Array(line)[...]
  var lines: [String] = []
  while !characters.isEmpty {
    let room = max(1, lines.isEmpty ? width : width - indent)
    let end = lineEnd(characters, room)
    let text = characters[..<end]
    lines.append((lines.isEmpty ? "" : String(repeating: " ", count: indent)) + String(text.trimmedAtEnd))
    characters = characters[end...].drop { $0 == " " }
  }
  return lines
}

/// Where the first line of at most `room` columns ends (invariant 2).
private func lineEnd(_ text: ArraySlice<Character>, _ room: Int) -> Int {
  guard text.count > room else { return text.endIndex }
  let limit = text.startIndex + room
  // A line of blanks only would say nothing.
  let start = text.firstIndex { $0 != " " } ?? text.startIndex
  guard start < limit else { return limit }
  if let blank = text[start...limit].lastIndex(of: " ") { return blank }
  let joint = text[start..<limit].lastIndex { "/@|,_-".contains($0) }
  if let joint, joint > start { return joint + 1 }
  return limit
}

extension ArraySlice<Character> {
  fileprivate var trimmedAtEnd: ArraySlice<Character> {
    self[..<((lastIndex { $0 != " " }).map { $0 + 1 } ?? startIndex)]
  }
}
