import RegistryFormats
import RegistryStorage

/// Counts what goes in, what comes out and what is unmapped.
///
/// 1. Every part of an amount that goes in counts either as outgoing or as unmapped, with its code and the reason.
struct RestateTally {
  private struct Meaning: Hashable {
    let code: String
    let day: Day
  }

  private struct Loss: Hashable {
    let code: String
    let reason: RestatePlaces.Reason
  }

  private var meanings: [Meaning: (answer: RestatePlaces.Answer, rowCount: Int)] = [:]
  private var losses: [Loss: (rowCount: Int, isPart: Bool, amounts: [ExactDecimal])] = [:]
  private(set) var totals: [RestateProof.Total]

  init(_ names: [String]) {
    let zero = ExactDecimal(digits: 0, scale: 0)
    totals = names.map {
      RestateProof.Total(name: $0, incoming: zero, outgoing: zero, unmapped: zero, blankCount: 0, decimals: 0)
    }
  }

  mutating func note(_ code: String, _ day: Day, _ answer: RestatePlaces.Answer, rowCount: Int) {
    let meaning = Meaning(code: code, day: day)
    meanings[meaning, default: (answer, 0)].rowCount += rowCount
    let reasons = answer.parts.compactMap { if case .failure(let unmapped) = $0.place { unmapped.reason } else { nil } }
    for reason in reasons {
      let zeros = totals.map { _ in ExactDecimal(digits: 0, scale: 0) }
      losses[Loss(code: code, reason: reason), default: (0, !answer.isUnmapped, zeros)].rowCount += rowCount
    }
  }

  /// Adds an amount and its parts, which are in the order of the parts of the answer.
  mutating func add(
    _ amount: ExactDecimal, _ parts: [Int128], _ scale: Int, _ total: Int, _ code: String,
    _ answer: RestatePlaces.Answer
  ) throws(RowError) {
    try add(amount, to: &totals[total].incoming, total)
    for (part, digits) in zip(answer.parts, parts) {
      let piece = ExactDecimal(digits: digits, scale: scale)
      switch part.place {
      case .success: try add(piece, to: &totals[total].outgoing, total)
      case .failure(let unmapped):
        try add(piece, to: &totals[total].unmapped, total)
        let loss = Loss(code: code, reason: unmapped.reason)
        if var found = losses[loss] {
          try add(piece, to: &found.amounts[total], total)
          losses[loss] = found
        }
      }
    }
  }

  mutating func addBlanks(_ count: Int, to total: Int) { totals[total].blankCount += count }

  mutating func setDecimals(_ decimals: Int, of total: Int) {
    totals[total].decimals = max(totals[total].decimals, decimals)
  }

  private func add(_ amount: ExactDecimal, to sum: inout ExactDecimal, _ total: Int) throws(RowError) {
    guard let added = sum.adding(amount) else {
      throw RowError(
        line: 0, column: totals[total].name,
        message: "the total has more than \(ExactDecimal.maximumDigits) digits")
    }
    sum = added
  }

  // MARK: The proof

  /// Writes the counts into the proof.
  func complete(
    _ proof: inout RestateProof, reasons: RestateReasons
  ) throws(DatabaseError) {
    var origins: [String: Int] = [:]
    var tiers: [String: Int] = [:]
    var bases: [String: Int] = [:]
    var events: Set<Int64> = []
    var late: Set<String> = []
    for (meaning, (answer, rows)) in meanings {
      proof.rowsIn += rows
      let lost = answer.parts.count { if case .failure = $0.place { true } else { false } }
      if lost == 0 {
        proof.rowsMapped += rows
      } else if lost < answer.parts.count {
        proof.rowsPartlyUnmapped += rows
      } else {
        proof.rowsUnmapped += rows
      }
      if let origin = answer.origin { origins[origin, default: 0] += rows }
      if lost == answer.parts.count { continue }
      if let tier = answer.tier { tiers[tier, default: 0] += rows }
      for basis in answer.bases { bases[basis, default: 0] += rows }
      events.formUnion(answer.events)
      if answer.isProportional { proof.rowsProportional += rows }
      if answer.isLate {
        proof.rowsLate += rows
        late.insert(meaning.code)
      }
    }
    proof.totals = totals
    proof.origins = Self.ordered(origins)
    proof.bases = Self.ordered(bases)
    proof.events = events.compactMap { reasons.events[$0] }.sorted()
    proof.lateCodes = late.sorted()
    if origins.count > 1 { proof.warnings.append("codes of several schemes or partitions: \(Self.listed(origins))") }
    if tiers.count > 1 {
      proof.warnings.append("bodies of several tiers, which may hold each other: \(Self.listed(tiers))")
    }
    var missing: [RestateProof.Missing] = []
    for (loss, (rows, isPart, amounts)) in losses {
      missing.append(
        RestateProof.Missing(
          code: loss.code, reason: try reasons.words(loss.reason, code: loss.code), rowCount: rows, isPart: isPart,
          amounts: amounts))
    }
    proof.missing = missing.sorted { ($0.code, $0.reason) < ($1.code, $1.reason) }
  }

  private static func ordered(_ counts: [String: Int]) -> [(name: String, rowCount: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  private static func listed(_ counts: [String: Int]) -> String {
    ordered(counts).map { "\($0.name) (\(counted($0.rowCount, "row")))" }.joined(separator: ", ")
  }
}
