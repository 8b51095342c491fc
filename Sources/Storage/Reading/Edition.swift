/// Which state of the register a report or an export shows, and under what licence.
package struct Edition: Sendable {
  /// 0 if nothing was ever recorded.
  package let revision: Int64
  /// When the revision was recorded: `YYYY-MM-DDTHH:MM:SSZ`.
  package let recordedAt: String?
  /// The keys of the proposals that are taken for enacted.
  package let supposed: [String]
  /// Nil if the register has none of `publicSchemes`, because then nobody has stated a licence.
  package let licence: Licence?

  package struct Licence: Sendable {
    /// What the Open Definition calls it.
    package let name: String
    package let title: String
    package let url: String

    static let openGovernment = Licence(
      name: "OGL-UK-3.0", title: "Open Government Licence v3.0",
      url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
  }

  /// The schemes whose owners publish under the Open Government Licence.
  private static let publicSchemes = ["ods", "ons"]

  package init(_ registry: Registry, knownIn revision: Int64 = latest) throws(DatabaseError) {
    supposed = registry.supposed
    let revision = min(revision, try registry.recordedRevision())
    let known = try registry.database.first(
      "SELECT id, recorded_at FROM revision WHERE id <= ?1 ORDER BY id DESC LIMIT 1", [.integer(revision)]
    ) { ($0.integer(0), $0.text(1)) }
    self.revision = known?.0 ?? 0
    recordedAt = known?.1
    licence = try registry.schemes().contains { Self.publicSchemes.contains($0.key) } ? .openGovernment : nil
  }

  /// The revision and its time, as part of a sentence.
  package var words: String {
    "revision \(revision) of the register" + (recordedAt.map { ", recorded \($0)" } ?? "")
      + (supposed.isEmpty ? "" : ", as if what is planned had happened (\(supposed.joined(separator: ", ")))")
  }

  /// What the licence requires of everybody who shows the contents. Nil if there is no licence.
  package var attribution: String? {
    licence.map { "Contains public sector information licensed under the \($0.title)." }
  }

  /// The revision and the attribution, as the last line of a page.
  package var sentence: String { "From \(words)." + (attribution.map { " \($0)" } ?? "") }
}
