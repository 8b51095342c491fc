package import RegistryFormats
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

  /// What becomes of columns that say something of the body of the row, such as its name.
  package enum Dependents: String, Sendable, CaseIterable {
    /// They group, as any other column.
    case keep
    /// They are left out.
    case drop
    /// They say the same of the target.
    case replace
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

  /// The column that holds the codes, or the names of bodies.
  package var code: String
  /// Whether the column holds names.
  package var hasNames = false
  /// What becomes of columns that depend on the code.
  package var dependents = Dependents.keep
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
  /// The schemes of which to add the codes of the target bodies.
  package var addedSchemes: [String] = []
  /// The kinds of the parents to add to each row.
  package var parents: [String] = []
  /// What the user says of the form of the file.
  package var form = TableForm.Given()
  /// The form of the days. Nil if it is to be recognised.
  package var dayForm: DayForm?
  /// The marks of missing values.
  package var missing: Set<String> = []
  /// What stands before groups of three digits. Nil if the file says it.
  package var thousands: Character?
  /// What stands before decimals. Nil if the file says it.
  package var decimal: Character?
  /// Whether rows with mistakes are passed over, and listed as unmapped.
  package var skipsMistakes = false
  /// Whether columns are added up that look like rates.
  package var forcesSums = false
  /// Whether to add a column with the number of values that are missing in each row.
  package var addsMissing = false

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
  /// The names of the columns that `addsCoverage` and `addsMissing` add.
  static let coverage = "coverage"
  static let missing = "missing_values"

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

  init(_ names: ColumnNames, _ request: RestateRequest) throws(RowError) {
    let header = names.names
    var uses: [Int: String] = [:]
    func use(_ column: Int, as role: String) throws(RowError) {
      if let other = uses[column] {
        throw names.mistake("the column '\(header[column])' cannot be both \(other) and \(role)")
      }
      uses[column] = role
    }
    self.header = header
    code = try names.one(request.code)
    try use(code, as: "the code")
    if case .column(let name) = request.days {
      let column = try names.one(name)
      try use(column, as: "the date")
      date = column
    } else {
      date = nil
    }
    var sums: [Int] = []
    var wanted = try names.several(request.sums)
    for rate in request.rates {
      let column = try names.one(rate.denominator)
      if !wanted.contains(column) { wanted.append(column) }
    }
    for column in wanted {
      if !request.forcesSums, RateDoubt.isNamedLikeARate(header[column], isSum: true) {
        throw names.mistake(RateDoubt.words(header[column], why: "by its name"))
      }
      try use(column, as: "a sum")
      sums.append(column)
    }
    var amounts = sums
    var terms: [GroupedSums.Term] = sums.indices.map { .sum($0) }
    for rate in request.rates {
      let column = try names.one(rate.column)
      try use(column, as: "a rate")
      let denominator = sums.firstIndex(of: try names.one(rate.denominator)) ?? 0
      terms += [.product(amounts.count, denominator), .sumWhere(denominator, has: amounts.count)]
      amounts.append(column)
    }
    for column in try names.several(request.dropped) { try use(column, as: "dropped") }
    let dropped = Set(uses.filter { $0.value == "dropped" }.keys)
    kept = header.indices.filter { !dropped.contains($0) }
    let keys = kept.filter { !amounts.contains($0) }
    keyColumns = keys
    amountColumns = amounts
    self.terms = terms
    sumCount = sums.count
    suspects = keys.filter { uses[$0] == nil }.map { header[$0] }.filter {
      RateDoubt.isNamedLikeARate($0, isSum: false)
    }
    for added in besideCode(request) + atEnd(request) where kept.contains(where: { header[$0] == added }) {
      throw names.mistake("the file has a column '\(added)' already: leave it out with --drop '\(added)'")
    }
  }

  /// - Parameter placing: says where the rows of a code and a day belong.
  func plan(_ placing: RestatePlacing) -> GroupedSums.Plan {
    GroupedSums.Plan(
      header: header, keyColumns: keyColumns, amountColumns: amountColumns, terms: terms, code: codeInKey,
      day: dateInKey
    ) { placing.place($0, day: $1, flaw: $2) }
  }

  /// The amount column of which a term tells whether a body has a value there.
  func column(of term: Int) -> Int { term < sumCount ? term : sumCount + (term - sumCount) / 2 }

  /// Whether the blanks of a term are those of its column.
  func isCounted(_ term: Int) -> Bool { term < sumCount || (term - sumCount) % 2 == 0 }

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
  /// - Parameter left: columns that are left out.
  func outputHeader(_ request: RestateRequest, without left: Set<Int> = []) -> [String] {
    let own = kept.filter { !left.contains($0) }.flatMap { column in
      column == code ? [header[column]] + besideCode(request) : [header[column]]
    }
    return own + atEnd(request)
  }

  private func besideCode(_ request: RestateRequest) -> [String] {
    let name = header[code].trimmingBlanks
    return (request.addsNames ? [name + "_name"] : []) + request.addedSchemes.map { "\(name)_\($0)" }
  }

  private func atEnd(_ request: RestateRequest) -> [String] {
    request.parents.flatMap { request.addsNames ? ["\($0)_code", "\($0)_name"] : ["\($0)_code"] }
      + (request.addsCoverage ? [Self.coverage] : []) + (request.addsMissing ? [Self.missing] : [])
  }
}
