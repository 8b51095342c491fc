import ArgumentParser
import RegistryStorage
import Reporting

/// From the bodies of which day to those of which other.
struct CrosswalkOptions: ParsableArguments {
  @Option(help: "The day of the from bodies (YYYY-MM-DD).", transform: Day.option)
  var from: Day

  @Option(help: "The other day.", transform: Day.option)
  var to: Day

  @Option(
    help: "The kind of the from bodies (default: the most frequent one of the place tier on that day).",
    completion: .kind)
  var kind: String?

  @Option(help: "The kind of the to bodies (default: the tier stays).", completion: .kind)
  var toKind: String?

  @Option(help: "Whose codes are shown (default: the first scheme's).", completion: .scheme)
  var scheme: String?

  /// What is asked of a register that knows the days and all the words.
  func request(_ registry: Registry, bases: [String], knownIn revision: Int64) throws -> CrosswalkReport.Request {
    try registry.mustReach(from, to, knownIn: revision)
    for name in [kind, toKind].compactMap({ $0 }) { try registry.mustKnow(kind: name) }
    if let scheme { try registry.mustKnow(scheme: scheme) }
    for basis in bases { try registry.mustKnow(basis: basis) }
    return CrosswalkReport.Request(from: from, to: to, kind: kind, toKind: toKind, bases: bases, scheme: scheme)
  }
}
