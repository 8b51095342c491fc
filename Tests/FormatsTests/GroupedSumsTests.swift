import RegistryFormats
import Foundation
import Testing

@Suite struct GroupedSumsTests {
  /// Every code has a place of its own.
  private let places = Places()

  private var plan: GroupedSums.Plan {
    let places = places
    return GroupedSums.Plan(
      header: ["code", "group", "n", "rate"], keyColumns: [0, 1], amountColumns: [2, 3],
      terms: [.sum(0), .product(1, 0), .sumWhere(0, has: 1)], code: 0
    ) { code, _, flaw in places.place(code, flaw) }
  }

  /// A file separated by commas, with a header.
  private var form: TableForm {
    get throws { try TableFile(name: "test", bytes: Array("code,group,n,rate\n".utf8)).form }
  }

  private func grouped(_ text: String) throws -> GroupedSums {
    var sums = GroupedSums(plan)
    var reader = CSVReader(bytes: Array(text.utf8))
    try sums.add(&reader)
    _ = sums.judgeFooter { (_: String) throws(Never) in false }
    if !sums.faults.isEmpty { throw FileFaults(sums.faults, advice: []) }
    return sums
  }

  /// Every cell as one line, sorted. Cells of two parts with one key are one.
  private func lines(_ parts: [GroupedSums]) -> [String] {
    var found: [String: (rows: Int, sums: [ExactDecimal?])] = [:]
    for part in parts {
      for cell in 0..<part.cellCount {
        let group = part.columns[1].text(of: Int(part.number(of: cell, element: 1)))
        let key = "\(places.code(part.place(of: cell)))|\(group)"
        let own = plan.terms.indices.map { term in
          part.sum(of: cell, term: term).map { ExactDecimal(digits: $0, scale: part.scales[term]) }
        }
        guard let known = found[key] else {
          found[key] = (part.rowCount(of: cell), own)
          continue
        }
        let sums = zip(known.sums, own).map { first, other in
          first.flatMap { first in other.map { first.adding($0) } ?? first } ?? other
        }
        found[key] = (known.rows + part.rowCount(of: cell), sums)
      }
    }
    let scales = plan.terms.indices.map { term in parts.map { $0.scales[term] }.max() ?? 0 }
    return found.map { key, cell in
      let sums = zip(cell.sums, scales).map { sum, scale in sum?.scaled(to: scale).map { "\($0)" } ?? "-" }
      return ([key, "\(cell.rows)"] + sums).joined(separator: "|")
    }.sorted()
  }

  private func lines(_ sums: GroupedSums) -> [String] { lines([sums]) }

  @Test func `Rows of one key add up`() throws {
    let sums = try grouped("a,x,1,0.5\na,x,2.25,2\na,y,3,\nb,x,,1\n\n\"a\",\"x\",-0.5,\n")
    #expect(lines(sums) == ["a|x|3|2.75|5.00|3.25", "a|y|1|3.00|-|-", "b|x|1|-|-|-"])
    #expect(sums.rowCount == 5)
    #expect(sums.decimals == [2, 1])
  }

  @Test func `Elements of a key do not run together`() throws {
    let sums = try grouped("ab,c,1,1\na,bc,2,1\nab,c,4,1\n,abc,8,1\nabc,,16,1\n")
    #expect(sums.cellCount == 4)
    #expect(lines(sums).contains("ab|c|2|5|5|5"))
  }

  @Test func `Many keys keep apart`() throws {
    let text = (0..<20_000).map { "\($0 % 5_000),k\($0 % 7),\($0),1\n" }.joined()
    let sums = try grouped(text)
    #expect(sums.cellCount == 20_000)
    #expect(try grouped(text + text).cellCount == 20_000)
  }

  @Test(arguments: [
    ("a,x,1\n", "line 1: 3 fields, where the header has 4 columns"),
    ("a,x,1,1\na,x,1,1,1\n", "line 2: 5 fields"),
    ("a,x,NaN,1\n", "line 1, column 'n': 'NaN' is not a number"),
    ("a,x,1,1\na,\"y\nz\",1,1\na,x,1,none\n", "line 4, column 'rate': 'none' is not a number"),
    ("a,x,99999999999999999999999999999999999999,\na,x,1,\n", "line 2, column 'n': the sum has more than 38 digits"),
    ("a,x,99999999999999999999999999999999999999,2\n", "line 1, column 'rate': multiplied by its denominator"),
    ("a,\"x,1,1\n", "line 1: column 3: a quoted field is not closed"),
  ]) func `A mistake is told with its place`(text: String, words: String) {
    #expect { try grouped(text) } throws: { "\($0)".contains(words) }
  }

  @Test func `A key that is not UTF-8 is refused`() throws {
    var sums = GroupedSums(plan)
    var reader = CSVReader(bytes: [0x61, 0x2C, 0xEB, 0x2C, 0x31, 0x2C, 0x31, 0x0A])
    try sums.add(&reader)
    #expect("\(FileFaults(sums.faults, advice: []))".contains("line 1, column 'group': this is not UTF-8"))
  }

  @Test func `Values of any length and number keep apart`() throws {
    let values = (0..<3_000).map { String(repeating: "v", count: $0 % 40) + "\($0)" }
    let text = values.enumerated().map { "c\($0 % 70),\($1),\($0),1\n" }.joined()
    let sums = try grouped(text + text)
    #expect(sums.cellCount == 3_000)
    let expected = values.enumerated().map { "c\($0 % 70)|\($1)|2|\(2 * $0)|\(2 * $0)|\(2 * $0)" }.sorted()
    #expect(lines(sums) == expected)
  }

