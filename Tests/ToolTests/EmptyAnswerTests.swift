import Testing

/// An empty answer says why on standard error, and is an answer all the same.
@Suite struct EmptyAnswerTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test(arguments: [
    ("list ccg --on 2013-03-31", "no ccg lived on 2013-03-31; the first are of 2013-04-01"),
    ("list ccg --on 2022-07-01", "no ccg lived on 2022-07-01; the last lived to 2022-06-30"),
    ("list ccg --on 2013-03-31 --dates operational", "no ccg lived on 2013-03-31; the first are of 2013-04-01"),
    ("report counts --kind ccg --on 2013-03-31", "no ccg lived on 2013-03-31; the first are of 2013-04-01"),
    ("report counts --kind local-authority --on 2000-01-01", "no local-authority is known to have lived on 2000-01-01"),
    ("report governance --kind ccg --on 2013-03-31", "no ccg lived on 2013-03-31; the first are of 2013-04-01"),
  ])
  func `The days on which there were some are named`(words: String, reason: String) throws {
    let run = try bench.orgreg(words.split(separator: " ").map(String.init))
    expectDone(run)
    #expect(run.complaints.count == 1 && run.complaints[0].hasPrefix("orgreg: \(reason)"), "\(run)")
  }

  @Test func `An answer with bodies says nothing of the sort`() throws {
    for words in [["list", "ccg", "--on", "2013-04-01"], ["report", "counts", "--kind", "ccg", "--on", "2013-04-01"]] {
      let run = try bench.orgreg(words)
      expectDone(run)
      #expect(run.complaints.isEmpty, "\(run)")
    }
  }
}
