import RegistryStorage

/// Which targets are partial, and what the proof says of them.
struct RestatePartials {
  private let restater: Restater
  private let targets: [RestateTally.Target]
  private let coverage: RestateCoverage
  private let columns: [String]
  /// By target and column. Nil where a target is not judged.
  private var covers: [[RestateCoverage.Cover?]] = []
  /// By line, the covers of columns in which bodies have rows without a value.
  private var coversOfLines: [Int: [Int: RestateCoverage.Cover]] = [:]
  private var found: [Key: RestateProof.Partial] = [:]
  private var codes: [Missing: [String]] = [:]

  private struct Key: Hashable {
    let code: String
    let column: String?
    let missing: [String]
  }

  private struct Missing: Hashable {
    let bodies: [OrganisationID]
    let day: Day
  }

  /// - Parameter columns: the names of the columns with amounts.
  init(_ restater: Restater, _ tally: RestateTally, columns: [String]) throws(DatabaseError) {
    self.restater = restater
    self.columns = columns
    targets = tally.targets
    coverage = RestateCoverage(restater.places, tally.meanings)
    let isAlike = tally.meanings.allSatisfy { $0.hasValue == tally.meanings[0].hasValue }
    for target in targets {
      var own: [RestateCoverage.Cover?] = []
      for column in columns.indices {
        own.append(isAlike && column > 0 ? own[0] : try coverage.cover(of: target, column: column))
      }
      covers.append(own)
      let missing = own.map { $0?.missing }
      if missing.allSatisfy({ $0 == missing.first }), let cover = own.first {
        try note(target, nil, cover)
      } else {
        for (column, cover) in own.enumerated() { try note(target, columns[column], cover) }
      }
    }
  }

  /// Judges a target once more for a line in which bodies have no value.
  mutating func note(
    _ target: Int, column: Int, without absent: Set<OrganisationID>, line: Int
  ) throws(DatabaseError) {
    guard let whole = covers[target][column],
      let cover = try coverage.cover(of: targets[target], column: column, without: absent),
      cover.missing != whole.missing
    else { return }
    coversOfLines[line, default: [:]][column] = cover
    try note(targets[target], columns[column], cover)
  }

  private mutating func note(
    _ target: RestateTally.Target, _ column: String?, _ cover: RestateCoverage.Cover?
  ) throws(DatabaseError) {
    guard let cover, isPartial(cover) else { return }
    let missing = Missing(bodies: cover.missing, day: target.day)
    let shown: [String]
    if let known = codes[missing] {
      shown = known
    } else {
      shown = try restater.bodies.codes(of: cover.missing, on: target.day)
      codes[missing] = shown
    }
    let code = try restater.bodies.shown(target.body).code
    found[
      Key(code: code, column: column, missing: shown),
      default: RestateProof.Partial(
        code: code, column: column, missing: shown, bodyCount: cover.bodyCount, days: [], coverage: 1)
    ].add(target.day, cover.share)
  }

  private func isPartial(_ cover: RestateCoverage.Cover) -> Bool {
    cover.share < 1 - restater.request.partialTolerance
  }

  func isPartial(_ target: Int, column: Int, line: Int) -> Bool {
    (coversOfLines[line]?[column] ?? covers[target][column]).map(isPartial) ?? false
  }

  /// The smallest coverage of the columns of a line. Blank if the target is not judged.
  func coverage(_ target: Int, line: Int) -> String {
    let own = covers[target].enumerated().compactMap { coversOfLines[line]?[$0.offset] ?? $0.element }
    return own.map(\.share).min().map(RestateProof.Partial.text) ?? ""
  }

  /// The partial targets, in the order of their codes.
  var list: [RestateProof.Partial] {
    found.sorted { first, second in
      (first.key.code, first.value.days.min() ?? .distantPast, first.key.column ?? "", first.key.missing.joined())
        < (
          second.key.code, second.value.days.min() ?? .distantPast, second.key.column ?? "",
          second.key.missing.joined()
        )
    }.map(\.value)
  }
}

extension RestateProof.Partial {
  fileprivate mutating func add(_ day: Day, _ share: Double) {
    days.insert(day)
    coverage = min(coverage, share)
  }
}
