import Testing

/// `orgreg who-commissions` as a user runs it.
@Suite struct WhoCommissionsCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func ask(_ words: String...) throws -> Run { try bench.orgreg(["who-commissions"] + words) }

  private static let header = "service,commissioner_code,commissioner_name,commissioner_kind,nature,from,to,basis,note"

  @Test func `Words in any order and case find the service`() throws {
    for text in ["tier 3 obesity", "Obesity (Tier 3)", "OBESITY-TIER-3"] {
      let run = try ask(text, "--on", "2016-05-01", "--format", "csv")
      expectDone(run)
      #expect(run.lines.first == Self.header && run.lines.count == 2, "\(run)")
      #expect(run.stdout.contains("(tier 3),,clinical commissioning group,ccg,sole,2013-04-01,2022-06-30,"), "\(run)")
    }
  }

  @Test func `Several services are all answered, and what is not known is said`() throws {
    let run = try ask("children", "--on", "2014-05-01", "--format", "csv")
    expectDone(run)
    #expect(run.lines.count == 4, "\(run)")
    let some = try ask("health", "visitor", "--on", "2014-05-01")
    expectUsage(some)
    let partly = try ask("health visit", "--on", "2014-05-01", "--format", "csv")
    expectDone(partly)
    #expect(partly.lines.count == 2, "\(partly)")
    #expect(partly.complaints.count == 1 && partly.complaints[0].contains("nobody is known to commission"), "\(partly)")
  }

  @Test func `Nobody is known before a source says so`() throws {
    let run = try ask("health checks", "--on", "2012-05-01", "--format", "csv")
    #expect(run.status == 1 && run.stdout == Self.header + "\n", "\(run)")
    #expect(
      run.complaints == [
        "orgreg: nobody is known to commission 'NHS health checks' on 2012-05-01 (known: local-authority from 2013-04-01)"
      ], "\(run)")
  }

  @Test func `Unknown words are refused with those that are near`() throws {
    expectRefused(
      try ask("obesity tier 9", "--on", "2016-05-01"), "no service line has the words 'obesity tier 9'",
      "'specialist obesity services (tier 3)'", "who-commissions --list")
    expectRefused(try ask("knees", "--on", "2016-05-01"), "no service line has the words 'knees'", "--list")
    expectRefused(try ask(" ", "--on", "2016-05-01"), "no words")
  }

  @Test func `A body that is not known on the day is refused`() throws {
    expectRefused(
      try ask("health checks", "--on", "2012-05-01", "--for", "00L"), "no body has the code '00L' on 2012-05-01")
    expectRefused(try ask("health checks", "--on", "2016-05-01", "--for", "ZZZ99"), "unknown code 'ZZZ99'")
  }

  @Test func `Exceptions for single bodies are pointed at, and shown to whoever names one`() throws {
    let all = try ask("general practice", "--on", "2016-05-01", "--format", "csv")
    expectDone(all)
    #expect(all.stdout.contains(",,NHS England,nhs-england,varies,"), "\(all)")
    #expect(all.complaints.count == 1 && all.complaints[0].contains("exceptions for single bodies (24)"), "\(all)")
    let one = try ask("general practice", "--on", "2016-05-01", "--for", "02w", "--format", "csv")
    expectDone(one)
    #expect(one.lines.count == 2 && one.stdout.contains(",02W,NHS Bradford City CCG,ccg,delegated,"), "\(one)")
  }

  @Test func `The list names all service lines, or those with the words`() throws {
    let all = try ask("--list", "--format", "csv")
    expectDone(all)
    #expect(all.lines.first == "key,service" && all.lines.count == 42, "\(all)")
    let some = try ask("obesity", "--list", "--format", "csv")
    #expect(some.lines.count == 3, "\(some)")
  }

  @Test(arguments: [
    [], ["obesity"], ["--by", "00L"], ["--list", "--on", "2016-05-01"], ["--list", "--for", "00L"],
    ["--list", "--by", "00L"], ["--on", "2016-05-01", "--for", "00L", "--by", "00L"],
  ])
  func `What is missing is a mistake of usage`(words: [String]) throws {
    expectUsage(try bench.orgreg(["who-commissions"] + words))
  }

  @Test func `Without words the answer has every service line`() throws {
    let all = try ask("--on", "2016-05-01", "--format", "csv")
    expectDone(all)
    #expect(all.lines.count >= 35, "\(all)")
    let before = try ask("--on", "2012-05-01", "--format", "csv")
    expectDone(before)
    #expect(before.complaints.count == 1 && before.complaints[0].contains("of"), "\(before)")
  }

  @Test func `A body is told what it commissions itself`() throws {
    let run = try ask("--on", "2016-05-01", "--by", "00l", "--format", "csv")
    expectDone(run)
    #expect(run.lines.dropFirst().allSatisfy { $0.contains(",00L,NHS Northumberland CCG,ccg,") }, "\(run)")
    #expect(
      run.stdout.contains("specialist obesity services (tier 3)") && !run.stdout.contains("health checks"), "\(run)")
    let delegated = try ask("general practice", "--on", "2016-05-01", "--by", "02W", "--format", "csv")
    #expect(delegated.stdout.contains(",02W,NHS Bradford City CCG,ccg,delegated,"), "\(delegated)")
    let nothing = try ask("--on", "2012-05-01", "--by", "Q30", "--format", "csv")
    #expect(nothing.status == 1 && nothing.complaints == ["orgreg: nothing is known that it commissions on 2012-05-01"])
  }

  @Test(arguments: [
    ("acute", "elective hospital care"), ("district nurses", "community health services (most of them)"),
    ("public health", "public health: health improvement services"),
    ("health improvement", "public health: health improvement services"),
    ("who pays", "paying the provider of the care (who pays)"), ("urgent care", "urgent and emergency care"),
    ("unregistered", "services for residents registered with no practice (unregistered patients)"),
  ]) func `Words that people use find the service`(words: String, service: String) throws {
    let run = try ask(words, "--on", "2019-05-01", "--format", "csv")
    expectDone(run)
    #expect(run.lines.contains { $0.hasPrefix("\(service),") }, "\(run)")
  }

  @Test func `Words that stand in the notes alone find the service`() throws {
    let run = try ask("residents registered nowhere", "--on", "2016-05-01", "--format", "csv")
    expectDone(run)
    #expect(run.lines.count > 3, "\(run)")
  }

  @Test func `It is answered as it was known`() throws {
    let run = try ask("obesity", "--on", "2016-05-01", "--known-on", "0", "--format", "csv")
    #expect(run.status == 1 && run.lines == [Self.header], "\(run)")
  }
}
