import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession
import RegistryTestSupport
import Testing

/// Restating with the England register loses nothing, whatever the file.
@Suite(.tags(.slow), .inFullRuns) struct EnglandRestateTests {
  let registry: Registry
  let folder: TemporaryFolder

  init() throws {
    registry = try England.open()
    folder = try TemporaryFolder()
  }

  func day(_ text: String) throws -> Day { try #require(Day(text)) }

  func request(
    _ to: String, _ days: RestateRequest.Days? = nil, _ change: (inout RestateRequest) -> Void = { _ in }
  ) throws -> RestateRequest {
    var request = RestateRequest(code: "code", days: try days ?? .asAt(day("2015-04-01")), to: try day(to))
    request.sums = ["n"]
    change(&request)
    return request
  }

  func restate(
    _ text: String, _ request: RestateRequest
  ) throws -> (records: [[String]], proof: RestateProof) {
    let path = folder.file("input.csv")
    try Files.write(Array(text.utf8), to: path)
    let sink = MemorySink()
    let restater = try Restater(request, of: registry, register: "test", knownIn: latest)
    let proof = try restater.restate(path, to: sink)
    var reader = CSVReader(bytes: sink.bytes)
    var records: [[String]] = []
    while try reader.next() { records.append(reader.texts()) }
    #expect(proof.rowsOut == records.count - 1)
    return (records, proof)
  }

  private func sum(_ numbers: some Sequence<String>) throws -> ExactDecimal {
    try numbers.filter { !$0.isEmpty }.reduce(ExactDecimal(digits: 0, scale: 0)) { sum, text in
      try #require(sum.adding(try ExactDecimal(text)))
    }
  }

  private func isEqual(_ left: ExactDecimal, _ right: ExactDecimal) -> Bool {
    let scale = max(left.scale, right.scale)
    return left.scaled(to: scale) == right.scaled(to: scale) && left.scaled(to: scale) != nil
  }

  func codes(_ kind: String, _ on: String) throws -> [String] {
    try registry.organisations(kind: kind, on: try day(on)).compactMap { $0.codes["ods"] }
  }

  /// Rows with codes that mean something and with codes that do not, without a header.
  private func randomRows(_ count: Int, decimals: ClosedRange<Int>, seed: UInt64) throws -> [String] {
    var generator = SeededGenerator(seed: seed)
    let known = try codes("ccg", "2015-04-01") + codes("commissioning-hub", "2015-04-01")
    let odd = ["", "ZZZ", "5QV", "QOP", "D4U1Y", "A81001", "E01000001", "E38000007", "09g"]
    return (0..<count).map { _ in
      let code =
        Int.random(in: 0..<8, using: &generator) == 0
        ? odd[Int.random(in: 0..<odd.count, using: &generator)]
        : known[Int.random(in: 0..<known.count, using: &generator)]
      let digits = Int128.random(in: -100_000...10_000_000_000, using: &generator)
      let amount = ExactDecimal(digits: digits, scale: Int.random(in: decimals, using: &generator)).description
      let isBlank = Int.random(in: 0..<20, using: &generator) == 0
      return "\(code),g\(Int.random(in: 0...3, using: &generator)),\(isBlank ? "" : amount)"
    }
  }

  private func file(_ rows: [String]) -> String { (["code,group,n"] + rows).joined(separator: "\n") + "\n" }

  // MARK: Figures

  @Test func `Coastal West Sussex is wholly in Sussex`() throws {
    let (records, proof) = try restate("code,n\n09G,12.5\n", request("2023-04-01"))
    #expect(records == [["code", "n"], ["70F", "12.5"]])
    #expect(proof.missing.isEmpty)
    // It went as one, so nothing had to be measured.
    #expect(proof.bases.isEmpty)
  }

  @Test func `Frimley has the published shares`() throws {
    let days = RestateRequest.Days.asAt(try day("2022-04-01"))
    let (records, proof) = try restate("code,n\nD4U1Y,1000\n", request("2026-04-01", days))
    let published = ["92A": 0.18204175443292, "D9Y0V": 0.229339252148803, "U2G6B": 0.588618993418278]
    #expect(Set(records.dropFirst().map { $0[0] }) == Set(published.keys))
    for record in records.dropFirst() {
      #expect(abs(try #require(Double(record[1])) / 1_000 - (published[record[0]] ?? 0)) < 1e-9)
    }
    #expect(isEqual(try sum(records.dropFirst().map { $0[1] }), try ExactDecimal("1000")))
    #expect(proof.rowsProportional == 1)
  }

  @Test func `The 204 patients of Hertfordshire are unmapped`() throws {
    let pcts = try codes("pct", "2012-04-01")
    let days = RestateRequest.Days.asAt(try day("2012-04-01"))
    let whole = try restate(
      "code,n\n" + pcts.map { "\($0),1000\n" }.joined(),
      request("2022-07-01", days) {
        $0.toKind = "icb"
        $0.bases = ["patients-2013"]
      })
    let out = try sum(whole.records.dropFirst().map { $0[1] })
    let both = try #require(out.adding(whole.proof.totals[0].unmapped))
    #expect(isEqual(both, try ExactDecimal("\(pcts.count)000")))
    let one = try restate(
      "code,n\n5QV,1209467\n",
      request("2022-07-01", days) {
        $0.toKind = "icb"
        $0.bases = ["patients-2013"]
        $0.rounding = .largestRemainder
      })
    #expect(one.proof.totals[0].unmapped.text(decimals: 0) == "204")
    #expect(one.proof.missing.map(\.isPart) == [true])
    #expect(one.proof.missing[0].reason.contains("no known parent of the kind icb"))
    #expect(one.proof.rowsPartlyUnmapped == 1)
  }

  // MARK: Cases

  @Test func `W1: nobody is sent where no people went`() throws {
    let (records, proof) = try restate(
      "code,n\n5A3,259332\n", request("2013-04-01", .asAt(day("2012-04-01"))) { $0.toKind = "ccg" })
    #expect(records.dropFirst() == [["12A", "259332"]])
    #expect(proof.missing.isEmpty)
  }

  @Test func `W3: trusts that went as one by their practices are whole`() throws {
    let (records, _) = try restate(
      "code,month,n\n5J1,2005-04,1000\n5MR,2005-04,1000\n5CM,2005-04,1000\n",
      request("2014-04-01", .column("month")))
    #expect(records.dropFirst().map { [$0[0], $0[2]] } == [["01F", "1000"], ["05J", "1000"], ["09J", "1000"]])
  }

  @Test func `W6: a body to which nothing happened is itself`() throws {
    let (records, proof) = try restate("code,n\n14G,2\n", request("2016-04-01", .asAt(day("2016-04-01"))))
    #expect(records.dropFirst() == [["14G", "2"]])
    #expect(proof.missing.isEmpty && proof.partial.isEmpty)
  }

  @Test(
    arguments: [
      (["areas"], "92000000", "186000000"), (nil, "97573263.14583074", "180426736.85416926"),
    ] as [([String]?, String, String)])
  func `W12: a share is a ratio`(bases: [String]?, first: String, second: String) throws {
    let (records, proof) = try restate("code,n\n05L,278000000\n", request("2022-07-01") { $0.bases = bases })
    #expect(records.dropFirst() == [["15E", first], ["D2P2L", second]])
    #expect(proof.bases.map(\.name) == bases ?? ["population-2019"])
  }

  @Test(arguments: [Apportionment.Rounding.nearest, .largestRemainder])
  func `W11: a weighted mean lies between what went in`(rounding: Apportionment.Rounding) throws {
    let (records, _) = try restate(
      "code,w,r\n05L,10,8.5\n",
      request("2022-07-01") {
        $0.sums = []
        $0.rates = [RestateRequest.Rate(column: "r", denominator: "w")]
        $0.rounding = rounding
      })
    #expect(records.dropFirst().map { $0[2] } == ["8.5", "8.5"])
  }

  @Test func `W13: a body that the law does not know yet is one only in operation`() throws {
    let days = RestateRequest.Days.asAt(try day("2015-01-15"))
    let byLaw = try restate("code,n\n13T,2\n", request("2016-04-01", days))
    #expect(byLaw.proof.missing.map(\.code) == ["13T"])
    #expect(byLaw.proof.missing[0].reason.contains("2015-04-01"))
    let inOperation = try restate("code,n\n13T,2\n", request("2016-04-01", days) { $0.dates = .operational })
    #expect(inOperation.records.dropFirst() == [["13T", "2"]])
    #expect(inOperation.proof.partial.isEmpty)
  }

  @Test func `What lies in another kind is unmapped, or spread`() throws {
    let days = RestateRequest.Days.asAt(try day("2012-04-01"))
    let kept = try restate("code,n\n5QV,1209467\n", request("2013-04-01", days) { $0.toKind = "ccg" })
    #expect(kept.proof.missing.map(\.reason) == ["in 12W (commissioning-hub)"])
    #expect(kept.proof.totals[0].unmapped.text(decimals: 0) == "204")
    #expect(kept.proof.loses(more: 0) && !kept.proof.loses(more: 0.01))
    let spread = try restate(
      "code,n\n5QV,1209263\n",
      request("2013-04-01", days) {
        $0.toKind = "ccg"
        $0.otherKinds = .spread
      })
    #expect(spread.proof.missing.isEmpty)
    #expect(spread.records.dropFirst() == [["06H", "24213"], ["06K", "574350"], ["06N", "610700"]])
  }

  @Test func `A basis of another time is told once, and one that measures nothing with what to do`() throws {
    let old = try restate("code,n\n05L,1\n05L,2\n", request("2022-07-01") { $0.bases = ["patients-2013"] })
    #expect(!old.proof.warnings.contains { $0.contains("ten years") })
    let later = try restate(
      "code,day,n\nD4U1Y,2025-04-01,1\nD4U1Y,2025-05-01,2\n",
      request("2026-04-01", .column("day")) { $0.bases = ["patients-2013"] })
    #expect(later.proof.warnings.count { $0.contains("ten years from 2 rows of 2025-04-01 to 2025-05-01") } <= 1)
    let none = try restate("code,n\n05L,1\n", request("2022-07-01") { $0.bases = ["postcodes"] })
    #expect(none.proof.warnings.contains { $0.contains("--basis postcodes") && $0.contains("leave it out") })
  }

  @Test func `A code means what it meant on the day of its row`() throws {
    let (records, proof) = try restate(
      "code,day,n\n00L,20160401,1\n00L,20230101,2\n00L,20010101,4\n",
      request("2023-04-01", .column("day")))
    #expect(records.dropFirst().map { $0[0] } == ["00L", "00L"])
    #expect(proof.totals[0].unmapped.description == "4")
    #expect(proof.missing.map(\.code) == ["00L"])
    #expect(proof.missing[0].reason.contains("2013-04-01"))
  }

  // MARK: Properties

  @Test(arguments: 1...rounds(2)) func `What goes in comes out or is unmapped`(seed: Int) throws {
    let rows = try randomRows(400, decimals: 0...(seed % 4), seed: UInt64(seed))
    for (to, kind) in [("2026-04-01", nil), ("2022-07-01", "icb"), ("2013-04-01", nil), ("2023-04-01", "region")] {
      for rounding in [Apportionment.Rounding.nearest, .largestRemainder] {
        let (records, proof) = try restate(
          file(rows),
          request(to) {
            $0.toKind = kind
            $0.rounding = rounding
          })
        let incoming = try sum(rows.map { String($0.split(separator: ",", omittingEmptySubsequences: false)[2]) })
        let outgoing = try sum(records.dropFirst().map { $0[2] })
        let unmapped = try sum(proof.missing.map { $0.amounts[0].description })
        let both = try #require(outgoing.adding(unmapped))
        #expect(isEqual(both, incoming), "\(to)")
        #expect(proof.totals.allSatisfy { $0.isBalanced })
        #expect(proof.rowsIn == rows.count)
        #expect(proof.rowsMapped + proof.rowsPartlyUnmapped + proof.rowsUnmapped == rows.count)
      }
    }
  }

  @Test func `Shuffled rows give the same`() throws {
    var generator = SeededGenerator(seed: 3)
    let rows = try randomRows(500, decimals: 0...3, seed: 21)
    let first = try restate(file(rows), request("2026-04-01"))
    for _ in 0..<5 {
      let other = try restate(file(rows.shuffled(using: &generator)), request("2026-04-01"))
      #expect(other.records == first.records)
      #expect(other.proof.text == first.proof.text)
    }
  }

  @Test func `Rows kept apart add up to the groups`() throws {
    let rows = try randomRows(500, decimals: 0...2, seed: 33)
    let grouped = try restate(file(rows), request("2026-04-01"))
    let apart = try restate(file(rows), request("2026-04-01") { $0.isPerRow = true })
    #expect(isEqual(apart.proof.totals[0].outgoing, grouped.proof.totals[0].outgoing))
    #expect(isEqual(apart.proof.totals[0].incoming, grouped.proof.totals[0].incoming))
    var sums: [[String]: Double] = [:]
    for record in apart.records.dropFirst() { sums[[record[0], record[1]], default: 0] += Double(record[2]) ?? 0 }
    #expect(sums.count == grouped.records.count - 1)
    for record in grouped.records.dropFirst() {
      let amount = Double(record[2]) ?? 0
      #expect(abs(try #require(sums[[record[0], record[1]]]) - amount) <= 1e-6 * max(1, abs(amount)))
    }
    // Whole bodies are exact to the last digit.
    let whole = rows.filter { $0.hasPrefix("09G") || $0.hasPrefix("00L") || $0.hasPrefix("99M") }
    let one = try restate(file(whole), request("2022-07-01"))
    let other = try restate(file(whole), request("2022-07-01") { $0.isPerRow = true })
    #expect(isEqual(try sum(one.records.dropFirst().map { $0[2] }), try sum(other.records.dropFirst().map { $0[2] })))
  }

  @Test func `Largest remainder keeps integers`() throws {
    let rows = try randomRows(300, decimals: 0...0, seed: 5)
    for isPerRow in [false, true] {
      let (records, proof) = try restate(
        file(rows),
        request("2026-04-01") {
          $0.rounding = .largestRemainder
          $0.isPerRow = isPerRow
        })
      #expect(records.dropFirst().allSatisfy { !$0[2].contains(".") })
      #expect(proof.missing.allSatisfy { $0.amounts[0].scale == 0 })
      #expect(proof.totals[0].isBalanced)
    }
  }

  @Test func `A monthly series over several mergers comes out on one geography`() throws {
    var text = "code,month,n\n"
    var counts: [String: Int] = [:]
    for year in 2013...2023 {
      for month in 1...12 where (year > 2013 || month >= 4) && (year < 2023 || month <= 4) {
        let name = "\(year)-\(month < 10 ? "0" : "")\(month)"
        let kind = name < "2022-07" ? "ccg" : "sub-icb-location"
        let codes = try codes(kind, "\(name)-01")
        counts[name] = codes.count
        text += codes.map { "\($0),\(name),1\n" }.joined()
      }
    }
    let (records, proof) = try restate(text, request("2023-04-01", .column("month")))
    let locations = Set(try codes("sub-icb-location", "2023-04-01"))
    #expect(proof.missing.isEmpty && proof.partial.isEmpty, "\(proof.text)")
    #expect(Set(records.dropFirst().map { $0[0] }) == locations)
    let months = Dictionary(grouping: records.dropFirst()) { $0[1] }
    #expect(months.count == counts.count)
    for (month, rows) in months {
      #expect(Set(rows.map { $0[0] }) == locations, "\(month)")
      #expect(isEqual(try sum(rows.map { $0[2] }), try ExactDecimal("\(counts[month] ?? 0)")), "\(month)")
    }
  }

  // MARK: Columns

  @Test func `A rate is weighed by its denominator`() throws {
    let (records, proof) = try restate(
      "code,list,rate\n09G,100,10\n09H,300,20\n09X,50,\n",
      request("2023-04-01") {
        $0.sums = ["list"]
        $0.rates = [RestateRequest.Rate(column: "rate", denominator: "list")]
      })
    // Only rows with a rate count in the rate of 70F: (100 * 10 + 300 * 20) / 400.
    #expect(records.contains(["70F", "450", "17.5"]), "\(records)")
    #expect(proof.totals.map(\.name) == ["list", "rate x list", "list with rate"])
    #expect(proof.totals.allSatisfy { $0.isBalanced })
  }

  @Test func `A rate is not added up`() throws {
    #expect { try restate("code,mean_wait\n09G,1\n", request("2023-04-01") { $0.sums = ["mean_wait"] }) } throws: {
      "\($0)".contains("looks like a rate")
    }
  }

  @Test func `Names and parents are added`() throws {
    let (records, _) = try restate(
      "n,old,code,note\n5,x,09G,hello\n",
      request("2023-04-01") {
        $0.addsNames = true
        $0.parents = ["icb"]
        $0.dropped = ["old"]
      })
    #expect(records[0] == ["n", "code", "code_name", "note", "icb_code", "icb_name"])
    #expect(records[1][0...1] == ["5", "70F"])
    #expect(records[1][3...4] == ["hello", "QNX"])
    #expect(records[1][5].contains("Sussex"))
  }

  @Test func `Another scheme's codes come out`() throws {
    let (records, proof) = try restate("code,n\nE38000213,1\n09G,2\n", request("2023-04-01") { $0.scheme = "ons" })
    #expect(records.dropFirst().allSatisfy { $0[0].hasPrefix("E38") })
    #expect(proof.warnings.contains { $0.contains("several schemes") } == (proof.origins.count > 1))
  }

  @Test func `A sum of nothing is blank`() throws {
    let (records, proof) = try restate("code,n\n09G,\n09H, \n", request("2023-04-01"))
    #expect(records[1] == ["70F", ""])
    #expect(proof.totals[0].blankCount == 2)
  }

  // MARK: Codes outside their dates

  @Test func `A late code is understood only if asked for and unmistakable`() throws {
    let days = RestateRequest.Days.asAt(try day("2021-01-01"))
    let text = "code,n\n09G,1\n5QV,2\n"
    let strict = try restate(text, request("2023-04-01", days))
    #expect(strict.proof.missing.map(\.code) == ["09G", "5QV"])
    let lenient = try restate(text, request("2023-04-01", days) { $0.acceptsLateCodes = true })
    #expect(lenient.records.contains(["70F", "1"]))
    #expect(lenient.proof.rowsLate == 2)
    #expect(lenient.proof.lateCodes == ["09G", "5QV"])
    // Two bodies had this code.
    let two = try restate(
      "code,n\n00L,1\n", request("2023-04-01", .asAt(try day("2005-01-01"))) { $0.acceptsLateCodes = true })
    #expect(two.proof.rowsUnmapped == 1)
  }

  @Test func `Practices and small areas go through their parcels`() throws {
    let (records, proof) = try restate("code,n\nA81001,5\nE01000001,6\nE01000001,1\n", request("2023-04-01"))
    #expect(proof.missing.isEmpty && proof.partial.isEmpty)
    #expect(records.dropFirst().map { $0[0] } == ["16C", "A3A8R"])
    #expect(records.dropFirst().map { $0[1] } == ["5", "7"])
    #expect(proof.origins.map(\.name) == ["lsoa11", "practice"])
  }
}
