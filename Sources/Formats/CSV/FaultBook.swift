/// All that is wrong with the rows of a file, by kind.
///
/// 1. At most `kindLimit` kinds and `lineLimit` lines of each are kept. All are counted.
package struct FaultBook: Sendable {
  static let kindLimit = 1_000
  static let lineLimit = 3
  /// After so many rows nobody reads on.
  static let rowLimit = 100_000

  package struct Kind: Hashable, Sendable {
    package let column: String?
    package let message: String

    package init(column: String?, message: String) {
      self.column = column
      self.message = message
    }
  }

  package struct Entry: Sendable {
    package let kind: Kind
    package fileprivate(set) var count: Int
    package fileprivate(set) var lines: [Int]
  }

  package private(set) var entries: [Entry] = []
  package private(set) var count = 0
  private var indices: [Kind: Int] = [:]

  package init() {}

  package var isEmpty: Bool { count == 0 }

  package mutating func note(_ column: String?, _ message: String, line: Int) {
    count += 1
    let kind = Kind(column: column, message: message)
    if let index = indices[kind] {
      entries[index].count += 1
      if entries[index].lines.count < Self.lineLimit { entries[index].lines.append(line) }
    } else if entries.count < Self.kindLimit {
      indices[kind] = entries.count
      entries.append(Entry(kind: kind, count: 1, lines: [line]))
    }
  }
}

/// A file has rows that cannot be read. The description is one sentence for each kind.
package struct FileFaults: Error, CustomStringConvertible {
  private static let shownKinds = 20

  package let book: FaultBook
  /// What to do about it, as sentences.
  package let advice: [String]

  package init(_ book: FaultBook, advice: [String]) {
    self.book = book
    self.advice = advice
  }

  package var description: String {
    var lines = Self.sentences(book)
    if book.count == 1 { return (lines + advice).joined(separator: "; ") }
    lines.insert(counted(book.count, "mistake"), at: 0)
    return (lines + advice).joined(separator: "\n  ")
  }

  /// A sentence for each kind, such as `line 3, column 'n': 'x' is not a number`.
  package static func sentences(_ book: FaultBook) -> [String] {
    var lines = book.entries.prefix(shownKinds).map { entry in
      let places = entry.lines.map { "\($0)" }
      let more = entry.count - entry.lines.count
      let place =
        places.count == 1 && more == 0
        ? "line \(places[0])" : "lines \(places.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
      return place + (entry.kind.column.map { ", column '\($0)'" } ?? "") + ": " + entry.kind.message
    }
    let rest = book.entries.count - shownKinds
    if rest > 0 { lines.append("and \(counted(rest, "more kind")) of mistakes") }
    return lines
  }
}
