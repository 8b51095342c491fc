import ArgumentParser
import RegistryFormats
import RegistryReporting
import RegistryStorage
import Succession

/// What a crosswalk is about, apart from its days.
struct CrosswalkOptions: ParsableArguments {
  @Option(help: "The kind of the from bodies (default: the most frequent of the place tier).", completion: .kind)
  var kind: String?

  @Option(help: "The kind of the to bodies (default: any of the same tier).", completion: .kind)
  var toKind: String?

  @Option(
    help: "The bases to try, in this order, with commas between (default: people before counts).", completion: .bases)
  var basis: String?

  @Option(help: "What becomes of parts in bodies of other kinds than --to-kind: keep them, or spread them.")
  var otherKinds: Question.OtherKinds = .keep

  @Option(help: "Which days decide which bodies there are on the first day.")
  var dates: Timeline = .legal

  @Flag(help: "Also list parts that weigh nothing.")
  var allParts = false

  @Option(help: "The scheme of the codes (default: the first).", completion: .scheme)
  var scheme: String?

  /// The request, after a check that the register knows the days and the words.
  /// - Parameter from: Nil if the question is about all days.
  func request(
    _ registry: Registry, from: Day?, to: Day, knownIn revision: Int64
  ) throws -> CrosswalkReport.Request {
    try registry.mustReach(from, to, knownIn: revision)
    for name in [kind, toKind].compactMap({ $0 }) { try registry.mustKnow(kind: name) }
    if let toKind { try registry.mustHave(kind: toKind, on: to, knownIn: revision) }
    if let scheme { try registry.mustKnow(scheme: scheme) }
    let bases = basis?.split(separator: ",").map(String.init)
    for basis in bases ?? [] {
      try registry.mustKnow(basis: basis)
      try registry.mustObserve(basis: basis, from: from, to: to, knownIn: revision)
    }
    let question = Question(
      from: from ?? to, to: to, toKind: toKind, bases: bases, otherKinds: otherKinds, dates: dates)
    return CrosswalkReport.Request(question, kind: kind, scheme: scheme, showsAllParts: allParts)
  }
}

/// Says on standard error what a crosswalk leaves out.
func remark(weightless count: Int) {
  guard count > 0 else { return }
  remark(
    "orgreg: \(counted(count, "part")) that \(count == 1 ? "weighs" : "weigh") nothing left out (--all-parts lists them)"
  )
}
