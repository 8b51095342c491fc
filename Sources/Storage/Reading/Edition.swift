/// Which state of the register a report or an export shows, and under what licence its contents are.
package struct Edition: Sendable {
  /// 0 for a register in which nothing was ever recorded.
  package let revision: Int64
  /// When the revision was recorded: `YYYY-MM-DDTHH:MM:SSZ`.
  package let recordedAt: String?
  /// nil: the register names no source of public sector information of the United Kingdom, and nobody has said under what
  /// licence its contents are.
  package let licence: Licence?

  package struct Licence: Sendable {
    /// As the Open Definition calls it.
    package let name: String
    package let title: String
    package let url: String

    static let openGovernment = Licence(
      name: "OGL-UK-3.0", title: "Open Government Licence v3.0",
      url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
  }

  /// The schemes of which the owners publish under the Open Government Licence.
  private static let publicSchemes = ["ods", "ons"]

  package init(_ registry: Registry, knownIn revision: Int64 = latest) throws(DatabaseError) {
    let known = try registry.database.first(
      "SELECT id, recorded_at FROM revision WHERE id <= ?1 ORDER BY id DESC LIMIT 1", [.integer(revision)]
    ) { ($0.integer(0), $0.text(1)) }
    self.revision = known?.0 ?? 0
    recordedAt = known?.1
    licence = try registry.schemes().contains { Self.publicSchemes.contains($0.key) } ? .openGovernment : nil
  }

  /// Half a sentence.
  package var words: String { "revision \(revision) of the register" + (recordedAt.map { ", recorded \($0)" } ?? "") }

  /// What the licence asks everybody to say who shows the contents; nil: nothing.
  package var attribution: String? {
    licence.map { "Contains public sector information licensed under the \($0.title)." }
  }

  /// Both, as the last line of a page.
  package var sentence: String { "From \(words)." + (attribution.map { " \($0)" } ?? "") }
}
