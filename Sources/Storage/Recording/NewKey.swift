/// Permanent keys for what is new.
///
/// Kept here:
/// 1. A key that is taken gets a number: `ccg-72Q` is followed by `ccg-72Q-2`, then by `ccg-72Q-3`.
/// 2. The key of a body begins as in the seeds, mostly with the kind of the body.
package enum NewKey {
  /// The first free key among `wanted`, `wanted-2`, `wanted-3` and so on.
  package static func unused<Failure: Error>(
    _ wanted: String, isTaken: (String) throws(Failure) -> Bool
  ) throws(Failure) -> String {
    var key = wanted
    var number = 1
    while try isTaken(key) {
      number += 1
      key = "\(wanted)-\(number)"
    }
    return key
  }

  /// The wanted key of a body, such as `location-92A`.
  /// - Parameter kind: the first kind of the body. Nil if it is not known yet.
  package static func wanted(forKind kind: String?, code: String) -> String {
    "\(kind.map { prefixes[$0] ?? $0 } ?? "body")-\(code)"
  }

  /// How the keys of some kinds begin, if not with the kind itself.
  private static let prefixes = [
    "commissioning-hub": "hub", "gp-practice": "practice", "health-and-wellbeing-board": "board",
    "local-authority": "authority", "prescribing-cost-centre": "practice", "sub-icb-location": "location",
    "sub-icb-reporting-entity": "reporting",
  ]
}
