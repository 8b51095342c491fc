import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// Crosswalks of England, as the register makes them and as others do.
@Suite struct LintEnglandCrosswalkTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// A lookup of the CCGs of 2013 and their last successors, as the Organisation Data Service records successions.
  @Test func `A lookup of successions misses what moved`() throws {
    let registry = try England.open()
    let (from, to) = (try day("2013-04-01"), try day("2021-04-01"))
    let book = Dictionary(
      uniqueKeysWithValues: try registry.organisations(kind: "ccg", on: from).map { ($0.id, $0.codes["ods"] ?? "") })
    let next = Dictionary(
      try registry.successions(kind: "ccg", from: from, to: to).filter { $0.nature == .succession }
        .map { ($0.predecessor, $0.successor) }, uniquingKeysWith: { first, _ in first })
    let last = Dictionary(
      uniqueKeysWithValues: try registry.organisations(kind: "ccg", on: to).map { ($0.id, $0.codes["ods"] ?? "") })
    let lines = book.sorted { $0.value < $1.value }.map { body, code in
      var end = body
      while let successor = next[end] { end = successor }
      return "\(code),\(last[end] ?? "")"
    }
    let findings = try registry.lint(lines, from: from, to: to).findings
    #expect(Set(findings.filter { $0.word == .missingTarget }.compactMap(\.value)) == ["01E", "01H", "01K", "09G"])
    #expect(Set(findings.map(\.word)) == [.missingTarget, .totalEffect])
  }

  /// 10G, 10T and 11C became 15D, and 15D became D4U1Y.
  @Test func `A chain of two steps is finished`() throws {
    let lint = try England.open().lint(
      ["10G,15D", "10T,D4U1Y"], from: try day("2013-04-01"), to: try day("2021-04-01"))
    let finding = try #require(lint.findings.first { $0.word == .unfinishedChain })
    #expect(finding.short == "2 15D unfinished-chain")
    #expect(finding.detail.hasSuffix("on 2021-04-01 it lies in D4U1Y"))
    #expect(lint.findings.count { $0.word == .sourceMissing } == 209)
  }

  /// Bodies that merge do not mix, but the product of two matrices sends 11.4% of Dudley to Birmingham.
  @Test func `A product of matrices is wrong`() throws {
    let findings = try England.open().lint(
      ["05C,D2P2L,0.886", "05C,15E,0.114"], from: try day("2013-04-01"), to: try day("2022-07-01")
    ).findings
    #expect(findings.filter { $0.line != nil }.map(\.short).contains("3 15E wrong-target"))
  }

  /// Each of the 38 CCGs that merged in 2021 occurs twice.
  @Test func `Duplicates inflate totals by what they hold`() throws {
    let registry = try England.open()
    let (from, to) = (try day("2020-04-01"), try day("2021-04-01"))
    let bodies = try registry.organisations(kind: "ccg", on: from)
    let links = try registry.successions(kind: "ccg", from: to, to: to)
    let successors = Dictionary(uniqueKeysWithValues: links.map { ($0.predecessor, $0.successor) })
    let twice = bodies.filter { successors[$0.id] != nil }.compactMap { $0.codes["ods"] }
    #expect(bodies.count == 135 && twice.count == 38)
    let after = Dictionary(
      uniqueKeysWithValues: try registry.organisations(kind: "ccg", on: to).map { ($0.id, $0.codes["ods"] ?? "") })
    let lines = bodies.map { "\($0.codes["ods"] ?? ""),\(after[successors[$0.id] ?? $0.id] ?? "")" }
    let doubled = lines + lines.filter { line in twice.contains { line.hasPrefix($0 + ",") } }
    #expect(try registry.lint(lines, from: from, to: to).findings.isEmpty)
    let findings = try registry.lint(doubled, from: from, to: to).findings
    #expect(findings.count { $0.word == .duplicate } == 38)
    let effect = try #require(findings.last)
    #expect(effect.value == "duplicate")
    #expect(effect.detail == "38 duplicate rows inflate totals by 19% (weighed by population-2019)")
    let territory = try registry.territory()
    let basis = try #require(territory.bases.firstIndex { $0.key == "population-2019" })
    func people(_ bodies: [OrganisationID]) -> Double {
      territory.parcels.flatMap(\.pieces).reduce(0) { sum, piece in
        guard case .organisation(let place) = piece.place(on: from), bodies.contains(place) else { return sum }
        return sum + (piece.amounts[basis]?.double ?? 0)
      }
    }
    let share = people(bodies.map(\.id).filter { successors[$0] != nil }) / people(bodies.map(\.id))
    #expect(abs(share - 0.19) < 0.0005)
  }
}
