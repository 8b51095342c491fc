/// Words that somebody may have meant who wrote another.
///
/// Kept here:
/// 1. A word is near if few letters must be changed, added, left out or swapped: one in a short word, and up to a third
///    of the letters of a long one, but no more than three.
/// 2. Letters count alike in both cases. The nearest words come first, and else the order stays.
package func nearWords(_ word: String, among known: [String], atMost count: Int = 3) -> [String] {
  let wanted = Array(word.lowercased())
  guard wanted.count > 1 else { return [] }
  let limit = min(3, max(1, wanted.count / 3))
  let near = known.enumerated().compactMap { index, word -> (distance: Int, index: Int, word: String)? in
    let letters = Array(word.lowercased())
    guard abs(letters.count - wanted.count) <= limit else { return nil }
    let distance = distance(wanted, letters)
    return distance <= limit ? (distance, index, word) : nil
  }
  return near.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(count).map(\.word)
}

/// The question for a message about a word that nobody knows, with a blank before it. Empty if no word is near.
package func didYouMean(_ word: String, among known: [String]) -> String {
  let near = nearWords(word, among: known)
  return near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
}

/// How many letters must be changed, added, left out, or swapped with their neighbour.
private func distance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var next = [row + 1]
    for (column, other) in right.enumerated() {
      var best = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, next[column] + 1)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        best = min(best, beforeLast[column - 1] + 1)
      }
      next.append(best)
    }
    (beforeLast, last) = (last, next)
  }
  return last[right.count]
}
