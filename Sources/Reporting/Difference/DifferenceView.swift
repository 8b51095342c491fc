import RegistryFormats
package import RegistryStorage

/// A difference for people: event by event and body by body, with codes and names.
///
/// Kept here:
/// 1. Every fact of the difference is told: in a line of its own, as a part of the line of its body, or in a count.
/// 2. A body that begins or ends is one line, which tells the codes, names, kinds and relationships that begin or end
///    with it.
/// 3. Last stands a line of sums. It counts rows, as the log does.
package struct DifferenceView: Sendable {
  /// What happens to a body, or to something else that has a name.
  struct Line: Sendable, Equatable {
    enum Mark: Sendable { case new, changed, gone }

    var mark: Mark
    /// What happens, in one word.
    var verb: String
    var code = ""
    var name = ""
    var details: [String] = []
  }

  /// The lines of an event, or of what belongs to none.
  struct Group: Sendable {
    var head: String?
    var lines: [Line] = []
  }

  private(set) var groups: [Group] = []
  let sums: String
  /// Whether the register says all of it already.
  package let isEmpty: Bool
  /// The rows themselves, for programs and for those who ask.
  package let table: DataTable
  /// What deserves a second look.
  package let warnings: [String]

  /// - Parameter registry: as it is with the changes.
  package init(of difference: Difference, in registry: Registry) throws(DatabaseError) {
    table = difference.table
    warnings = difference.warnings.map(\.description)
    isEmpty = difference.isEmpty
    func count(_ action: RowChange.Action) -> Int { difference.rows.count { $0.action == action } }
    sums =
      "+\(grouped(Double(count(.new) + difference.newIdentities + difference.unitRows))) new  "
      + "~\(grouped(Double(count(.changed)))) changed  -\(grouped(Double(count(.retracted)))) taken back"
    if difference.isReadable {
      var reader = try DifferenceReader(try registry.deltas(of: difference), in: registry)
      groups = try reader.groups()
    } else {
      groups = [Self.counts(difference)]
    }
    var others = Group()
    if difference.unitRows > 0 {
      others.lines.append(Line(mark: .new, verb: "units", details: [counted(difference.unitRows, "row")]))
    }
    let redacted = difference.rows.filter { $0.table == "holder" }
    others.lines += redacted.map { Line(mark: .gone, verb: "erased", code: $0.key, details: ["the name"]) }
    if !others.lines.isEmpty { groups.append(others) }
  }

  /// How many facts of each kind change, where they are too many to be read.
  private static func counts(_ difference: Difference) -> Group {
    var counts: [String: [RowChange.Action: Int]] = [:]
    for row in difference.rows { counts[row.table, default: [:]][row.action, default: 0] += 1 }
    let lines = counts.sorted { $0.key < $1.key }.flatMap { table, counts in
      [(RowChange.Action.new, Line.Mark.new), (.changed, .changed), (.retracted, .gone)].compactMap { action, mark in
        counts[action].map {
          Line(mark: mark, verb: action.rawValue, name: table.replacing("_", with: " "), details: [grouped(Double($0))])
        }
      }
    }
    return Group(head: "Too much to list body by body (--rows lists it)", lines: lines)
  }
}

extension Citation {
  /// As people cite it: `SI 2027/12 The South London Order`. Some titles say the number themselves.
  package var spoken: String {
    guard let year, let number, !title.contains("\(year)/\(number)") else { return title }
    switch instrument {
    case .statutoryInstrument: return "SI \(year)/\(number) \(title)"
    case .act: return "\(title) (\(year) c. \(number))"
    default: return "\(title) (\(year)/\(number))"
    }
  }
}
