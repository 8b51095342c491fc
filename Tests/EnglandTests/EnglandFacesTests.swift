import RegistryFormats
import RegistryReporting
import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Every face gives one answer about the bodies of England: what the engine says.
@Suite(.tags(.slow), .inFullRuns) struct EnglandFacesTests {
  private let registry: Registry
  private let whereabouts: Whereabouts
  private let view: RegisterView
  private let folder: TemporaryFolder

  init() throws {
    registry = try England.open()
    whereabouts = try Whereabouts(of: registry)
    view = try RegisterView(registry, knownIn: latest)
    folder = try TemporaryFolder()
  }

  private static let kinds = [
    "pct", "care-trust", "ccg", "sub-icb-location", "commissioning-hub", "local-authority", "icb", "stp", "sha",
  ]

  /// Random questions about kinds that have bodies: days on, before and after events, both directions, all bases.
  private func questions(_ count: Int, seed: UInt64) throws -> [FaceQuestion] {
    var generator = SeededGenerator(seed: seed)
    let first = try day("2002-04-01")
    let days =
      try registry.successions().map(\.day).filter { $0 > first }
      .flatMap { [$0.previous, $0, $0.next] } + [try day("2026-11-01")]
    var found: [FaceQuestion] = []
    while found.count < count {
      let from = try #require(days.randomElement(using: &generator))
      let isOverNight = found.count % 4 == 0
      let to = isOverNight ? from.next : try #require(days.randomElement(using: &generator))
      let living = try registry.bodyCounts(on: from)
      // The first question is about bodies that hold territory, so that every face has something to tell.
      let kinds = found.isEmpty ? try Self.kinds.filter(holdsTerritory) : Self.kinds
      let kind = try #require(kinds.filter { living[$0] ?? 0 > 1 }.randomElement(using: &generator))
      var question = FaceQuestion(from: from, to: to, kind: kind)
      if !isOverNight {
        let later = try registry.bodyCounts(on: to)
        if Int.random(in: 0...2, using: &generator) == 0 {
          question.toKind = Self.kinds.filter { later[$0] ?? 0 > 0 }.randomElement(using: &generator)
          question.isSpread = Int.random(in: 0...3, using: &generator) == 0
        }
        if Int.random(in: 0...2, using: &generator) == 0 {
          let bases = ["areas", "population-2019", "practices", "patients-2013"].shuffled(using: &generator)
          question.bases = Array(bases.prefix(.random(in: 1...2, using: &generator)))
        }
      }
      found.append(question)
    }
    return found
  }

  private func holdsTerritory(_ kind: String) throws -> Bool {
    try registry.kinds().contains { $0.key == kind && $0.tier == Kind.placeTier }
  }

  private func asked(_ question: FaceQuestion) -> Question {
    Question(
      from: question.from, to: question.to, toKind: question.toKind, bases: question.bases,
      otherKinds: question.isSpread ? .spread : .keep)
  }

  /// The codes of bodies by their ids.
  private func codes(_ ids: some Sequence<OrganisationID>, on day: Day) throws -> [OrganisationID: String] {
    let bodies = try registry.organisations(withIDs: Set(ids).sorted(), on: day)
    return Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, code($0)) })
  }

  private func code(_ body: Organisation) -> String { body.codes["ods"] ?? body.key }

  /// What the engine says, by the codes of the bodies.
  private func engine(_ question: FaceQuestion) throws -> [String: FaceParts] {
    let rows = try Crosswalk(of: question.kind, in: whereabouts, asked(question)).rows
    let targets = try codes(
      rows.flatMap(\.answer.parts).compactMap { if case .body(let id) = $0.place { id } else { nil } }, on: question.to)
    var found: [String: FaceParts] = [:]
    for row in rows {
      var parts = FaceParts()
      for part in row.answer.weighty {
        var code = ""
        if case .body(let id) = part.place { code = targets[id] ?? "?" }
        parts.add(
          AnswerWords.status(part.place), code, part.share, amount: part.amount?.double, basis: part.basis)
      }
      found[code(row.body)] = parts
    }
    return found
  }

  private func records(_ table: DataTable) throws -> [[String: String]] {
    let sink = MemorySink()
    try TableRenderer(.csv).render(table, to: sink)
    return try csvRecords(sink.bytes)
  }

  private func request(_ question: FaceQuestion) -> CrosswalkReport.Request {
    CrosswalkReport.Request(asked(question), kind: question.kind)
  }

  private func faces(_ codes: @escaping () -> [String]) -> [Face] {
    [
      Face("crosswalk", [.elsewhere, .amounts, .whatStays]) { question in
        FaceParts.read(try records(CrosswalkReport(request(question), of: whereabouts, view).table))
      },
      Face("export crosswalk", [.elsewhere, .amounts, .whatStays]) { question in
        FaceParts.read(try records(TidyCrosswalk(request(question), of: whereabouts, view).table))
      },
      Face("restate", [.whatStays]) { question in
        FaceParts.read(millions: try restated(codes(), question), of: codes())
      },
      Face("lint crosswalk", [.whatStays]) { question in
        guard question.bases == nil, !question.isSpread else { return nil }
        return try linted(question)
      },
      Face("shares of links", []) { question in
        guard question.from.next == question.to, question.toKind == nil, question.bases == nil else { return nil }
        return try linked(codes(), question)
      },
    ]
  }

  private func restated(_ codes: [String], _ question: FaceQuestion) throws -> [[String: String]] {
    var request = RestateRequest(code: "code", days: .asAt(question.from), to: question.to)
    request.sums = ["n"]
    request.toKind = question.toKind
    request.bases = question.bases
    request.otherKinds = question.isSpread ? .spread : .keep
    let path = folder.file("million.csv")
    try Files.write(Array(FaceParts.millions(of: codes).utf8), to: path)
    let sink = MemorySink()
    let restater = try Restater(request, of: registry, register: "test", knownIn: latest)
    _ = try restater.restate(path, to: sink)
    return try csvRecords(sink.bytes)
  }

  /// A file made of the answers has no finding. It repeats them, so it counts as the same answer.
  private func linted(_ question: FaceQuestion) throws -> [String: FaceParts]? {
    let table = try records(TidyCrosswalk(request(question), of: whereabouts, view).table)
    let answer = FaceParts.read(table)
    guard answer.values.contains(where: \.isMapped) else { return nil }
    let file =
      "from_code,to_code,share\n"
      + table.map { "\($0["from_code"] ?? ""),\($0["to_code"] ?? ""),\($0["share"] ?? "")\n" }.joined()
    let read = try LintFile(
      TableFile(name: "answer.csv", bytes: Array(file.utf8)), columns: ["from_code", "to_code", "share"])
    let report = try LintReport(
      crosswalk: read, from: question.from, to: question.to, against: registry, knownIn: latest)
    return report.faultCount == 0 ? answer : ["\(report.table.rows)": FaceParts()]
  }

  /// Nil if the kind holds no territory and no event of the day is about its bodies: what lay below them then went
  /// without a link of theirs, as the trusts of 2013 did from authorities to regions.
  private func linked(_ codes: [String], _ question: FaceQuestion) throws -> [String: FaceParts]? {
    let shares = LinkShares(whereabouts)
    let links = try registry.successions(from: question.to, to: question.to)
    let before = try self.codes(links.map(\.predecessor), on: question.from)
    guard try holdsTerritory(question.kind) || codes.contains(where: before.values.contains) else { return nil }
    let after = try self.codes(links.map(\.successor), on: question.to)
    var found: [String: FaceParts] = [:]
    var seen: Set<[String]> = []
    for link in links {
      let (code, target) = (before[link.predecessor] ?? "", after[link.successor] ?? "")
      // Two events of a day may link the same bodies.
      guard codes.contains(code), let share = try shares.share(of: link), share.share > 0,
        seen.insert([code, target]).inserted
      else { continue }
      found[code, default: FaceParts()].add("mapped", target, share.share)
    }
    return found
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>) func `All faces give one answer`(seed: UInt64) throws {
    var answers: [String: FaceParts] = [:]
    let faces = faces { answers.keys.sorted() }
    var asked: [String: Int] = [:]
    for question in try questions(8, seed: seed) {
      answers = try engine(question)
      for face in faces {
        guard let told = try face.ask(question) else { continue }
        asked[face.name, default: 0] += answers.count
        for (code, answer) in answers.sorted(by: { $0.key < $1.key }) {
          let difference = answer.difference(of: code, in: told[code] ?? FaceParts(), face.tells)
          #expect(difference == nil, "seed \(seed), \(face.name), \(code), \(question)")
        }
      }
    }
    #expect(asked.count == faces.count && asked["crosswalk", default: 0] > 400, "\(asked)")
  }

  /// The table holds the answer of every day. Two questions are enough, because it takes a while.
  @Test(arguments: [("ccg", "2021-04-01"), ("pct", "2013-04-01")])
  func `The table by period gives the same answer on every day`(kind: String, to: String) throws {
    var question = FaceQuestion(from: try day(to), to: try day(to), kind: kind)
    let table = try records(
      CrosswalkByPeriod(request(question), includesUnits: false, of: whereabouts, view).table)
    var generator = SeededGenerator(seed: 7)
    let days = try registry.successions(kind: kind).map(\.day).flatMap { [$0.previous, $0] }
    var count = 0
    for day in days.shuffled(using: &generator).prefix(8) {
      question.from = day
      let answers = try engine(question)
      let told = FaceParts.read(table, on: day)
      for (code, answer) in answers {
        let difference = answer.difference(
          of: code, in: told[code] ?? FaceParts(), [.elsewhere, .amounts, .whatStays])
        #expect(difference == nil, "\(code) on \(day)")
      }
      count += answers.count
    }
    #expect(count > 400)
  }
}
