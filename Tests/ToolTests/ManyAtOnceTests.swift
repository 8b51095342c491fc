import Foundation
import RegistryTestSupport
import Testing

/// Several processes use one register.
@Suite(.tags(.crash), .inFullRuns, .enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct ManyAtOnceTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  @Test func `Of many writers each succeeds or says that the register is busy`() throws {
    let writers = try (0..<6).map { writer in
      try bench.startWriter(
        (0..<5).map { step in
          let name = "kind-\(writer)-\(step).csv"
          try bench.write(TinyCountry.kind(writer * 10 + step), to: name)
          return name
        })
    }
    let answers = writers.flatMap { $0.finish().lines }
    #expect(answers.count == 30, "\(answers)")
    let successes = answers.count { $0.hasPrefix("0 orgreg: recorded revision ") }
    for answer in answers where !answer.hasPrefix("0 orgreg: recorded revision ") {
      #expect(answer.hasPrefix("2 orgreg: ") && answer.contains("busy"), "\(answer)")
      #expect(answer.contains("nothing was changed"), "\(answer)")
    }
    #expect(successes > 0)
    // The country itself is one more revision.
    #expect(try bench.expectWholeRevisions() == successes + 1)
    expectDone(try bench.orgreg("check"))
  }

  @Test func `The first writers of a new register do not get in each other's way`() throws {
    expectDone(try bench.orgreg("init", "--empty", "--registry", "new.sqlite"))
    let writers = try (0..<4).map { writer in
      try bench.write(TinyCountry.kind(writer), to: "kind-\(writer).csv")
      return try bench.startWriter(["kind-\(writer).csv"], register: "new.sqlite")
    }
    let answers = writers.flatMap { $0.finish().lines }
    for answer in answers { #expect(answer.hasPrefix("0 orgreg: recorded revision "), "\(answer)") }
    #expect(try bench.expectWholeRevisions("new.sqlite") == 4)
  }

  @Test func `Of many that enter the same, one does and the others say that there is nothing to do`() throws {
    for round in 0..<4 {
      try bench.write(TinyCountry.kind(round), to: "kind.csv")
      let writers = try (0..<5).map { _ in try bench.startWriter(["kind.csv"]) }
      let answers = writers.flatMap { $0.finish().lines }.sorted()
      let recorded = "0 orgreg: recorded revision \(round + 2) (undo: orgreg undo \(round + 2) --registry "
      #expect(answers.last?.hasPrefix(recorded) ?? false, "\(answers)")
      for answer in answers.dropLast() { #expect(answer.hasPrefix("0 orgreg: nothing to do: "), "\(answers)") }
    }
  }

  @Test func `A reader is never blocked and never sees half a revision`() throws {
    let files = try (1...40).map { number in
      try bench.write(TinyCountry.renaming(number), to: "renaming-\(number).csv")
      return "renaming-\(number).csv"
    }
    expectDone(try bench.orgreg("apply", "renaming-1.csv", "--yes"))
    let writer = try bench.startWriter(Array(files.dropFirst()))
    var seen: Set<String> = []
    while writer.isRunning {
      let list = try bench.orgreg("list", "municipality", "--format", "csv")
      expectDone(list)
      let numbers = list.lines.compactMap { $0.firstMatch(of: #/(?:Ash|Birch) (\d+),/#).map { String($0.1) } }
      #expect(numbers.count == 2 && numbers[0] == numbers[1], "\(list)")
      seen.formUnion(numbers)
      // This command reads many times in one process.
      expectDone(try bench.orgreg("check"))
    }
    for answer in writer.finish().lines { #expect(answer.hasPrefix("0 "), "\(answer)") }
    #expect(seen.count > 2, "the reader read while nobody wrote: \(seen)")
  }

  @Test func `A copy that is made while others write is sound and whole`() throws {
    let files = try (1...30).map { number in
      try bench.write(TinyCountry.settlement(number, of: 10), to: "settlement-\(number).csv")
      return "settlement-\(number).csv"
    }
    let writer = try bench.startWriter(files)
    var counts: [Int] = []
    for number in 0..<12 {
      expectDone(try bench.orgreg("backup", "copy-\(number).sqlite"))
      counts.append(try bench.expectWholeRevisions("copy-\(number).sqlite"))
      expectDone(try bench.orgreg("check", "--registry", "copy-\(number).sqlite"))
    }
    for answer in writer.finish().lines { #expect(answer.hasPrefix("0 "), "\(answer)") }
    #expect(counts == counts.sorted() && Set(counts).count > 2, "\(counts)")
  }
}
