/// Sources as numbered notes.
struct Footnotes {
  private var sources: [String] = []
  private var numbers: [String: Int] = [:]

  /// The mark of a source, with a blank before it. Without a source there is none.
  mutating func mark(_ source: String?) -> String {
    guard let source else { return "" }
    let number = numbers[source] ?? sources.count + 1
    if number > sources.count {
      sources.append(source)
      numbers[source] = number
    }
    return " [\(number)]"
  }

  /// The sources with their numbers.
  var list: [String] { sources.enumerated().map { "[\($0 + 1)] \($1)" } }

  /// The list of the sources, under a heading.
  var lines: [String] { sources.isEmpty ? [] : ["  sources"] + list.map { "    \($0)" } }
}
