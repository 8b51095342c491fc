import RegistryFormats
import RegistryStorage

/// What one should know before one trusts the figures.
extension Restater {
  /// Weights that are further from the day of a row than this are told.
  private static let farDays = 3_653
  private static let shownUnits = 5

  func warnings(about tally: RestateTally) -> [String] {
    farBases(tally) + uselessWords(tally) + oldUnits(tally)
  }

  /// Bases that were measured long before or after the days of the rows that they divide.
  private func farBases(_ tally: RestateTally) -> [String] {
    var rows: [String: (count: Int, days: Set<Day>)] = [:]
    let asAt = Dictionary(
      whereabouts.territory.bases.map { ($0.key, $0.asAt) }, uniquingKeysWith: { first, _ in first })
    for meaning in tally.meanings {
      guard let basis = meaning.reading.basis, let day = asAt[basis] ?? nil,
        abs(day.days(since: meaning.day)) > Self.farDays
      else { continue }
      rows[basis, default: (0, [])].count += meaning.rowCount
      rows[basis]?.days.insert(meaning.day)
    }
    return rows.sorted { $0.key < $1.key }.compactMap { basis, found in
      guard let day = asAt[basis] ?? nil, let first = found.days.min(), let last = found.days.max() else { return nil }
      let span = first == last ? "\(first)" : "\(first) to \(last)"
      return "the basis \(basis) is of \(day), more than ten years from \(counted(found.count, "row")) of \(span)"
    }
  }

  /// Bases and kinds that were named and lead nowhere.
  private func uselessWords(_ tally: RestateTally) -> [String] {
    var isUnmeasured = false
    var isElsewhere = false
    for case .unmapped(.lies(let place)) in tally.meanings.lazy.flatMap(\.reading.places) {
      switch place {
      case .gap(.notMeasured), .gap(.observedOnOtherDays): isUnmeasured = true
      case .gap(.parent), .none(.otherKind): isElsewhere = true
      default: break
      }
    }
    var warnings: [String] = []
    if isUnmeasured, let bases = request.bases {
      let others = whereabouts.territory.bases.map(\.key).filter { !bases.contains($0) }
      warnings.append(
        "--basis \(bases.joined(separator: ",")) does not measure all codes: leave it out, or add others "
          + "(\(others.joined(separator: ", ")))")
    }
    if isElsewhere, let kind = request.toKind, tally.meanings.allSatisfy(\.reading.isUnmapped) {
      warnings.append("no code lies in a body of the kind \(kind) on \(request.to): name another --to-kind, or none")
    }
    return warnings
  }

  /// Units that have rows before they opened or after they closed.
  private func oldUnits(_ tally: RestateTally) -> [String] {
    var lives: [String: Period] = [:]
    var rowCount = 0
    for meaning in tally.meanings {
      guard let life = meaning.reading.unitLife else { continue }
      lives[meaning.code] = life
      rowCount += meaning.rowCount
    }
    guard rowCount > 0 else { return [] }
    let shown = lives.sorted { $0.key < $1.key }.prefix(Self.shownUnits).map { code, life in
      let days = [
        life.start == .distantPast ? nil : "from \(life.start)", life.lastDay.map { "to \($0)" },
      ].compactMap(\.self)
      return "\(code) (\(days.joined(separator: " ")))"
    }
    let others = lives.count > Self.shownUnits ? " and \(lives.count - Self.shownUnits) more" : ""
    return [
      "\(counted(rowCount, "row")) of \(counted(lives.count, "unit")) outside the days of the unit itself, "
        + "which went where its body went: \(shown.joined(separator: ", "))\(others)"
    ]
  }
}
