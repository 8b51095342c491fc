import ChangeFiles
import RegistryFormats
import RegistryReporting
import RegistryStorage

/// Goes through what a file would change, row by row, and lets somebody decide.
///
/// Kept here:
/// 1. What is taken is only gathered here. It is shown once more and asked about before it is recorded.
/// 2. Whoever stops finds what was not decided in a change file, and goes on with that another day.
struct Review {
  /// The statements that belong together, and what is said about them.
  struct Row {
    var changes: [Change]
    /// Where the file differs from the register.
    var findings: [String] = []
    /// The line of the file.
    var line: String?

    /// What a row is about, for decisions about all that are alike.
    var kind: String {
      let kinds = changes.compactMap { change in
        switch change.content {
        case .fact(let fact): fact.kind.schema.record
        case .open, .close: "life"
        case .unit: "unit"
        default: nil
        }
      }
      return Set(kinds).sorted().joined(separator: ", ")
    }
  }

  /// What was decided.
  struct Decisions {
    var taken: [Change] = []
    /// What nobody has looked at.
    var left: [Row] = []
  }

  private let registry: Registry
  /// Statements of no row, such as those about sources, which the rows may need.
  private let common: [Change]
  private let rows: [Row]

  /// - Parameter place: what tells the row of a statement, if it belongs to one.
  init<Place: Hashable>(_ changes: [Change], in registry: Registry, by place: (Change) -> Place?) {
    self.registry = registry
    var (common, rows, places): ([Change], [Row], [Place: Int]) = ([], [], [:])
    for change in changes {
      if let place = place(change) {
        if let index = places[place] {
          rows[index].changes.append(change)
        } else {
          places[place] = rows.count
          rows.append(Row(changes: [change]))
        }
      } else {
        common.append(change)
      }
    }
    (self.common, self.rows) = (common, rows)
  }

  /// The lines of the file from which the rows come.
  var lineNumbers: Set<Int> { Set(rows.flatMap(\.changes).compactMap(\.origin?.line)) }

  /// Asks about every row.
  /// - Parameter describe: adds what is known about a row.
  func decided(_ describe: (inout Row) -> Void) throws -> Decisions {
    guard canAsk else { throw Failure("--review asks at a terminal; nothing was changed") }
    var decisions = Decisions()
    var always: [String: Bool] = [:]
    for (place, row) in rows.enumerated() {
      var row = row
      describe(&row)
      let kind = row.kind
      var answer = always[kind].map { $0 ? "take" : "keep" }
      while answer == nil {
        try show(row, "\(place + 1) of \(rows.count)")
        let said = try ask(
          "Take this?", ["take", "keep", "edit", "all", "none", "quit"], otherwise: "--review asks at a terminal")
        switch said {
        case "all": (always[kind], answer) = (true, "take")
        case "none": (always[kind], answer) = (false, "keep")
        case "edit": row.changes = try WritingOptions.Draft(ChangeSet(changes: row.changes)).edited().changes.changes
        default: answer = said
        }
      }
      switch answer {
      case "take": decisions.taken += (decisions.taken.isEmpty ? common : []) + row.changes
      case "quit":
        decisions.left = Array(rows[place...])
        return decisions
      default: break
      }
    }
    return decisions
  }

  private func show(_ row: Row, _ place: String) throws {
    remark("")
    remark("\(place)   \(row.kind)" + (row.changes.lazy.compactMap(\.origin).first.map { "   \($0)" } ?? ""))
    for line in try lines(row) where !line.isEmpty { remark("  \(line)") }
    for finding in row.findings { remark("  ! \(finding)") }
    if let line = row.line { remark("  > \(line)") }
  }

  /// What the row alone would change. If it cannot be alone, what it says.
  private func lines(_ row: Row) throws -> [String] {
    do {
      let view = try registry.preview(ChangeSet(changes: common + row.changes)) {
        try DifferenceView(of: $0, in: registry)
      }
      return view.lines(width: (Screen.errors?.columns ?? usualWidth) - 2, hiding: "source")
    } catch ChangeError.refused(let problems) {
      let sink = MemorySink()
      try ChangeFileWriter(row.changes).write(to: sink)
      return problems.prefix(3).map { "by itself: \($0.message)" } + sink.text.split(separator: "\n").map(String.init)
    }
  }

  /// Writes what nobody has looked at into a new change file, and tells how to go on.
  /// - Parameter name: the name of the file from which it comes.
  func keep(_ left: [Row], of name: String) throws {
    let base = name.split(separator: "/").last.map(String.init) ?? name
    let stem = base.prefix { $0 != "." }
    let wanted = stem.hasPrefix("left-of-") ? String(stem) : "left-of-\(stem)"
    let path = NewKey.unused(wanted) { Files.exists("\($0).csv") } + ".csv"
    let file = try AtomicFile(path)
    try ChangeFileWriter(common + left.flatMap(\.changes)).write(to: file)
    try file.commit()
    remark(
      "orgreg: \(counted(left.count, "row")) \(left.count == 1 ? "is" : "are") left, in \(path): go on with "
        + "'orgreg apply \([path].shellWords) --review'")
  }
}
