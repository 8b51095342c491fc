import Storage

/// Which state of the register an export shows, and under what licence its contents are.
public struct Edition: Sendable {
  /// 0 for a register in which nothing was ever recorded.
  public let revision: Int64
  /// When the revision was recorded: `YYYY-MM-DDTHH:MM:SSZ`.
  public let recordedAt: String?
  /// nil: the register names no source of public sector information of the United Kingdom, and nobody has said under what
  /// licence its contents are.
  public let licence: Licence?

  public struct Licence: Sendable {
    /// As the Open Definition calls it.
    public let name: String
    public let title: String
    public let url: String

    static let openGovernment = Licence(
      name: "OGL-UK-3.0", title: "Open Government Licence v3.0",
      url: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
  }

  /// The schemes of which the owners publish under the Open Government Licence.
  private static let publicSchemes = ["ods", "ons"]

  /// The newest revision of a register.
  public init(_ registry: Registry) throws(DatabaseError) {
    revision = try registry.latestRevision()
    recordedAt = try registry.database.first(
      "SELECT recorded_at FROM revision WHERE id = ?1", [.integer(revision)]
    ) { $0.text(0) }
    licence = try registry.schemes().contains { Self.publicSchemes.contains($0.key) } ? .openGovernment : nil
  }
}
