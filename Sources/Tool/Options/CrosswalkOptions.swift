import ArgumentParser
import RegistryStorage
import RegistryReporting

/// The two days of a crosswalk, and the kinds of the bodies.
struct CrosswalkOptions: ParsableArguments {
  @Option(help: "The day of the from bodies (YYYY-MM-DD).", transform: Day.option)
  var from: Day

  @Option(help: "The day of the to bodies (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @Option(help: "The kind of the from bodies (default: the most frequent of the place tier).", completion: .kind)
  var kind: String?

  @Option(help: "The kind of the to bodies (default: any of the same tier).", completion: .kind)
  var toKind: String?

  @Option(help: "The scheme of the codes (default: the first).", completion: .scheme)
  var scheme: String?

  /// The request, after a check that the register knows the days and the words.
  func request(_ registry: Registry, bases: [String], knownIn revision: Int64) throws -> CrosswalkReport.Request {
    try registry.mustReach(from, to, knownIn: revision)
    for name in [kind, toKind].compactMap({ $0 }) { try registry.mustKnow(kind: name) }
    if let scheme { try registry.mustKnow(scheme: scheme) }
    for basis in bases { try registry.mustKnow(basis: basis) }
    return CrosswalkReport.Request(from: from, to: to, kind: kind, toKind: toKind, bases: bases, scheme: scheme)
  }
}
