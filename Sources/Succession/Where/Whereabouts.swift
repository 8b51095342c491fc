public import RegistryStorage

/// The one function that says where bodies and units of one day lie on another. Crosswalk, restate, lint, lineage,
/// reports and exports print what it says.
///
/// Kept here (the numbers are those of the rules in `MovingData.md`):
/// 1. A body that no event ended or divided between the two days is itself. No basis is needed.
/// 2. A body that went as one is its successor. No basis is needed.
/// 3. A body that was divided lies where its pieces lie. The first partition that knows all of it decides whether it was
///    divided at all. Without pieces, the stated amounts count.
/// 4. The first basis that measures the body and has no gap answers, else the one with the smallest gap. Unless bases
///    are named, people come before counts, and amounts alone come last.
/// 5. Every piece of territory is looked up on both days. Shares are multiplied only where amounts are all that is known.
/// 6. A gap or another kind is a part like any other.
/// 7. A body of an upper tier is the bodies of the place tier below it. A part counts for an upper tier through the one
///    parent of its place.
///
/// It reads the register when it is made, and hierarchies when they are first needed, so use it inside `Registry.read`
/// if others may write the register meanwhile. It is to be used by one thread.
public final class Whereabouts {
  /// A piece of territory, with the partition and the number of its parcel.
  struct Piece {
    let parcel: Int
    let partition: String
    /// The position in `allPartitions`.
    let partitionNumber: Int
    let piece: Territory.Piece
    /// Whether events divided it by amounts alone.
    let isDivided: Bool
  }

  let registry: Registry
  let revision: Int64
  package let kinds: [Kind]
  package let territory: Territory
  /// All links of events, those that carry only duties as well.
  package let links: [SuccessionLink]
  /// The indices of the links, in the order of time.
  let threads: [Thread]
  /// By piece, whether it weighs something in a basis of people, or else in a count if its partition has no such basis.
  let isPopulated: [Bool]
  package let observations: [Observation]
  let observationsByBody: [OrganisationID: [Observation]]
  /// By basis, one of its observations.
  let observedBases: [String: Observation]
  let pieces: [Piece]
  private let index: PieceIndex
  /// By body, the indices of the pieces that ever lay in it.
  let piecesByBody: [OrganisationID: [Int]]
  let linksOut: [OrganisationID: [SuccessionLink]]
  let linksIn: [OrganisationID: [SuccessionLink]]
  let flows: [EventID: [Flow]]
  /// By basis, what sources measured of whole bodies. Only for bases in which amounts are stated.
  let holdings: [Int: [OrganisationID: [Holding]]]
  package let lives: [OrganisationID: Timelines]
  /// In the order of their bases.
  package let partitions: [String]
  /// Those, and then the partitions without a basis.
  let allPartitions: [String]
  /// By basis, the number of its partition. Nil if it has none.
  let partitionOfBasis: [Int?]
  private let indexOfBasis: [String: Int]
  private let standardOrder: [Int]
  private let tiers: [String: String]
  private var kindsByBody: [OrganisationID: [DatedKind]]?
  private var hierarchies: [Day: Hierarchy] = [:]
  private var below: [Day: [OrganisationID: [OrganisationID]]] = [:]

  /// A link without its words, in the order of time.
  struct Thread {
    /// The index of the link.
    let link: Int
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
    let isDuties: Bool
  }

  struct LinkKey: Hashable {
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
  }

  /// Reads what a register knows of territory and succession.
  /// - Parameters:
  ///   - registry: the register.
  ///   - revision: the revision whose knowledge counts.
  /// - Throws: an error of the database.
  public convenience init(of registry: Registry, knownIn revision: Int64 = latest) throws(DatabaseError) {
    try self.init(of: registry, on: .distantPast...(.distantFuture), knownIn: revision)
  }

