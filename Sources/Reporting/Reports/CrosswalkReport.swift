import RegistryFormats
package import RegistryStorage
import Succession

/// Where the bodies of one day went by another, as a table, with a sentence for every gap.
package struct CrosswalkReport {
  package let table: DataTable
  /// What is missing, and at which event, by the code of the from body; in the order of the bodies.
  package let missing: [(code: String, reason: String)]
  /// The kind taken for the from bodies. Nil if the request named one.
  package let assumedKind: String?

  /// What is missing, as sentences. Empty if nothing is.
  package var gaps: [String] { missing.map { "\($0.code): no share: \($0.reason)" } }

  package struct Request: Sendable {
    package var from: Day
    package var to: Day
    /// Nil means the kind of the place tier that has the most bodies on the first day.
    package var kind: String?
    /// Nil keeps the tier: parts may lie in any body of the place tier.
    package var toKind: String?
    /// Keys, in the order in which they are tried. If empty, all bases of the register.
    package var bases: [String]
    /// The scheme whose codes are shown. Nil means the first scheme.
    package var scheme: String?

    package init(
      from: Day, to: Day, kind: String? = nil, toKind: String? = nil, bases: [String] = [], scheme: String? = nil
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.toKind = toKind
      self.bases = bases
      self.scheme = scheme
    }
  }

  /// - Precondition: The register has the kinds, the bases and the scheme of `request`.
  package init(_ request: Request, of registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    let found = try KindCrosswalk(
      of: registry, kind: request.kind, from: request.from, to: request.to, toKind: request.toKind,
      bases: request.bases, knownIn: revision)
    let (bodies, crosswalk, kind) = (found.bodies, found.rows, found.kind)
    assumedKind = request.kind == nil ? kind : nil
    let view = try RegisterView(registry, knownIn: revision, scheme: request.scheme)
    let events = Dictionary(found.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    let sources = Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, $0) })
    let targets = try view.bodies(Set(crosswalk.compactMap(\.to)), on: request.to)
    table = DataTable(
      title: "\(kind) of \(request.from) in \(request.toKind ?? "bodies") of \(request.to)",
      columns: [
        "from_code", "from_name", "to_code", "to_name", .number("share"), .number("amount"), "basis", "method",
        "events",
      ],
      rows: crosswalk.map { row -> [String?] in
        let source = sources[row.from]
        let target = row.to.flatMap { targets[$0] }
        return [
          source.map(view.code), source?.name, target.map(view.code), target?.name, row.share.map(number),
          row.amount.map(number), row.basis, row.method?.rawValue,
          row.events.compactMap { events[$0] }.joined(separator: "|"),
        ]
      }.sorted { ($0[0] ?? "", $0[2] ?? "\u{10FFFF}") < ($1[0] ?? "", $1[2] ?? "\u{10FFFF}") })
    let names = try view.bodies(Set(crosswalk.compactMap { $0.gap?.body }), on: request.to)
    missing = crosswalk.compactMap { row in
      row.gap.map { gap in
        (sources[row.from].map(view.code) ?? "", gap.words(events: events) { view.code(names[$0]) })
      }
    }
  }
}
