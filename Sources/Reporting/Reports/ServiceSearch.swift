package import RegistryStorage

/// Finds service lines by words that people use.
///
/// Kept here:
/// 1. A line is found if its name has all the words, in any order.
/// 2. It is found too if what somebody noted about who commissions it has the words one after the other. Single words of a
///    note say little: a note about an Act has "health" in it.
package struct ServiceSearch {
  private struct Entry {
    let service: Service
    let name: String
    let notes: [String]
  }

  private let entries: [Entry]

  package init(of registry: Registry, knownIn revision: Int64 = latest) throws(DatabaseError) {
    let responsibilities = try registry.responsibilities(knownIn: revision)
    let notes = Dictionary(grouping: responsibilities, by: \.service).mapValues { own in
      Set(own.compactMap(\.note)).map(Self.plain)
    }
    entries = try registry.services().map { service in
      Entry(service: service, name: Self.plain("\(service.key) \(service.name)"), notes: notes[service.key] ?? [])
    }
  }

  /// All lines, in the order of the register.
  package var all: [Service] { entries.map(\.service) }

  /// The lines with the words, in the order of the register.
  package func services(_ text: String) -> [Service] {
    let words = Self.words(text)
    let phrase = words.joined(separator: " ")
    return entries.filter { entry in
      words.allSatisfy(entry.name.contains) || entry.notes.contains { $0.contains(phrase) }
    }.map(\.service)
  }

  /// The lines that have most of the words, if any line has one.
  package func near(_ text: String) -> [Service] {
    let words = Self.words(text)
    let hits = entries.map { entry in words.count { entry.name.contains($0) } }
    guard let most = hits.max(), most > 0 else { return [] }
    return zip(entries, hits).filter { $0.1 == most }.map(\.0.service)
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// In small letters, with single blanks.
  private static func plain(_ text: String) -> String { words(text).joined(separator: " ") }
}
