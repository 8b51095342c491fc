/// All names of the register at once, for files that name bodies instead of giving codes.

/// A name of a body for a period.
package struct DatedName: Hashable, Sendable {
  package let organisation: OrganisationID
  package let value: String
  package let period: Period

  /// Words in small letters, without the marks inside: `King's` is `kings`.
  package static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in name.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.unicodeScalars.append(scalar)
      } else if scalar != "'", scalar != "’", scalar != ".", !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension Registry {
  /// All names of all schemes, in the order of time.
  package func datedNames(knownIn revision: Int64 = latest) throws(DatabaseError) -> [DatedName] {
    try database.query(
      """
      SELECT organisation_id, value, valid_from, valid_to FROM name
      WHERE \(Self.known("name")) ORDER BY valid_from, organisation_id
      """, [.integer(revision)]
    ) { DatedName(organisation: $0.organisation(0), value: $0.text(1), period: $0.period(2)) }
  }
}
