/// What the number means with which the tool ends.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case rejected = 1
  case failed = 2
  case declined = 3
  case wrongUsage = 64

  var meaning: String {
    switch self {
    case .done: "done"
    case .rejected: "done, but data was rejected or a rule is broken"
    case .failed: "failed, and nothing was changed"
    case .declined: "you said no, or gave no answer, and nothing was changed"
    case .wrongUsage: "wrong usage"
    }
  }

  /// All of them, a line each, for the help.
  static let lines = allCases.map { status in
    let number = String(status.rawValue)
    return "  " + number + String(repeating: " ", count: 4 - number.count) + status.meaning
  }.joined(separator: "\n")
}