  /// Reads what the answers to one question need, whoever is asked about.
  package convenience init(
    of registry: Registry, for question: Question, knownIn revision: Int64
  ) throws(DatabaseError) {
    // A body that is there before the law knows it is asked about as at its first day in law, which may be later.
    let last = question.dates == .operational ? Day.distantFuture : max(question.from, question.to)
    try self.init(of: registry, on: min(question.from, question.to)...last, knownIn: revision)
  }

  /// - Parameter days: only questions about these days will be asked.
  package init(
    of registry: Registry, on days: ClosedRange<Day>, knownIn revision: Int64
  ) throws(DatabaseError) {
    self.registry = registry
    self.revision = revision
    kinds = try registry.kinds()
    tiers = kinds.reduce(into: [:]) { $0[$1.key] = $1.tier }
    territory = try registry.territory(on: days, knownIn: revision)
    let links = try registry.successions(knownIn: revision)
    self.links = links
    threads = links.indices.sorted { links[$0].day < links[$1].day }.map { [links] in
      Thread(
        link: $0, day: links[$0].day, predecessor: links[$0].predecessor, successor: links[$0].successor,
        isDuties: links[$0].nature == .duties)
    }
    observations = try registry.observations(knownIn: revision)
    observationsByBody = Dictionary(grouping: observations, by: \.predecessor)
    observedBases = Dictionary(observations.map { ($0.basis, $0) }, uniquingKeysWith: { first, _ in first })
    let flows = try registry.flows(knownIn: revision)
    self.flows = Dictionary(grouping: flows, by: \.event)
    var holdings: [Int: [OrganisationID: [Holding]]] = [:]
    for basis in Set(flows.map(\.basis)) {
      let own = try registry.holdings(in: territory.bases[basis].key, knownIn: revision)
      holdings[basis] = Dictionary(grouping: own, by: \.organisation)
    }
    self.holdings = holdings
    lives = try registry.timelines(knownIn: revision)
    partitions = territory.bases.reduce(into: []) { found, basis in
      if let partition = basis.partition, !found.contains(partition) { found.append(partition) }
    }
    var numbers = Dictionary(uniqueKeysWithValues: zip(partitions, partitions.indices))
    partitionOfBasis = territory.bases.map { basis in basis.partition.flatMap { numbers[$0] } }
    var allPartitions = partitions
    for parcel in territory.parcels where numbers[parcel.partition] == nil {
      numbers[parcel.partition] = allPartitions.count
      allPartitions.append(parcel.partition)
    }
    self.allPartitions = allPartitions
    var pieces: [Piece] = []
    var piecesByBody: [OrganisationID: [Int]] = [:]
    for (number, parcel) in territory.parcels.enumerated() {
      for piece in parcel.pieces {
        for body in Set(piece.placements.compactMap(\.place.organisation)) {
          piecesByBody[body, default: []].append(pieces.count)
        }
        pieces.append(
          Piece(
            parcel: number, partition: parcel.partition, partitionNumber: numbers[parcel.partition] ?? 0, piece: piece,
            isDivided: !piece.divisions.isEmpty))
      }
    }
    self.pieces = pieces
    isPopulated = Self.populated(pieces, territory.bases)
    self.piecesByBody = piecesByBody
    linksOut = Dictionary(grouping: links, by: \.predecessor)
    linksIn = Dictionary(grouping: links, by: \.successor)
    let eventsByLink: [LinkKey: [EventID]] = links.filter { $0.nature != .duties }.reduce(into: [:]) {
      $0[LinkKey(day: $1.day, predecessor: $1.predecessor, successor: $1.successor), default: []].append($1.eventID)
    }
    index = PieceIndex(pieces.map(\.piece), basisCount: territory.bases.count) { day, from, to in
      eventsByLink[LinkKey(day: day, predecessor: from, successor: to)] ?? []
    }
    indexOfBasis = Dictionary(
      territory.bases.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    standardOrder = Self.standardOrder(of: territory.bases, partitions: partitions, observed: observedBases.keys)
  }

  private static func populated(_ pieces: [Piece], _ bases: [Basis]) -> [Bool] {
    var deciding: [String: [Int]] = [:]
    for partition in Set(bases.compactMap(\.partition)) {
      let own = bases.indices.filter { bases[$0].partition == partition }
      let people = own.filter { !bases[$0].countsUnits }
      deciding[partition] = people.isEmpty ? own : people
    }
    return pieces.map { piece in
      deciding[piece.partition]?.contains { (piece.piece.amounts[$0] ?? .zero) > .zero } ?? false
    }
  }

  /// Invariant 4. Bases that were only observed are never tried by themselves.
  private static func standardOrder(
    of bases: [Basis], partitions: [String], observed: some Collection<String>
  ) -> [Int] {
    let observed = Set(observed)
    let measuring = partitions.flatMap { partition in
      let own = bases.indices.filter { bases[$0].partition == partition }
      return own.filter { !bases[$0].countsUnits } + own.filter { bases[$0].countsUnits }
    }
    return measuring + bases.indices.filter { bases[$0].partition == nil && !observed.contains(bases[$0].key) }
  }

  // MARK: Questions

  /// The keys of the bases that are tried for a question, in order. Unknown keys are left out.
  package func bases(for question: Question) -> [Int] {
    question.bases.map { $0.compactMap { indexOfBasis[$0] } } ?? standardOrder
  }

  /// Where a body lies.
  /// - Parameters:
  ///   - body: the id of a body that lives on the first day. A body that does not is one gap.
  ///   - question: the days, the level and the bases.
  /// - Throws: an error of the database.
  public func answer(for body: OrganisationID, _ question: Question) throws(DatabaseError) -> Answer {
    try answer(for: body, question) { () throws(DatabaseError) in try level(of: body, question) }
  }

  /// Where a body lies in the bodies of a tier.
  /// - Parameter tier: nil for bodies without a tier.
  package func answer(
    for body: OrganisationID, _ question: Question, inTier tier: String?
  ) throws(DatabaseError) -> Answer {
    try answer(for: body, question) { () throws(DatabaseError) in
      let own = kinds.filter { $0.tier == tier }.map(\.key)
      return Level(
        tier: try self.tier(of: body, on: question.from), kinds: tier == nil || tier == Kind.placeTier ? nil : own)
    }
  }

  private func answer(
    for body: OrganisationID, _ question: Question, _ level: () throws(DatabaseError) -> Level
  ) throws(DatabaseError) -> Answer {
    guard isAlive(body, on: question.from, question.dates) else {
      return Answer(.gap(.notAlive(lives[body]?.periods(question.dates) ?? [])))
    }
    let level = try level()
    let asked = inTerritory(body, question)
    if level.tier != nil, level.tier != Kind.placeTier {
      let places = try placesBelow(body, on: asked.from)
      if !places.isEmpty { return try answer(forUpper: places, asked, level) }
    }
    return try answer(forPlace: body, asked, level)
  }

  /// Where the parcel with a key lies, and so each of its units. It does not matter in which body it lies on the first
  /// day. The parts have no amounts, because those of the unit are a part of the parcel's.
  package func answer(forParcel key: String, _ question: Question) throws(DatabaseError) -> Answer {
    guard let number = territory.parcels.firstIndex(where: { $0.key == key }) else {
      return Answer(.gap(.notMeasured))
    }
    let own = pieces.indices.filter { pieces[$0].parcel == number }
    var asked = question
    // A unit that lay in no body on the first day is where it lies on the other.
    if own.contains(where: { place(of: $0, on: question.from).organisation == nil }) {
      asked.from = question.to
    }
    let level = Level(tier: Kind.placeTier, kinds: question.toKind.map { [$0] })
    let bases = bases(for: asked).filter { territory.bases[$0].partition == territory.parcels[number].partition }
    let others = territory.bases.indices.filter {
      territory.bases[$0].partition == territory.parcels[number].partition && !bases.contains($0)
    }
    if own.count == 1 || Set(own.map { place(of: $0, on: asked.to) }).count == 1, let piece = own.first {
      let place = try lifted(place(of: piece, asked), asked, level)
      return Answer(place, events: events(of: own, asked).sorted(by: isEarlier))
    }
    return try weigh(landings(of: own, asked), asked, level, bases: bases + others).withoutAmounts
  }

  func answer(
    forPlace body: OrganisationID, _ question: Question, _ level: Level
  ) throws(DatabaseError) -> Answer {
    let own = landings(of: pieces(in: body, on: question.from), question)
    return try answer(
      forPlace: body, question, level, holding: own, journey(of: body, question, hasTerritory: !own.isEmpty))
  }

  /// - Parameters:
  ///   - own: where the pieces lie that the body holds on the first day.
  ///   - journey: what happened to the body as a whole.
  func answer(
    forPlace body: OrganisationID, _ question: Question, _ level: Level, holding own: Landings,
    _ journey: @autoclosure () -> Journey
  ) throws(DatabaseError) -> Answer {
    // Shares that were observed say more than where the body went as a whole. They count only if somebody names them.
    if let first = question.bases?.first, observedBases[first] != nil {
      return try weigh(own, of: body, question, level, bases: bases(for: question))
    }
    let journey = journey()
    var trace = Answer.Trace()
    trace.steps = journey.steps
    switch journey.end {
    case .one(let place, let remark):
      let isItself = journey.steps.isEmpty && question.bases == nil
      guard isItself || agrees(own, place, question) else { break }
      let weight = weight(of: own, question)
      if let weight { trace.bases.append((weight.basis, .wentAsOne)) }
      return Answer(
        try lifted(.body(place), question, level), weight,
        events: Set(journey.steps.flatMap(\.events)).sorted(by: isEarlier), remark: remark, trace)
    case .nowhere(let gap):
      return Answer(.gap(gap), weight(of: own, question), trace)
    case .divided:
      if let sole = solePlace(of: own, question) {
        let weight = weight(of: own, question)
        if let weight { trace.bases.append((weight.basis, .wentAsOne)) }
        return Answer(
          try lifted(.body(sole.body), question, level), weight,
          events: sole.landing.events(ofPlace: 0, in: self).sorted(by: isEarlier), trace)
      }
    }
    return try weigh(own, of: body, question, level, bases: bases(for: question), trace)
  }

  /// Invariant 7. If all bodies below went as wholes to one place of the level, nothing has to be measured.
  private func answer(
    forUpper places: [OrganisationID], _ question: Question, _ level: Level
  ) throws(DatabaseError) -> Answer {
    var wholes: Set<Answer.Place> = []
    var events: Set<EventID> = []
    for place in places {
      let answer = try answer(forPlace: place, question, level)
      guard answer.parts.count == 1, answer.parts[0].method == .whole else {
        wholes = []
        break
      }
      wholes.insert(answer.parts[0].place)
      events.formUnion(answer.parts[0].events)
    }
    let own = landings(of: places.flatMap { pieces(in: $0, on: question.from) }, question)
    if wholes.count == 1, let place = wholes.first {
      return Answer(place, weight(of: own, question), events: events.sorted(by: isEarlier))
    }
    return try weigh(own, question, level, bases: bases(for: question))
  }

  // MARK: What the register knows

  func tier(of body: OrganisationID, on day: Day) throws(DatabaseError) -> String? {
    let own = try datedKinds(of: body).filter { $0.period.contains(day) }.map(\.kind)
    if own.contains(where: { tiers[$0] == Kind.placeTier }) { return Kind.placeTier }
    return kinds.first { own.contains($0.key) && $0.tier != nil }?.tier
  }

  /// The kinds that a body ever had.
  func datedKinds(of body: OrganisationID) throws(DatabaseError) -> [DatedKind] {
    if let kindsByBody { return kindsByBody[body] ?? [] }
    let read = Dictionary(grouping: try registry.datedKinds(knownIn: revision), by: \.organisation)
    kindsByBody = read
    return read[body] ?? []
  }

  /// Whether a body ever had a kind of an upper tier.
  func isEverUpper(_ body: OrganisationID) throws(DatabaseError) -> Bool {
    try datedKinds(of: body).contains { dated in tiers[dated.kind].map { $0 != Kind.placeTier } ?? false }
  }

  package func hierarchy(on day: Day) throws(DatabaseError) -> Hierarchy {
    if let known = hierarchies[day] { return known }
    let read = try registry.hierarchy(on: day, knownIn: revision)
    hierarchies[day] = read
    return read
  }

  /// The bodies of the place tier whose one parent of its kind a body is.
  package func placesBelow(_ body: OrganisationID, on day: Day) throws(DatabaseError) -> [OrganisationID] {
    if let known = below[day] { return known[body] ?? [] }
    let hierarchy = try hierarchy(on: day)
    var found: [OrganisationID: Set<OrganisationID>] = [:]
    for (place, own) in hierarchy.kinds
    where own.contains(where: { tiers[$0] == Kind.placeTier }) && isAlive(place, on: day, .operational) {
      for (kind, tier) in tiers where tier != Kind.placeTier {
        if case .one(let parent) = hierarchy.ancestor(of: place, kinds: [kind]) {
          found[parent, default: []].insert(place)
        }
      }
    }
    let sorted = found.mapValues { $0.sorted() }
    below[day] = sorted
    return sorted[body] ?? []
  }

  package func isAlive(_ body: OrganisationID, on day: Day, _ dates: Timeline) -> Bool {
    // Of a body of which no source says when it lived, nothing says that it did not.
    guard let known = lives[body] else { return true }
    return known.periods(dates).contains { $0.contains(day) }
  }

  /// Where a piece lies on a day.
  func place(of piece: Int, on day: Day) -> Territory.Place { index.place(of: piece, on: day) }

  /// What a piece amounts to. Nil if the basis is of another partition.
  func amount(of piece: Int, in basis: Int) -> Amount? { index.amount(of: piece, in: basis) }

  /// The indices of the pieces that lie in a body on a day.
  func pieces(in body: OrganisationID, on day: Day) -> [Int] {
    (piecesByBody[body] ?? []).filter { place(of: $0, on: day) == .organisation(body) }
  }

  /// The ids of the events that took pieces along between the two days, in no order.
  func events(of pieces: [Int], _ question: Question) -> [EventID] {
    var events: [EventID] = []
    for piece in pieces { addEvents(of: piece, question, to: &events) }
    return events
  }

  func addEvents(of piece: Int, _ question: Question, to events: inout [EventID]) {
    index.addEvents(
      of: piece, after: min(question.from, question.to), until: max(question.from, question.to), to: &events)
  }

  func isEarlier(_ first: EventID, _ second: EventID) -> Bool {
    (territory.eventDays[first] ?? .distantPast, first) < (territory.eventDays[second] ?? .distantPast, second)
  }

  /// The territory of a body that lives in operation before the law knows it is asked for on the first day that has it.
  func inTerritory(_ body: OrganisationID, _ question: Question) -> Question {
    guard question.dates == .operational, pieces(in: body, on: question.from).isEmpty,
      !isAlive(body, on: question.from, .legal), let first = lives[body]?.periods(.legal).map(\.start).min(),
      first > question.from
    else { return question }
    var asked = question
    asked.from = first
    asked.to = max(first, question.to)
    return asked
  }
}

extension Territory.Place {
  var organisation: OrganisationID? { if case .organisation(let id) = self { id } else { nil } }
}
