import RegistryStorage

/// The register's own answers about the bodies of a crosswalk, in every way in which a file may have asked.
struct TrueRoutes {
  /// Where a body lies, by one way of asking.
  struct Route {
    /// The shares above zero, by the body of the other day. The key nil stands for no body.
    let shares: [OrganisationID?: Double]
    /// The share of which no source says where it lies, and why.
    let gap: (share: Double, reason: Answer.Gap)?
    /// The basis that measured the shares. Nil if nothing had to be measured.
    let basis: String?

    /// Whether the register knows where anything of the body lies.
    var isKnown: Bool { !shares.isEmpty }

    init(_ answer: Answer) {
      var shares: [OrganisationID?: Double] = [:]
      var missing = 0.0
      var reason: Answer.Gap?
      for part in answer.weighty {
        switch part.place {
        case .body(let body): shares[body, default: 0] += part.share
        case .none: shares[nil, default: 0] += part.share
        case .gap(let gap):
          missing += part.share
          reason = reason ?? gap
        }
      }
      self.shares = shares
      gap = reason.map { (missing, $0) }
      basis = answer.basis
    }
  }

  private let whereabouts: Whereabouts
  /// The first is the one that counts. The others count only if the file uses them.
  private let questions: [Question]
  private var known: [OrganisationID: Route] = [:]
  private var others: [OrganisationID: [Int: Route]] = [:]
  private var amounts = Amounts()

  /// What bodies amounted to on the first day, in the basis that measures the most of them.
  private struct Amounts {
    /// The key of the basis. Nil if no basis measures any of the bodies.
    var basis: String?
    var byBody: [OrganisationID: Double] = [:]
    var average = 1.0
  }

  /// What a file asks about: its days, and the kinds of most codes of each day.
  struct Subject {
    let from: Day
    let to: Day
    /// Nil if there are no codes.
    let kind: String?
    /// Nil if there are no codes.
    let toKind: String?
    /// The kind of the other day, and those that bodies of this kind also had.
    let toKindsAlike: Set<String>
  }

  init(of bodies: [OrganisationID], _ subject: Subject, in whereabouts: Whereabouts) throws(DatabaseError) {
    self.whereabouts = whereabouts
    questions = Self.questions(subject, whereabouts.kinds, whereabouts.territory.bases)
    for body in bodies { known[body] = Route(try whereabouts.answer(for: body, questions[0])) }
    amounts = try Self.amounts(of: bodies, on: subject.from, in: whereabouts)
  }

  /// The body's route by the question that counts.
  func route(of body: OrganisationID) -> Route { known[body] ?? Route(Answer(.gap(.notMeasured))) }

  /// The routes by the other questions that the register can answer, by the numbers of the questions.
  mutating func otherRoutes(of body: OrganisationID) throws(DatabaseError) -> [Int: Route] {
    if let known = others[body] { return known }
    var found: [Int: Route] = [:]
    for (number, question) in questions.enumerated().dropFirst() {
      let route = Route(try whereabouts.answer(for: body, question))
      if route.isKnown { found[number] = route }
    }
    others[body] = found
    return found
  }

  /// Whether anything of `body` lay in `other` on any day between the two.
  func passed(through other: OrganisationID, from body: OrganisationID) throws(DatabaseError) -> Bool {
    let question = questions[0]
    let between = Period(from: min(question.from, question.to), through: max(question.from, question.to))
    for life in whereabouts.lives[other]?.periods(.legal) ?? [] {
      guard let days = life.intersection(between) else { continue }
      let stretches = try whereabouts.targetStretches(of: body, during: days, question)
      if stretches.contains(where: { $0.answer.parts.contains { $0.place == .body(other) } }) { return true }
    }
    return false
  }

  /// The basis of the amounts. Nil if no basis measures any of the bodies.
  var basisOfAmounts: String? { amounts.basis }

  /// What a body amounts to. One that is not measured counts as an average one.
  func amount(of body: OrganisationID) -> Double { amounts.byBody[body] ?? amounts.average }

  // MARK: Ways of asking

  /// Without a kind, the tier stays. A file may also have asked for its own kind, and for each basis by its name.
  private static func questions(_ subject: Subject, _ kinds: [Kind], _ bases: [Basis]) -> [Question] {
    func tier(_ kind: String) -> String? { kinds.first { $0.key == kind }?.tier }
    let before = subject.kind.flatMap(tier)
    let after = subject.toKind.map(tier) ?? before
    let alike = kinds.filter { $0.tier == after && subject.toKindsAlike.contains($0.key) }.map(\.key)
    var plain = Question(from: subject.from, to: subject.to)
    if after != before {
      // Any kind of the place tier stands for the whole tier.
      let wanted = after == Kind.placeTier ? kinds.filter { $0.tier == after }.map(\.key) : alike
      plain.toKind = wanted.first
      plain.kindsAlike = Array(wanted.dropFirst())
    }
    var readings = [plain]
    // In an upper tier, a kind alone has gaps where another kind of the tier is known.
    if after == nil || after == Kind.placeTier {
      for kind in alike {
        for others in Question.OtherKinds.allCases {
          readings.append(Question(from: subject.from, to: subject.to, toKind: kind, otherKinds: others))
        }
      }
    }
    let byBasis = bases.flatMap { basis in
      readings.map { reading in
        var reading = reading
        reading.bases = [basis.key]
        return reading
      }
    }
    return readings + byBasis
  }

  private static func amounts(
    of bodies: [OrganisationID], on day: Day, in whereabouts: Whereabouts
  ) throws(DatabaseError) -> Amounts {
    var best = Amounts()
    var question = Question(from: day, to: day)
    for basis in whereabouts.bases(for: question) where best.byBody.count < bodies.count {
      let key = whereabouts.territory.bases[basis].key
      question.bases = [key]
      var byBody: [OrganisationID: Double] = [:]
      for body in bodies {
        if let total = try whereabouts.answer(for: body, question).parts.first?.total { byBody[body] = total.double }
      }
      if byBody.count > best.byBody.count {
        best = Amounts(basis: key, byBody: byBody, average: byBody.values.reduce(0, +) / Double(byBody.count))
      }
    }
    return best
  }
}
