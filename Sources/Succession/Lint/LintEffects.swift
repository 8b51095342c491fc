import RegistryFormats

/// What the faults of a crosswalk would do to totals of what a basis measures.
struct TotalEffects {
  private struct Effect {
    var count = 0
    /// What is added to the true total. Below zero if it is lost.
    var change = 0.0
    /// What is counted in a body where it does not belong.
    var misplaced = 0.0
  }

  private var effects: [LintFinding.Word: Effect] = [:]
  private let total: Double
  /// The key of the basis. Nil if all bodies weigh the same.
  private let basis: String?

  init(total: Double, basis: String?) {
    self.total = total
    self.basis = basis
  }

  mutating func change(_ cause: LintFinding.Word, by amount: Double) {
    effects[cause, default: Effect()].count += 1
    effects[cause, default: Effect()].change += amount
  }

  mutating func misplace(_ cause: LintFinding.Word, _ amount: Double) {
    effects[cause, default: Effect()].count += 1
    effects[cause, default: Effect()].misplaced += amount
  }

  /// A finding for each cause, and one for all causes that change the total.
  var findings: [LintFinding] {
    guard total > 0 else { return [] }
    let causes = LintFinding.Word.allCases.filter { effects[$0] != nil }
    var findings = causes.compactMap { cause in effects[cause].map { finding(cause, $0) } }
    let changing = causes.compactMap { effects[$0] }.filter { $0.change != 0 }
    if changing.count > 1 {
      findings.append(effect("all", "all together " + change(changing.reduce(0) { $0 + $1.change })))
    }
    return findings
  }

  private func finding(_ cause: LintFinding.Word, _ effect: Effect) -> LintFinding {
    let (singular, plural) = Self.nouns(cause)
    let subject = counted(effect.count, singular, plural)
    let isOne = effect.count == 1
    if effect.misplaced > 0 || effect.change == 0 {
      let verb = isOne ? "sends" : "send"
      return self.effect(
        cause.rawValue, "\(subject) \(verb) \(LintWords.percent(effect.misplaced / total)) of totals to a wrong place")
    }
    return self.effect(cause.rawValue, "\(subject) " + change(effect.change, isOne: isOne))
  }

  private static func nouns(_ cause: LintFinding.Word) -> (singular: String, plural: String) {
    switch cause {
    case .duplicate: ("duplicate row", "duplicate rows")
    case .sourceMissing: ("missing source", "missing sources")
    case .shareSum: ("body whose shares do not add up to 1", "bodies whose shares do not add up to 1")
    case .shareMissing: ("body without a share for each target", "bodies without a share for each target")
    case .shareInvalid: ("body with a share that is none", "bodies with a share that is none")
    case .shareDiffers: ("share that differs", "shares that differ")
    case .missingTarget: ("missing target", "missing targets")
    case .wrongTarget: ("wrong target", "wrong targets")
    case .unfinishedChain: ("unfinished chain", "unfinished chains")
    case .targetNotAlive: ("target that is not alive", "targets that are not alive")
    default: ("\(cause.rawValue) target", "\(cause.rawValue) targets")
    }
  }

  private func change(_ amount: Double, isOne: Bool = false) -> String {
    let share = LintWords.percent(abs(amount) / total)
    let ending = isOne ? "s" : ""
    return amount > 0 ? "inflate\(ending) totals by \(share)" : "lose\(ending) \(share) of totals"
  }

  private func effect(_ cause: String, _ words: String) -> LintFinding {
    let weight = basis.map { "weighed by \($0)" } ?? "every body weighs the same"
    return LintFinding(.totalEffect, line: nil, value: cause, "\(words) (\(weight))")
  }
}