  @Test func `Codes of one place share cells, until a value is missing`() throws {
    var plan = plan
    plan.place = { _, _, _ in GroupedSums.Place(number: 7, meaning: 0) }
    plan.sharesCells = true
    var sums = GroupedSums(plan)
    var reader = CSVReader(bytes: Array("a,x,1,1\nb,x,2,1\n".utf8))
    try sums.add(&reader)
    #expect(sums.cellCount == 1 && sums.sum(of: 0, term: 0) == 3 && sums.books.count == 2)
    reader = CSVReader(bytes: Array("a,x,,1\n".utf8))
    try sums.add(&reader)
    #expect(sums.wasEndedByBlank)
  }

  @Test func `Many columns make long keys`() throws {
    let columns = (0..<12).map { "k\($0)" }
    let places = places
    let plan = GroupedSums.Plan(
      header: columns + ["n"], keyColumns: Array(0..<12), amountColumns: [12], terms: [.sum(0)], code: 3
    ) { code, _, flaw in places.place(code, flaw) }
    var sums = GroupedSums(plan)
    let rows = (0..<9_000).map { row in (0..<12).map { "\(row * (2 * $0 + 1) % 8_191)" } + ["1"] }
    let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
    var reader = CSVReader(bytes: Array((text + text).utf8))
    try sums.add(&reader)
    #expect(sums.cellCount == Set(rows.map { $0.joined(separator: ",") }).count)
    for cell in stride(from: 0, to: sums.cellCount, by: 97) {
      let found = (0..<12).map { element in
        element == 3
          ? places.code(sums.place(of: cell))
          : sums.columns[element].text(of: Int(sums.number(of: cell, element: element)))
      }
      #expect(rows.contains { Array($0.dropLast()) == found }, "\(found)")
    }
  }

  // MARK: Two threads

  /// A file with quoted line ends, doubled quotes, blanks and marks at the starts of lines.
  private func tricky(_ rows: Int, seed: UInt64) -> String {
    var generator = Numbers(state: seed)
    let groups = ["x", "\"a\nb\"", "\"\"\"\"", "\"c,\nd\"\"\n\"", "", "y"]
    return "code,group,n,rate\n"
      + (0..<rows).map { _ in
        let code = ["a", "b", "\u{FEFF}c"][Int(generator.next() % 3)]
        let amount = generator.next() % 10 == 0 ? "" : "\(generator.next() % 1_000).\(generator.next() % 100)"
        return "\(code),\(groups[Int(generator.next() % 6)]),\(amount),\(generator.next() % 9)\n"
      }.joined()
  }

  @Test(arguments: 1...40) func `Two threads find what one finds`(rows: Int) throws {
    let path = NSTemporaryDirectory() + "/grouped-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try tricky(rows * 3, seed: UInt64(rows)).write(toFile: path, atomically: false, encoding: .utf8)
    let file = try #require(try SharedFile(path))
    let one = try GroupedSums.grouping(file, form, by: plan, stretch: .max)
    let two = try GroupedSums.grouping(file, form, by: plan, stretch: 64)
    #expect(lines(one) == lines(two))
    #expect(one.count == 1 && one[0].rowCount == rows * 3)
    #expect(two.reduce(0) { $0 + $1.rowCount } == rows * 3)
    #expect(one[0].decimals == two[0].decimals)
  }

  /// Nearly every line end is within quotes, so no guess in the middle is right.
  @Test func `A middle within quotes is no break`() throws {
    let path = NSTemporaryDirectory() + "/grouped-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let field = "\"" + String(repeating: "a,x,1,1\n", count: 500) + "\""
    let text = "code,group,n,rate\n" + (1...3).map { "a,\(field),\($0),1\n" }.joined()
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    let file = try #require(try SharedFile(path))
    let sums = try GroupedSums.grouping(file, form, by: plan, stretch: 64)
    #expect(sums.map(\.rowCount) == [3])
    #expect(sums.map(\.cellCount) == [1])
    #expect(lines(sums) == lines(try GroupedSums.grouping(file, form, by: plan, stretch: .max)))
  }

  @Test func `A mistake in any stretch has its line`() throws {
    let path = NSTemporaryDirectory() + "/grouped-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var lines = ["code,group,n,rate"] + (2...400).map { "a,x,\($0),1" }
    lines[19] = "a,\"x\n\n\",1,1"
    for line in [10, 390] {
      let kept = lines[line - 1]
      lines[line - 1] = "a,x,oops,1"
      try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
      let file = try #require(try SharedFile(path))
      let sums = try GroupedSums.grouping(file, form, by: plan, stretch: 64)
      #expect(
        "\(FileFaults(sums[0].faults, advice: []))".contains("line \(line < 20 ? line : line + 2), column 'n'"))
      lines[line - 1] = kept
    }
  }
}

/// A number for each code, to several threads.
private final class Places: @unchecked Sendable {
  private let lock = NSLock()
  private var codes: [String] = []

  func place(_ code: String, _ flaw: FaultBook.Kind?) -> GroupedSums.Place {
    lock.withLock {
      let number = codes.firstIndex(of: code) ?? codes.count
      if number == codes.count { codes.append(code) }
      return GroupedSums.Place(number: UInt32(number), meaning: number, flaw: flaw)
    }
  }

  func code(_ number: UInt32) -> String { lock.withLock { codes[Int(number)] } }
}

private struct Numbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
