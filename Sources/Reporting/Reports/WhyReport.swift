import RegistryFormats
package import RegistryStorage
package import Succession

/// Why a body lies where it lies on another day: the answer, the events, the units, and the bases, in plain words.
package struct WhyReport {
  private let whereabouts: Whereabouts
  private let view: RegisterView
  private let question: Question
  private let body: Organisation?
  private let answer: Answer
  private let voices: [Voice]
  private let placesBelow: Int
  private let cells: AnswerCells
  /// The bodies of the steps, as they last were.
  private let stepBodies: [OrganisationID: Organisation]
  private let unitCounts: [String: Int]
  private let width: Int

  /// - Parameters:
  ///   - body: the id of a body.
  ///   - width: how many columns the lines may have. Nil means the usual number.
  package init(
    of body: OrganisationID, _ question: Question, in whereabouts: Whereabouts, _ view: RegisterView, width: Int?
  ) throws(DatabaseError) {
    self.whereabouts = whereabouts
    self.view = view
    self.question = question
    self.width = width ?? usualWidth
    answer = try whereabouts.answer(for: body, question)
    let isAlive = whereabouts.isAlive(body, on: question.from, question.dates)
    voices = isAlive ? try whereabouts.voices(of: body, question) : []
    placesBelow = isAlive ? try whereabouts.placesBelow(body, on: question.from).count : 0
    let placed = Answer.places(of: voices)
    let gaps = answer.trace.bases.compactMap { if case .gaps(_, let gap) = $0.outcome { gap } else { nil } }
    cells = try AnswerCells(of: [answer], and: placed + gaps.map { .gap($0) }, on: question.to, whereabouts, view)
    stepBodies = try view.bodies(Set(answer.trace.steps.flatMap { $0.to + [$0.from] }))
    let onTheDay = try view.bodies([body], on: question.from)[body]
    let last = try view.bodies([body])[body]
    self.body = onTheDay?.codes.isEmpty == false ? onTheDay : last
    unitCounts = Dictionary(grouping: try view.registry.placedUnits(knownIn: view.revision), by: \.parcel)
      .mapValues(\.count)
  }

  /// The lines.
  package func text() throws(DatabaseError) -> String {
    var lines = wrap("\(view.code(body)) \(view.name(body))")
    lines += wrap(
      "of \(question.from), in \(question.toKind.map { "bodies of the kind \($0)" } ?? "bodies of its tier") on \(question.to)"
    )
    lines += ["", "Where it lies"] + (try answerLines())
    if !answer.trace.steps.isEmpty || isItself { lines += ["", "What happened"] + stepLines() }
    if !voices.isEmpty { lines += ["", "The units that it held"] + (try voiceLines()) }
    if !answer.trace.bases.isEmpty {
      lines += ["", "The bases, in the order in which they are asked"] + (try basisLines())
    }
    return lines.flatMap { fitted($0, indent: 14, width: width) }.map { $0 + "\n" }.joined()
  }

  private func wrap(_ text: String, first: String = "", indent: Int = 0) -> [String] {
    wrapped(text, first: first, indent: indent, width: width)
  }

  private var isItself: Bool { placesBelow == 0 && answer.isWhole }

  /// Two lines for each part: how much and where, and how that is known.
  private func answerLines() throws(DatabaseError) -> [String] {
    var lines: [String] = []
    if placesBelow > 0 {
      lines += wrap(
        "It is a body of an upper tier: it is what lay in \(counted(placesBelow, "body", "bodies")) below it.",
        first: "  ", indent: 2)
    }
    for part in answer.parts {
      lines += wrap(try target(part.place), first: "  \(padded(percent(part.share)))", indent: 12)
      var details: [String] = []
      if let amount = part.amount, let total = part.total, let basis = part.basis {
        details.append(
          (part.ratio == .whole ? "" : "\(grouped(amount.text)) of ") + "\(grouped(total.text)) by \(basis)")
      }
      if let method = part.method { details.append(method.rawValue) }
      if let remark = cells.remark(part) { details.append(remark) }
      if !details.isEmpty {
        lines += wrap(details.joined(separator: ", "), first: padded("") + "  ", indent: 12)
      }
    }
    return lines
  }

  private func padded(_ text: String) -> String { text + String(repeating: " ", count: max(1, 10 - text.count)) }

  /// A body by code and name. Anything else in words.
  private func target(_ place: Answer.Place) throws(DatabaseError) -> String {
    if let body = cells.body(at: place) { return "\(view.code(body)) \(view.name(body))" }
    let words = try cells.reason(place) ?? ""
    if case .gap = place { return "a gap, because \(words)" }
    return words
  }

  // MARK: Events

  private func stepLines() -> [String] {
    let steps = answer.trace.steps
    guard !steps.isEmpty else { return wrap("Nothing happened to it between the two days.", first: "  ", indent: 2) }
    return steps.flatMap { step in
      let events = cells.events(step.events)
      return wrap(words(step) + (events.isEmpty ? "" : " (\(events))"), first: "  \(step.day)  ", indent: 14)
    }
  }

  private func words(_ step: Answer.Trace.Step) -> String {
    let own = code(step.from)
    let others = step.to.filter { $0 != step.from }.map(code)
    let list = shortList(others)
    let goesOn = step.to.contains(step.from)
    if question.from <= question.to {
      if goesOn { return "\(own) went on and gave to \(list)" }
      return others.count == 1 ? "\(own) became \(list)" : "\(own) was divided among \(list)"
    }
    return goesOn ? "\(own) was there before and got from \(list)" : "\(own) came from \(list)"
  }

  private func code(_ body: OrganisationID) -> String { view.code(stepBodies[body]) }

  private func shortList(_ words: [String]) -> String {
    guard words.count > 1, let last = words.sorted().last else { return words.first ?? "nobody" }
    return words.sorted().dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Units

  private func voiceLines() throws(DatabaseError) -> [String] {
    var lines: [String] = []
    for partition in whereabouts.partitions {
      let own = voices.filter { $0.partition == partition }
      guard !own.isEmpty else { continue }
      lines += wrap("\(partition): \(size(of: own))", first: "  ", indent: 4)
      // A parcel that events divided is in several places.
      let places = Dictionary(grouping: own, by: \.parcel).mapValues { Set($0.map(\.place)).count }
      for (place, voices) in Self.byPlace(own.filter { !$0.isSilent }) {
        let isPart = voices.contains { places[$0.parcel] ?? 0 > 1 }
        let preposition = cells.body(at: place) == nil ? "" : "in "
        lines += wrap(
          "\(isPart ? "parts of " : "")\(sums(voices, partition)): \(preposition)\(try target(place))", first: "    ",
          indent: 6)
      }
      let silent = own.filter(\.isSilent)
      if !silent.isEmpty {
        lines += wrap(
          "\(sums(silent, partition)): without a voice, because an event says where others went, and not these",
          first: "    ", indent: 6)
      }
    }
    return lines
  }

  private static func byPlace(_ voices: [Voice]) -> [(Answer.Place, [Voice])] {
    var order: [Answer.Place] = []
    for voice in voices where !order.contains(voice.place) { order.append(voice.place) }
    let groups = Dictionary(grouping: voices, by: \.place)
    return order.map { ($0, groups[$0] ?? []) }
  }

  private func size(of voices: [Voice]) -> String {
    let parcels = Set(voices.map(\.parcel))
    return counted(parcels.reduce(0) { $0 + (unitCounts[$1] ?? 0) }, "unit") + " in " + counted(parcels.count, "group")
  }

  /// How many units, and what they amount to in each basis of the partition.
  private func sums(_ voices: [Voice], _ partition: String) -> String {
    let bases = whereabouts.territory.bases
    let sums = bases.indices.filter { bases[$0].partition == partition }.map { basis in
      "\(bases[basis].key) " + grouped(voices.reduce(Amount.zero) { $0 + ($1.amounts[basis] ?? .zero) }.text)
    }
    return size(of: voices) + (sums.isEmpty ? "" : " (\(sums.joined(separator: ", ")))")
  }

  // MARK: Bases

  private func basisLines() throws(DatabaseError) -> [String] {
    var lines: [String] = []
    let tried = answer.trace.bases
    for (basis, outcome) in tried {
      lines += wrap("\(basis): \(try words(outcome))", first: "  ", indent: 4)
    }
    let later = whereabouts.bases(for: question).map { whereabouts.territory.bases[$0].key }.filter { key in
      !tried.contains { $0.basis == key }
    }
    if !later.isEmpty {
      let why =
        tried.isEmpty || tried.last?.outcome == .wentAsOne ? "nothing had to be measured" : "another one answers"
      lines += wrap("not asked, because \(why): \(later.joined(separator: ", "))", first: "  ", indent: 4)
    }
    return lines
  }

  private func words(_ outcome: Answer.Trace.Outcome) throws(DatabaseError) -> String {
    switch outcome {
    case .taken:
      answer.parts.contains { $0.isGap && !$0.isWeightless } ? "taken, because it leaves the smallest gap" : "taken"
    case .wentAsOne: "it went as one, so this basis tells its amount and no share"
    case .measuresNothing: "not taken, because it measures nothing of it"
    case .gaps(let ratio, let gap):
      "not taken, because \(percent(ratio.double)) would be a gap: \(try cells.reason(.gap(gap)) ?? "")"
    case .observedOnOtherDays: "not taken, because it was observed between two other days"
    }
  }
}

extension Answer {
  fileprivate static func places(of voices: [Voice]) -> [Place] { Array(Set(voices.map(\.place))) }
}
