import RegistryStorage

/// The words of a command that records an event, kept until it is enacted.
enum Plan {
  /// Options that say how a command is run, not what happened.
  private static let options = ["--registry", "--by", "--reason", "--format"]
  private static let flags = ["--planned", "--yes", "--dry-run"]

  /// The key of the fact that keeps the proposal of an event.
  static func factKey(_ event: String) -> String { "\(event)/plan" }

  /// What is kept of the words of a command.
  static func words(of arguments: [String]) -> [String] {
    without(options, Array(arguments.dropFirst())).filter { !flags.contains($0) }
  }

  /// The words without these options and their values.
  static func without(_ options: [String], _ words: [String]) -> [String] {
    var kept: [String] = []
    var skipsNext = false
    for word in words {
      if skipsNext {
        skipsNext = false
      } else if options.contains(word) {
        skipsNext = true
      } else if !options.contains(where: { word.hasPrefix("\($0)=") }) {
        kept.append(word)
      }
    }
    return kept
  }

  /// All proposals, in the order of time.
  static func all(in registry: Registry) throws -> [(event: String, day: Day, words: [String])] {
    try StatedFacts(registry).plans().compactMap { plan in
      guard case .plan(_, let day, let words) = plan.content, let key = plan.key else { return nil }
      return (key.replacing("/plan", with: ""), day, words)
    }
  }

  /// The proposal of an event.
  static func find(_ event: String, in registry: Registry) throws -> (day: Day, words: [String]) {
    let plans = try all(in: registry)
    if let plan = plans.first(where: { $0.event == event }) { return (plan.day, plan.words) }
    let known = plans.map(\.event)
    throw Failure(
      "no event '\(event)' is planned" + (known.isEmpty ? "" : " (planned: \(known.joined(separator: ", ")))")
        + "; nothing was changed")
  }
}
