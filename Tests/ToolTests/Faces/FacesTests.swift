import Foundation
import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Every face of the register gives one answer to the same question: what the engine says.
@Suite(.tags(.slow), .inFullRuns, .serialized) struct FacesTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    bench.environment["ORGREG_REGISTRY"] = bench.path("country.sqlite")
  }

  /// Random questions: days on, before and after events, both directions, all kinds and bases.
  private static func questions(
    _ count: Int, of country: RandomCountry, _ generator: inout SeededGenerator
  ) -> [FaceQuestion] {
    let days = country.days.filter { $0 >= country.events[0].day }
    return (0..<count).map { number in
      let from = days.randomElement(using: &generator) ?? days[0]
      var question = FaceQuestion(
        from: from, to: number % 5 == 0 ? from.next : days.randomElement(using: &generator) ?? from,
        kind: ["group", "group", "hub", "proxy", "board"].randomElement(using: &generator) ?? "group")
      switch Int.random(in: 0...4, using: &generator) {
      case 0: question.toKind = "group"
      case 1: question.toKind = "board"
      default: break
      }
      if number % 5 != 0, Bool.random(using: &generator) {
        question.bases = Array(
          RandomCountry.bases.shuffled(using: &generator).prefix(.random(in: 1...2, using: &generator)))
      }
      question.isSpread = question.toKind == "group" && Int.random(in: 0...2, using: &generator) == 0
      return question
    }
  }

  /// What the engine says, by the codes of the bodies.
  private func engine(
    _ question: FaceQuestion, _ whereabouts: Whereabouts, _ registry: Registry
  ) throws -> [String: FaceParts] {
    let asked = Question(
      from: question.from, to: question.to, toKind: question.toKind, bases: question.bases,
      otherKinds: question.isSpread ? .spread : .keep)
    var found: [String: FaceParts] = [:]
    for row in try Crosswalk(of: question.kind, in: whereabouts, asked).rows {
      var parts = FaceParts()
      for part in row.answer.weighty {
        var code = ""
        if case .body(let id) = part.place { code = try self.code(of: id, in: registry) }
        parts.add(
          AnswerWords.status(part.place), code, part.share, amount: part.amount?.double, basis: part.basis)
      }
      found[try code(of: row.body.id, in: registry)] = parts
    }
    return found
  }

  private func code(of body: OrganisationID, in registry: Registry) throws -> String {
    try registry.rows("SELECT value FROM code WHERE organisation_id = ?1", [Value(body)]).first ?? "?"
  }

  private func databases() throws -> [Face] {
    let kinds: Set = ["group", "hub", "proxy"]
    var faces = [try DatabaseFace("sqlite", SQLiteShell(file: bench.path("x.sqlite")), kinds: kinds, bench).face]
    if Engine.python.isExpected {
      faces.append(try DatabaseFace("duckdb", DuckDB(file: bench.path("x.duckdb")), kinds: kinds, bench).face)
    }
    if Engine.postgres.isExpected {
      chmod(bench.folder, 0o755)
      faces.append(try DatabaseFace("postgres", Postgres(), kinds: kinds, bench).face)
    }
    return faces
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>) func `All faces give one answer`(seed: UInt64) throws {
    let country = RandomCountry(seed: seed)
    try country.makeRegister(at: bench.path("country.sqlite"))
    let registry = try Registry.open(bench.path("country.sqlite"), .read)
    let whereabouts = try Whereabouts(of: registry)
    var generator = SeededGenerator(seed: seed)
    var answers: [String: FaceParts] = [:]
    let faces = CommandFaces(bench: bench) { answers }.all + (try databases())
    var asked: [String: Int] = [:]
    for question in Self.questions(10, of: country, &generator) {
      answers = try engine(question, whereabouts, registry)
      guard !answers.isEmpty else { continue }
      for face in faces {
        guard let told = try face.ask(question) else { continue }
        asked[face.name, default: 0] += answers.count
        for (code, answer) in answers {
          let found = told[code] ?? FaceParts()
          let difference = answer.difference(of: code, in: found, face.tells)
          #expect(difference == nil, "seed \(seed), \(face.name), \(code), \(question)")
        }
      }
    }
    #expect(asked.count == faces.count && asked.values.reduce(0, +) > 100, "\(asked)")
  }
}
