import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// The engine answers random questions about random countries as a walk through their events does.
@Suite struct AnswerPropertyTests {
  /// Random questions: any body and kind, any bases, both directions, days on, before and after events.
  private static func queries(
    _ count: Int, of country: RandomCountry, _ generator: inout SeededGenerator
  ) -> [Oracle.Query] {
    let days = country.days
    let bodies = country.bodies.keys.sorted()
    return (0..<count).map { _ in
      // Most bodies live on the day.
      let from = days.randomElement(using: &generator) ?? days[0]
      let living = bodies.filter { country.bodies[$0]?.lives(on: from) ?? false }
      let known = Int.random(in: 0...9, using: &generator) == 0 || living.isEmpty ? bodies : living
      var query = Oracle.Query(
        body: known.randomElement(using: &generator) ?? "w1", from: from,
        to: days.randomElement(using: &generator) ?? days[0])
      switch Int.random(in: 0...5, using: &generator) {
      case 0: query.kind = "group"
      case 1: query.kind = "board"
      case 2: query.kind = ["hub", "proxy", "trust"].randomElement(using: &generator)
      default: break
      }
      query.isSpread = Int.random(in: 0...3, using: &generator) == 0
      if Bool.random(using: &generator) {
        let shuffled = RandomCountry.bases.shuffled(using: &generator)
        query.bases = Array(shuffled.prefix(Int.random(in: 1...3, using: &generator)))
      }
      return query
    }
  }

  private func compare(_ query: Oracle.Query, _ asked: Asked, _ oracle: Oracle, seed: UInt64) throws -> Answer {
    var question = Question(
      from: query.from, to: query.to, toKind: query.kind, bases: query.bases,
      otherKinds: query.isSpread ? .spread : .keep)
    question.dates = .legal
    let answer = try asked.whereabouts.answer(for: asked.registry.id(query.body), question)
    let expected = oracle.answer(query)
    let places = answer.parts.map { asked.words($0.place) }
    let told = "seed \(seed): \(query)\nengine: \(answer.parts.map(asked.words))\noracle: \(expected)"
    #expect(answer.isWhole, "\(told)")
    #expect(places.sorted() == expected.amounts.keys.sorted(), "\(told)")
    #expect(answer.basis == expected.basis, "\(told)")
    for part in answer.parts {
      let amount = expected.amounts[asked.words(part.place)] ?? -1
      #expect(abs(part.share - amount / expected.total) < 1e-12, "\(told)")
      if let own = part.amount, expected.basis != nil { #expect(abs(own.double - amount) < 1e-6, "\(told)") }
    }
    return answer
  }

  @Test(.tags(.slow), .inFullRuns, arguments: 1...24 as ClosedRange<UInt64>)
  func `The engine answers as a walk through the events does`(seed: UInt64) throws {
    let country = RandomCountry(seed: seed)
    let asked = try Asked(country.register())
    let oracle = Oracle(country: country)
    var generator = SeededGenerator(seed: seed)
    var kinds: [String: Int] = [:]
    for query in Self.queries(250, of: country, &generator) {
      for part in try compare(query, asked, oracle, seed: seed).parts {
        kinds[part.method?.rawValue ?? AnswerWords.status(part.place), default: 0] += 1
      }
    }
    // The questions are of many kinds.
    #expect(kinds.count >= 4, "\(kinds)")
    #expect(try asked.registry.check().isEmpty)
  }

  @Test(.tags(.slow), .inFullRuns, arguments: 31...36 as ClosedRange<UInt64>)
  func `The answer on every day of a stretch is the answer that is asked for that day`(seed: UInt64) throws {
    let country = RandomCountry(seed: seed)
    let asked = try Asked(country.register())
    var generator = SeededGenerator(seed: seed)
    let always = Period(try day("1999-01-01"), nil)
    for query in Self.queries(30, of: country, &generator) {
      let body = try asked.registry.id(query.body)
      var question = Question(from: query.from, to: query.to, toKind: query.kind, bases: query.bases)
      let sources = try asked.whereabouts.stretches(of: body, during: always, question)
      let targets = try asked.whereabouts.targetStretches(of: body, during: always, question)
      for day in country.days.shuffled(using: &generator).prefix(12) {
        let told = "seed \(seed): \(query) on \(day)"
        (question.from, question.to) = (day, query.to)
        let source = try #require(sources.first { $0.period.contains(day) })
        #expect(try asked.whereabouts.answer(for: body, question).parts == source.answer.parts, "\(told)")
        (question.from, question.to) = (query.from, day)
        let target = try #require(targets.first { $0.period.contains(day) })
        // The reasons of parts may name the day, so they are compared by their words.
        let parts = try asked.whereabouts.answer(for: body, question).parts.map(asked.words)
        #expect(parts == target.answer.parts.map(asked.words), "\(told)")
      }
    }
  }

  @Test(.tags(.slow), .inFullRuns, arguments: 41...48 as ClosedRange<UInt64>)
  func `A file made of the answers has no finding`(seed: UInt64) throws {
    let country = RandomCountry(seed: seed)
    let asked = try Asked(country.register())
    var generator = SeededGenerator(seed: seed)
    func code(_ id: OrganisationID) throws -> String {
      try asked.registry.rows("SELECT value FROM code WHERE organisation_id = ?1", [Value(id)]).first ?? "?"
    }
    var linted = 0
    for query in Self.queries(25, of: country, &generator) {
      let kind = country.bodies[query.body]?.kind
      let question = Question(from: query.from, to: query.to, toKind: query.kind)
      let rows = try Crosswalk(of: kind, in: asked.whereabouts, question).rows
      let lines = try rows.flatMap { row in
        try row.answer.weighty.map { part in
          var target = ""
          if case .body(let id) = part.place { target = try code(id) }
          return "\(try code(row.body.id)),\(target),\(part.share)"
        }
      }
      // Blanks alone do not say which kind was asked for.
      guard lines.contains(where: { !$0.contains(",,") }) else { continue }
      let lint = try asked.registry.lint(lines, from: query.from, to: query.to)
      #expect(
        lint.findings.isEmpty, "seed \(seed): \(query) \(lint.findings)\n\(lines.joined(separator: "\n"))")
      linted += 1
    }
    #expect(linted > 5)
  }
}
