import RegistryFormats
import RegistryStorage

/// How many rows write a code otherwise than the register does, to be told once.
struct SpellingCounts {
  private struct Count {
    var rows = 0
    var values: Set<String> = []
    /// The first value in the alphabet, and what it is read as.
    var example: (text: String, code: String)?
  }

  private var untidy = Count()
  private var padded = Count()

  mutating func add(_ text: String, _ spelling: CodeSpelling, rows: Int) {
    switch spelling.style {
    case .exact: break
    case .untidy: Self.add(text, spelling.code, rows, to: &untidy)
    case .padded: Self.add(text, spelling.code, rows, to: &padded)
    }
  }

  private static func add(_ text: String, _ code: String, _ rows: Int, to count: inout Count) {
    count.rows += rows
    count.values.insert(text)
    if count.example.map({ text < $0.text }) ?? true { count.example = (text, code) }
  }

  /// Such as `209 codes in 7701 rows are padded with zeros: 07L00 is read as 07L`.
  var sentences: [String] { [sentence(padded, "padded with zeros"), untidySentence].compactMap(\.self) }

  var paddedSentence: String? { sentence(padded, "padded with zeros") }

  private var untidySentence: String? { sentence(untidy, "written with blanks or in small letters") }

  private func sentence(_ count: Count, _ words: String) -> String? {
    guard let example = count.example else { return nil }
    let codes = count.values.count
    return "\(counted(codes, "code")) in \(counted(count.rows, "row")) \(codes == 1 ? "is" : "are") \(words): "
      + "'\(example.text)' is read as \(example.code)"
  }
}
