import RegistryFormats
package import RegistryStorage

/// What to restate, and how.
package struct RestateRequest: Sendable {
  package enum Days: Sendable {
    /// Every row is of this day.
    case asAt(Day)
    /// Each row is of the day in this column.
    case column(String)
  }

  /// What becomes of amounts of targets of which bodies are missing.
  package enum Partial: String, Sendable, CaseIterable {
    /// They are written.
    case keep
    /// Blanks are written instead.
    case blank
    /// Nothing is written at all.
    case reject
  }

  package struct Rate: Sendable {
    package var column: String
    /// The column that says how much each rate weighs. It is added up.
    package var denominator: String

    package init(column: String, denominator: String) {
      self.column = column
      self.denominator = denominator
    }
  }

  /// The column that holds the codes.
  package var code: String
  package var days: Days
  package var to: Day
  /// The kind of the bodies that come out. Nil for the tier of the codes.
  package var toKind: String?
  /// The columns to add up.
  package var sums: [String] = []
  package var rates: [Rate] = []
  /// The columns to leave out.
  package var dropped: [String] = []
  /// The keys of bases, in the order in which to try them. Nil for the order of the register.
  package var bases: [String]?
  /// What becomes of parts that lie in another kind than `toKind`.
  package var otherKinds = Question.OtherKinds.keep
  /// Which days decide whether a code was a body on the day of its row.
  package var dates = Timeline.legal
  /// The share of a target that may be missing before the target counts as partial.
  package var partialTolerance = 0.01
  /// What becomes of amounts of partial targets.
  package var partial = Partial.keep
  /// Whether to add a column with the share of each target that the rows cover.
  package var addsCoverage = false
  /// The scheme of the codes that come out. Nil for the first scheme of the register.
  package var scheme: String?
  package var isPerRow = false
  package var rounding: Apportionment.Rounding = .nearest
  package var acceptsLateCodes = false
  package var addsNames = false
  /// The kinds of the parents to add to each row.
  package var parents: [String] = []

  package init(code: String, days: Days, to: Day) {
    self.code = code
    self.days = days
    self.to = to
  }
}

/// What each column of the file means.
///
/// 1. Every column is the code, the date, a group, a sum, a rate, or dropped, and only one of these.
struct RestateLayout {
  /// The name of the column that `addsCoverage` adds.
  static let coverage = "coverage"

  let header: [String]
  let code: Int
  let date: Int?
  /// The code, the date and the groups, in the order of the file.
  let keyColumns: [Int]
  /// Sums, then rates, in the order of the request.
  let amountColumns: [Int]
  let terms: [GroupedSums.Term]
  let sumCount: Int
  /// The columns that come out, in order.
  let kept: [Int]
  /// Groups with names like those of rates.
  let suspects: [String]

  init(_ header: [String], _ request: RestateRequest) throws(RowError) {
    func index(_ name: String) throws(RowError) -> Int {
      guard let index = header.firstIndex(of: name) else {
        throw RowError(line: 1, message: "there is no column '\(name)' (there are: \(Self.listed(header)))")
      }
      guard header.lastIndex(of: name) == index else {
        throw RowError(line: 1, message: "the column '\(name)' occurs twice")
      }
      return index
    }
    var uses: [Int: String] = [:]
    func use(_ column: Int, as role: String) throws(RowError) {
      if let other = uses[column] {
        throw RowError(line: 1, message: "the column '\(header[column])' cannot be both \(other) and \(role)")
      }
      uses[column] = role
    }
    self.header = header
    code = try index(request.code)
    try use(code, as: "the code")
    if case .column(let name) = request.days {
      let column = try index(name)
      try use(column, as: "the date")
      date = column
    } else {
      date = nil
    }
    var sums: [Int] = []
    for name in request.sums + request.rates.map(\.denominator) {
      let column = try index(name)
      if sums.contains(column) { continue }
      if Self.isNamedLikeARate(name) {
        throw RowError(
          line: 1,
          message: "the column '\(name)' looks like a rate, which cannot be added up: "
            + "say which column weighs it with --rate '\(name)/DENOMINATOR', or give the column another name")
      }
      try use(column, as: "a sum")
      sums.append(column)
    }
    var amounts = sums
    var terms: [GroupedSums.Term] = sums.indices.map { .sum($0) }
    for rate in request.rates {
      let column = try index(rate.column)
      try use(column, as: "a rate")
      let denominator = sums.firstIndex(of: try index(rate.denominator)) ?? 0
      terms += [.product(amounts.count, denominator), .sumWhere(denominator, has: amounts.count)]
      amounts.append(column)
    }
    for name in request.dropped { try use(try index(name), as: "dropped") }
    let dropped = Set(uses.filter { $0.value == "dropped" }.keys)
    kept = header.indices.filter { !dropped.contains($0) }
    let keys = kept.filter { !amounts.contains($0) }
    keyColumns = keys
    amountColumns = amounts
    self.terms = terms
    sumCount = sums.count
    suspects = keys.filter { uses[$0] == nil }.map { header[$0] }.filter(Self.isNamedLikeARate)
    for added in Self.added(request) where kept.contains(where: { header[$0] == added }) {
      throw RowError(
        line: 1, message: "the file has a column '\(added)' already: leave it out with --drop '\(added)'")
    }
  }

