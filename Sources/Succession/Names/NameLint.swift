package import RegistryStorage

/// The codes of bodies that a file names.
package struct NameLint {
  package struct Row: Sendable {
    package let line: Int
    package let name: String
    /// Blank unless the name means one body.
    package let code: String
    package let match: String
    package let detail: String
    package let isFault: Bool
  }

  package let rows: [Row]

  /// - Parameters:
  ///   - values: the names with their lines, and the codes beside them if the file has a column of codes.
  ///   - code: the code of a body.
  package init(
    _ values: [(line: Int, name: String, code: String?)], _ book: NameBook, on day: Day?,
    code: (OrganisationID) throws(DatabaseError) -> String
  ) throws(DatabaseError) {
    var seen: Set<String> = []
    var distinct: [(line: Int, name: String)] = []
    for value in values where seen.insert(value.name).inserted { distinct.append((value.line, value.name)) }
    let kind = book.usualKind(of: distinct.map(\.name), on: day)
    var rows: [Row] = []
    for (line, name) in distinct {
      let match = book.match(name, on: day, kind: kind)
      var codes: [String] = []
      for body in match.bodies { codes.append(try code(body)) }
      let isSure = match.sureness == .exact || match.sureness == .spelling
      rows.append(
        Row(
          line: line, name: name, code: isSure ? codes[0] : "", match: match.sureness.rawValue,
          detail: match.sureness == .several
            ? codes.sorted().joined(separator: ", ")
            : match.sureness == .none ? "no body has this name\(day.map { " on \($0)" } ?? "")" : "",
          isFault: !isSure))
    }
    self.rows = rows + Self.doubles(values)
  }

  /// Codes that have two names in the file.
  private static func doubles(_ values: [(line: Int, name: String, code: String?)]) -> [Row] {
    var first: [String: (words: NameWords, name: String)] = [:]
    var told: Set<String> = []
    var rows: [Row] = []
    for (line, name, code) in values {
      guard let code, !code.isEmpty else { continue }
      let words = NameWords(name)
      guard let known = first[code] else {
        first[code] = (words, name)
        continue
      }
      if known.words != words, told.insert(code).inserted {
        rows.append(
          Row(
            line: line, name: name, code: code, match: "two-names", detail: "the code is '\(known.name)' as well",
            isFault: true))
      }
    }
    return rows
  }
}
