import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession
import RegistryTestSupport
import Testing

/// A target knows which of its bodies have rows.
extension EnglandRestateTests {
  private var six: [String] { ["07N", "07Q", "08A", "08K", "08L", "08Q"] }

  private func partial(_ proof: RestateProof) -> [String] { proof.partial.map { "\($0.code): \($0.missing)" } }

  @Test func `A target knows which of its bodies are missing`() throws {
    let few = try restate(
      "code,month,n\n07N,2019-04,1000\n07Q,2019-04,1000\n", request("2021-04-01", .column("month")))
    #expect(few.records.dropFirst() == [["72Q", "2019-04", "2000"]])
    #expect(few.proof.text.contains("72Q is partial: 2 of 6 bodies; 08A 08K 08L 08Q missing"), "\(few.proof.text)")
    let all = try restate(
      "code,month,n\n" + six.map { "\($0),2019-04,1\n" }.joined(), request("2021-04-01", .column("month")))
    #expect(all.proof.partial.isEmpty, "\(all.proof.text)")
  }

  @Test func `Each month is judged by itself`() throws {
    var rows = ["2018-04", "2019-04", "2020-04"].flatMap { month in
      month == "2020-04" ? ["72Q,\(month),1"] : six.map { "\($0),\(month),1" }
    }
    let whole = try restate(
      "code,month,n\n" + rows.map { $0 + "\n" }.joined(), request("2021-04-01", .column("month")))
    #expect(whole.proof.partial.isEmpty, "\(whole.proof.text)")
    rows.removeAll { $0.hasPrefix("08K,2018") }
    let gappy = try restate(
      "code,month,n\n" + rows.map { $0 + "\n" }.joined(), request("2021-04-01", .column("month")))
    #expect(partial(gappy.proof) == [#"72Q: ["08K"]"#])
    #expect(gappy.proof.partial[0].days == [try day("2018-04-01")])
  }

  @Test func `A group without a row is zero, and a missing value covers nothing`() throws {
    // 08Q has no row in the group b: nothing was prescribed there.
    let rows = six.map { "\($0),a,1,5\n" }.joined() + six.dropLast().map { "\($0),b,1,5\n" }.joined()
    func restated(_ rows: String) throws -> (records: [[String]], proof: RestateProof) {
      try restate(
        "code,group,n,m\n" + rows,
        request("2021-04-01", .asAt(day("2019-04-01"))) {
          $0.sums = ["n", "m"]
          $0.addsCoverage = true
        })
    }
    let whole = try restated(rows)
    #expect(
      whole.records == [
        ["code", "group", "n", "m", "coverage"], ["72Q", "a", "6", "30", "1"], ["72Q", "b", "5", "25", "1"],
      ])
    #expect(whole.proof.partial.isEmpty)
    let blank = try restated(rows.replacing("08A,b,1,5", with: "08A,b,,5"))
    #expect(blank.records[1][4] == "1" && blank.records[2][2] == "4")
    #expect(try #require(Double(blank.records[2][4])) < 0.99)
    #expect(partial(blank.proof) == [#"72Q: ["08A"]"#] && blank.proof.partial[0].column == "n")
  }

  @Test func `Amounts of partial targets are written, left blank or rejected`() throws {
    let text = "code,n\n07N,1\n07Q,2\n00L,4\n"
    func restated(_ partial: RestateRequest.Partial) throws -> (records: [[String]], proof: RestateProof) {
      try restate(text, request("2021-04-01", .asAt(day("2019-04-01"))) { $0.partial = partial })
    }
    #expect(try restated(.keep).records.dropFirst() == [["00L", "4"], ["72Q", "3"]])
    let blank = try restated(.blank)
    #expect(blank.records.dropFirst() == [["00L", "4"], ["72Q", ""]])
    #expect(blank.proof.totals[0].withheld.description == "3" && blank.proof.totals[0].isBalanced)
    #expect(blank.proof.text.contains("n: 7 in = 4 out + 0 unmapped + 3 withheld"))
  }

  @Test func `What is rejected is not written`() throws {
    let path = folder.file("input.csv")
    try Files.write(Array("code,n\n07N,1\n".utf8), to: path)
    let sink = MemorySink()
    let request = try request("2021-04-01", .asAt(day("2019-04-01"))) { $0.partial = .reject }
    let restater = try Restater(request, of: registry, register: "test", knownIn: latest)
    let proof = try restater.restate(path, to: sink)
    #expect(sink.bytes.isEmpty && proof.isRejected && proof.rowsOut == 0)
  }

  @Test func `A rate is covered where it and its weight are there`() throws {
    let (_, proof) = try restate(
      "code,list,rate\n" + six.map { "\($0),10,\($0 == "08L" ? "" : "5")\n" }.joined(),
      request("2021-04-01", .asAt(day("2019-04-01"))) {
        $0.sums = ["list"]
        $0.rates = [RestateRequest.Rate(column: "rate", denominator: "list")]
      })
    #expect(proof.partial.map(\.column) == ["rate"])
    #expect(partial(proof) == [#"72Q: ["08L"]"#])
  }

  @Test func `Upper tiers are covered by what lies in them`() throws {
    let codes = try codes("ccg", "2021-04-01")
    let all = "code,n\n" + codes.map { "\($0),1\n" }.joined()
    let days = RestateRequest.Days.asAt(try day("2021-04-01"))
    let whole = try restate(all, request("2022-07-01", days) { $0.toKind = "icb" })
    #expect(whole.proof.partial.isEmpty, "\(whole.proof.text)")
    let without = all.replacing("\n01F,1", with: "")
    let partial = try restate(without, request("2022-07-01", days) { $0.toKind = "icb" })
    #expect(self.partial(partial.proof) == [#"QYG: ["01F"]"#])
  }

  @Test(
    arguments: ["2013-04-01", "2015-04-01", "2020-04-01", "2022-07-01"], ["2014-04-01", "2021-04-01", "2026-04-01"])
  func `A file of all bodies of a day makes every target whole`(from: String, to: String) throws {
    let codes = ["ccg", "commissioning-hub", "sub-icb-location"].flatMap { (try? self.codes($0, from)) ?? [] }
    let (_, proof) = try restate(
      "code,n\n" + codes.map { "\($0),1\n" }.joined(), request(to, .asAt(day(from))))
    #expect(proof.partial.isEmpty, "\(proof.text)")
  }
}