  var plan: GroupedSums.Plan {
    GroupedSums.Plan(header: header, keyColumns: keyColumns, amountColumns: amountColumns, terms: terms)
  }

  /// The amount column of which a term tells whether a body has a value there.
  func column(of term: Int) -> Int { term < sumCount ? term : sumCount + (term - sumCount) / 2 }

  /// The terms that an amount column is written from.
  func terms(of column: Int) -> Range<Int> {
    column < sumCount ? column..<column + 1 : 2 * column - sumCount..<2 * column - sumCount + 2
  }

  var codeInKey: Int { keyColumns.firstIndex(of: code) ?? 0 }
  var dateInKey: Int? { date.flatMap { keyColumns.firstIndex(of: $0) } }

  /// A name for each term, for the proof.
  func name(of term: Int) -> String {
    switch terms[term] {
    case .sum(let column): header[amountColumns[column]]
    case .product(let rate, let denominator):
      "\(header[amountColumns[rate]]) x \(header[amountColumns[denominator]])"
    case .sumWhere(let denominator, let rate):
      "\(header[amountColumns[denominator]]) with \(header[amountColumns[rate]])"
    }
  }

  /// The names of the columns that come out.
  func outputHeader(_ request: RestateRequest) -> [String] {
    let own = kept.flatMap { column in
      column == code && request.addsNames ? [header[column], request.code + "_name"] : [header[column]]
    }
    return own + Self.added(request).dropFirst(request.addsNames ? 1 : 0)
  }

  private static func added(_ request: RestateRequest) -> [String] {
    (request.addsNames ? [request.code + "_name"] : [])
      + request.parents.flatMap { request.addsNames ? ["\($0)_code", "\($0)_name"] : ["\($0)_code"] }
      + (request.addsCoverage ? [coverage] : [])
  }

  private static let wordsOfRates: Set<String> = [
    "rate", "rates", "percent", "percentage", "perc", "proportion", "ratio", "mean", "average", "avg", "median",
  ]

  /// Whether a word of the name says that the column holds rates. `pct` says nothing, because it may mean a trust.
  private static func isNamedLikeARate(_ name: String) -> Bool {
    name.contains("%")
      || name.lowercased().split { !$0.isLetter }.contains { wordsOfRates.contains(String($0)) }
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(20).map { $0.count > 60 ? "\($0.prefix(60))..." : $0 }.joined(separator: ", ")
    return names.count > 20 ? shown + ", ..." : shown
  }
}

enum FileDay {
  /// Reads `YYYY-MM-DD`, `YYYYMMDD`, or `YYYY-MM` for the first day of the month. Nil for anything else.
  static func day(_ text: String) -> Day? {
    switch text.utf8.count {
    case 10: Day(text)
    case 8: Day(compact: text)
    case 7: Day(text + "-01")
    default: nil
    }
  }
}
