import Foundation
import RegistryTestSupport
import Testing

/// Seats of governing bodies in a country that does not exist, and names that can be forgotten.
@Suite struct GovernanceCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    try bench.write(
      """
      record,key,value,type,kind,amount,from,source
      seat,chair,chair,single,,,,
      seat,gp,GP,,,,,
      seat,lay-member,lay member,,,,,
      seat-rule,,,chair,municipality,1,2000-01-01,gazette
      seat-rule,,,gp,municipality,2,2000-01-01,gazette
      seat-rule,,,lay-member,municipality,,2000-01-01,gazette

      """, to: "seats.csv")
    expectDone(try bench.orgreg("apply", "seats.csv", "--yes"))
  }

  private func enter(_ words: String) throws -> Run {
    try bench.bash("$orgreg \(words) --source gazette --yes")
  }

  private func seats(_ columns: String = "seat, nature, profession, holder, valid_from, last_day") throws -> [String] {
    let run = try bench.orgreg(
      "sql", "SELECT \(columns) FROM current_appointment ORDER BY seat, valid_from", "--format", "csv")
    return run.stdout.split(separator: "\n").dropFirst().map(String.init)
  }

  // MARK: Appointing and vacating

  @Test func `A chair is appointed, leaves, and is followed by another`() throws {
    expectDone(try enter("appoint 101 --seat chair --profession gp --on 2010-01-01"))
    expectDone(try enter("vacate 101 --seat chair --on 2012-01-01"))
    expectDone(try enter("appoint 101 --seat chair --profession lay --on 2013-01-01"))
    expectDone(try enter("appoint 101 --seat chair --profession nurse --on 2014-01-01"))
    #expect(
      try seats() == [
        "chair,held,gp,,2010-01-01,2011-12-31", "chair,vacant,,,2012-01-01,2012-12-31",
        "chair,held,lay,,2013-01-01,2013-12-31", "chair,held,nurse,,2014-01-01,",
      ])
    expectDone(try bench.orgreg("check"))
    let known = try bench.orgreg("show", "101", "--known-on", "3", "--format", "text")
    #expect(known.stdout.contains("  seat     from 2010-01-01            chair: gp"), "\(known)")
  }

  @Test func `Of a seat that several hold, one leaves and a newcomer fills the vacancy`() throws {
    expectDone(try enter("appoint 101 --seat gp --profession gp --on 2010-01-01"))
    let same = try enter("appoint 101 --seat gp --profession gp --on 2010-01-01")
    #expect(same.status == 0 && same.stderr.contains("say --another"), "\(same)")
    #expect(same.stderr.contains("the register says all of this already"), "\(same)")
    expectDone(try enter("appoint 101 --seat gp --profession gp --on 2010-01-01 --another"))
    expectRefused(
      try enter("vacate 101 --seat gp --on 2011-01-01"), "2 are recorded as GP of 101",
      "--key m-ash/seat/gp@2010-01-01-2")
    expectDone(try enter("vacate 101 --seat gp --on 2011-01-01 --key m-ash/seat/gp@2010-01-01-2"))
    expectDone(try enter("appoint 101 --seat gp --profession gp --on 2012-01-01"))
    #expect(
      try seats("nature, valid_from, last_day").sorted() == [
        "held,2010-01-01,", "held,2010-01-01,2010-12-31", "held,2012-01-01,", "vacant,2011-01-01,2011-12-31",
      ])
  }

  @Test(arguments: [
    ("appoint 999 --seat chair --on 2010-01-01", "no body has the key or code '999'"),
    ("appoint 101 --seat throne --on 2010-01-01", "unknown seat 'throne' (known: chair, gp, lay-member)"),
    ("appoint 101 --seat chair --on 1999-01-01", "101 (m-ash) opens on 2000-01-01, after 1999-01-01"),
    (
      "appoint 101 --seat chair --on 2010-01-01 --holder 'Jo Doe' --note 'jo doe, elected'", "the note repeats the name"
    ),
    ("appoint 101 --seat chair --on 2010-01-01 --holder 'Jo Doe' --reason 'Jo Doe'", "the reason repeats the name"),
    ("vacate 101 --seat chair --on 2010-01-01", "nobody is recorded as chair of 101 on 2009-12-31"),
    ("redact holder-9 --reason asked", "unknown holder 'holder-9'"),
  ]) func `What cannot be is refused with what to do instead`(words: String, reason: String) throws {
    let before = try bench.orgreg("status").stdout
    let source = words.hasPrefix("redact") ? "" : " --source gazette"
    let run = try bench.bash("$orgreg \(words)\(source) --yes")
    #expect(run.status == 2 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains(reason) && run.stderr.contains("nothing was changed"), "\(run)")
    #expect(try bench.orgreg("status").stdout == before)
  }

  @Test func `Who is appointed on the very day on which another begins is not taken for the next`() throws {
    expectDone(try enter("appoint 101 --seat chair --on 2010-01-01"))
    expectRefused(
      try enter("appoint 101 --seat chair --profession gp --holder Jo --on 2010-01-01"),
      "'m-ash/seat/chair@2010-01-01' begins on 2010-01-01 itself: retract that fact first")
  }

  // MARK: Names

  private static let name = "Ignatz Quirrelmann"

  private func appointNamed() throws {
    expectDone(try enter("appoint 101 --seat chair --profession gp --holder '\(Self.name)' --on 2010-01-01"))
  }

  /// The files in the folder that contain the name or a part of it.
  private func filesWithTheName() throws -> [String] {
    try bench.listing().compactMap { $0.split(separator: " ").first.map(String.init) }.filter { file in
      let bytes = Data(try bench.bytes(file))
      return ["Ignatz", "Quirrelmann"].contains { bytes.range(of: Data($0.utf8)) != nil }
    }
  }

  @Test func `A name is shown with its seat, and stands nowhere else`() throws {
    try appointNamed()
    expectDone(try enter("appoint 102 --seat chair --profession gp --holder holder-1 --on 2011-01-01"))
    let shown = try bench.orgreg("show", "102", "--format", "text")
    #expect(shown.stdout.contains("chair: gp, \(Self.name)"), "\(shown)")
    for words in [
      ["show", "101", "--history", "--format", "text"], ["log", "--format", "csv"], ["export", "changes"],
      ["report", "governance", "--on", "2012-01-01", "--format", "json"], ["sql", "SELECT * FROM current_appointment"],
    ] {
      let run = try bench.orgreg(words)
      expectDone(run)
      let lines = run.lines.filter { $0.contains("Quirrelmann") }
      // Only the list of current facts, which comes before the history, has the name.
      #expect(lines.count == (words.contains("--history") ? 1 : 0), "\(run)")
    }
    let log = try bench.orgreg("log", "--format", "csv")
    #expect(
      log.stdout.contains(
        "appoint 101 --seat chair --profession gp --on 2010-01-01 --source gazette --yes --holder holder-1"), "\(log)")
    #expect(try bench.orgreg("export", "changes", "--with-names").stdout.contains(Self.name))
  }

  @Test func `A namesake is a holder of its own, and that is said`() throws {
    try appointNamed()
    let run = try enter("appoint 102 --seat chair --holder '\(Self.name)' --on 2011-01-01")
    expectDone(run)
    #expect(
      run.stderr.contains("holder-1 has the same name: if it is the same person, say --holder holder-1"), "\(run)")
    #expect(try seats("holder") == ["holder-1", "holder-2"])
  }

  @Test func `An erased name is gone from the bytes of the file and of its log`() throws {
    try appointNamed()
    expectDone(try enter("vacate 101 --seat chair --on 2012-01-01"))
    #expect(try filesWithTheName() == ["registry.sqlite"])
    let run = try bench.orgreg("redact", "holder-1", "--reason", "asked for on 12 May", "--yes")
    expectDone(run)
    #expect(!run.stdout.contains("Quirrelmann") && !run.stderr.contains("Quirrelmann"), "\(run)")
    #expect(try filesWithTheName() == [])
    for words in [["show", "101"], ["show", "101", "--known-on", "3"], ["show", "101", "--history"]] {
      let shown = try bench.orgreg(words)
      expectDone(shown)
      #expect(!shown.stdout.contains("Quirrelmann") && shown.stdout.contains("holder-1"), "\(shown)")
    }
    let log = try bench.orgreg("log", "--for", "101", "--format", "csv")
    #expect(log.lines.dropFirst().first?.contains("asked for on 12 May") == true, "\(log)")
    expectDone(try bench.orgreg("check"))
  }

  @Test(.tags(.slow), .inFullRuns)
  func `While another reads, the log that cannot be emptied is named, and the next time it can`() throws {
    try appointNamed()
    let run = try bench.bash(
      """
      exec 3> >(sqlite3 registry.sqlite); reader=$!
      echo "BEGIN; SELECT count(*) FROM holder; SELECT writefile('ready', 'x');" >&3
      until [ -s ready ]; do sleep 0.02; done
      $orgreg redact holder-1 --reason asked --yes; status=$?
      exec 3>&-; wait $reader; exit $status
      """)
    #expect(run.status == 1 && run.stderr.contains("another program reads the register"), "\(run)")
    let again = try bench.orgreg("redact", "holder-1", "--reason", "asked", "--yes")
    expectDone(again)
    #expect(again.stderr.contains("nothing to do: the register has no name of holder-1"), "\(again)")
    #expect(try filesWithTheName() == [])
  }

  @Test func `Erasing needs a reason, and a dry run erases nothing`() throws {
    try appointNamed()
    expectUsage(try bench.orgreg("redact", "holder-1", "--yes"), "say why, without the name")
    expectDone(try bench.orgreg("redact", "holder-1", "--dry-run"))
    #expect(try bench.orgreg("show", "101", "--format", "text").stdout.contains(Self.name))
    let reason = try bench.orgreg("redact", "holder-1", "--reason", "ignatz quirrelmann asked", "--yes")
    expectRefused(reason, "the reason repeats the name of the holder", lines: 2)
    #expect(!reason.stderr.contains("uirrel"), "\(reason)")
  }

  @Test func `Undoing the appointment of an erased holder, and undoing that, brings no name back`() throws {
    try appointNamed()
    expectDone(try bench.orgreg("redact", "holder-1", "--reason", "asked", "--yes"))
    let nothing = try bench.orgreg("undo", "4", "--yes")
    #expect(nothing.stderr.contains("nothing to do"), "\(nothing)")
    expectDone(try bench.orgreg("undo", "3", "--yes"))
    #expect(try seats() == [])
    expectDone(try bench.orgreg("undo", "5", "--yes"))
    #expect(try seats() == ["chair,held,gp,holder-1,2010-01-01,"])
    #expect(try filesWithTheName() == [])
  }

  // MARK: Constitutions

  @Test func `A constitution has versions, the last of which can be corrected`() throws {
    try bench.write(
      """
      record,organisation,value,from,source
      constitution,101,1.0,2010-01-01,gazette
      constitution,101,1.2,2012-01-01,gazette

      """, to: "constitutions.csv")
    expectDone(try bench.orgreg("apply", "constitutions.csv", "--yes"))
    expectDone(try bench.orgreg("amend", "m-ash/constitution@2012-01-01", "--value", "2.0", "--yes"))
    let shown = try bench.orgreg("show", "101", "--format", "text")
    #expect(shown.stdout.contains("  under    2010-01-01 to 2011-12-31   constitution 1.0"), "\(shown)")
    #expect(shown.stdout.contains("from 2012-01-01            constitution 2.0"), "\(shown)")
  }

  @Test func `The biography of a body has its seats, and no names`() throws {
    try appointNamed()
    let run = try bench.orgreg("report", "body", "101")
    expectDone(run)
    #expect(run.stdout.contains("Its governing body") && run.stdout.contains("seat, chair"), "\(run)")
    #expect(!run.stdout.contains("Quirrelmann"), "\(run)")
  }

  // MARK: The report

  private func verdicts(on day: String) throws -> [String] {
    let run = try bench.orgreg("report", "governance", "--on", day, "--for", "101", "--format", "csv")
    expectDone(run)
    return run.stdout.split(separator: "\n").map(String.init)
  }

  @Test func `A rule is unmet where a vacancy is known, and silence is no breach`() throws {
    #expect(
      try verdicts(on: "2010-01-01") == [
        "code,name,seat,needed,held,vacant,verdict", "101,Ash,chair,1,,,not known", "101,Ash,gp,2,,,not known",
        "101,Ash,lay-member,,,,not known",
      ])
    expectDone(try enter("appoint 101 --seat chair --profession gp --on 2010-01-01"))
    expectDone(try enter("appoint 101 --seat gp --profession gp --on 2010-01-01"))
    expectDone(try enter("appoint 101 --seat lay-member --on 2010-01-01"))
    #expect(
      try verdicts(on: "2010-01-01").dropFirst() == [
        "101,Ash,chair,1,1,0,met", "101,Ash,gp,2,1,0,not known", "101,Ash,lay-member,,1,0,met",
      ])
    expectDone(try enter("vacate 101 --seat chair --on 2011-01-01"))
    expectDone(try enter("vacate 101 --seat gp --on 2011-01-01"))
    #expect(
      try verdicts(on: "2011-01-01").dropFirst() == [
        "101,Ash,chair,1,0,1,not met", "101,Ash,gp,2,0,1,not met", "101,Ash,lay-member,,1,0,met",
      ])
  }

  @Test func `Holders are counted by profession, beside what was published of their seats`() throws {
    for (code, profession) in [("101", "gp"), ("102", "gp"), ("103", "manager")] {
      expectDone(try enter("appoint \(code) --seat chair --profession \(profession) --on 2010-01-01"))
    }
    try bench.write(
      """
      record,key,kind,organisation,type,value,from,source,note
      claim,c1,municipality,,governance,80%,2010-01-01,gazette,chairs who were GPs
      claim,c2,municipality,,authorisation,3 of 3,2010-01-01,gazette,municipalities whose chair has a charter
      constitution,,,m-ash,,1.2,2010-01-01,gazette,

      """, to: "claims.csv")
    expectDone(try bench.orgreg("apply", "claims.csv", "--yes"))
    let run = try bench.orgreg("report", "governance", "--on", "2010-01-01")
    expectDone(run)
    for words in [
      "Of 3 known holders of the seat 'chair': 2 gp, 1 manager.", "chair  gp                2     66.7%",
      "chair  manager           1     33.3%", "chairs who were GPs", "101   Ash   1.2",
    ] {
      #expect(run.stdout.contains(words), "\(words)\(run)")
    }
    #expect(!run.stdout.contains("charter"), "\(run)")
    let before = try bench.orgreg("report", "governance", "--on", "2010-01-01", "--known-on", "2")
    #expect(before.stdout.contains("Of 3 no appointment is recorded"), "\(before)")
  }

  @Test func `Where no rule is in force and nothing is known, the report says so`() throws {
    expectDone(try bench.orgreg("apply", "county.csv", "--yes"))
    let run = try bench.orgreg("report", "governance", "--on", "2010-01-01", "--kind", "county")
    expectDone(run)
    #expect(run.stdout.contains("No rule on seats is in force on this day"), "\(run)")
  }

  @Test func `Exports know the key of a holder, never the name`() throws {
    expectDone(try enter("appoint 101 --seat chair --profession gp --holder '\(Self.name)' --on 2010-01-01"))
    expectDone(try bench.orgreg("export", "sqlite", "copy.sqlite"))
    expectDone(try bench.orgreg("export", "package", "--output", "package"))
    let appointments = try bench.bash("sqlite3 copy.sqlite 'SELECT seat, profession, holder FROM appointment'")
    #expect(appointments.lines == ["chair|gp|holder-1"])
    let script = try bench.orgreg("export", "sql", "--dialect", "portable", "--history")
    #expect(script.stdout.contains("holder-1"))
    let files = try bench.bash("cat copy.sqlite package/* | tr -d '\\0' | grep -a -c '\(Self.name)'")
    #expect(!script.stdout.contains(Self.name) && files.stdout == "0\n", "\(files)")
  }
}
