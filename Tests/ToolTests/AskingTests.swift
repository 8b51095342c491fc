import Testing

/// What a person sees at a terminal before anything is written, and what follows from the answer.
@Suite struct AskingTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "county.csv", "--yes"))
    for (code, name) in [("C1", "Shire"), ("C2", "Riding")] {
      let words = ["establish", code, "--name", name, "--kind", "county", "--on", "2010-01-01"]
      expectDone(try bench.orgreg(words + ["--source", "gazette", "--yes"]))
    }
    for code in ["101", "102"] {
      expectDone(
        try bench.orgreg("attach", code, "--to", "C1", "--on", "2010-01-01", "--source", "gazette", "--yes"))
    }
  }

  private let merger = [
    "merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01", "--source",
    "SI 2020/7 The Dale Order",
  ]

  private func revisions() throws -> Int { try bench.orgreg("log", "--format", "csv").lines.count - 1 }

  /// A line with single blanks between its columns.
  private func closed(_ line: String) -> String { line.split(separator: " ").joined(separator: " ") }

  // MARK: The difference

  @Test func `A merger is shown body by body, with codes and names`() throws {
    let run = try bench.orgreg(merger + ["--dry-run"])
    expectDone(run)
    #expect(
      run.stdout == """
        On 2020-01-01   merger   SI 2020/7 The Dale Order (new source)
        ends  101  Ash     no 101, into 104
        ends  102  Birch   no 102, into 104
        new   104  Dale    municipality, part of C1 Shire

        +12 new  ~10 changed  -0 taken back

        """, "\(run)")
    #expect(run.complaints == ["orgreg: dry run: nothing was changed"], "\(run)")
  }

  @Test func `Bodies under those that merge move, and an undo takes it all back`() throws {
    let words = ["merge", "C1", "C2", "--into", "C3", "--name", "Ridings", "--on", "2020-01-01", "--source", "gazette"]
    let run = try bench.orgreg(words + ["--yes"])
    #expect(run.lines.contains { $0.hasPrefix("moves  101  Ash ") && $0.hasSuffix(" from C1 to C3") }, "\(run)")
    let undo = try bench.orgreg("undo", "last", "--dry-run")
    let lines = undo.lines.map(closed)
    #expect(lines.contains("moves 101 Ash from C3 to C1") && lines.contains("gone C3 Ridings"), "\(undo)")
    #expect(lines.contains { $0.hasPrefix("lives on C1 Shire ") }, "\(undo)")
  }

  @Test func `A new day of an event is told once for each body`() throws {
    expectDone(try bench.orgreg(merger + ["--yes"]))
    let run = try bench.orgreg("amend", "2020-01-01-merger-104", "--on", "2021-01-01", "--dry-run")
    #expect(
      run.lines.map(closed).contains("event 2020-01-01-merger-104 day 2021-01-01, was 2020-01-01"), "\(run)")
    #expect(run.stdout.contains("dated  104"), "\(run)")
    #expect(run.stdout.contains("to 2020-12-31, was 2019-12-31"), "\(run)")
  }

  @Test func `Rows of tables are shown on request, and programs get them anyway`() throws {
    let rows = try bench.orgreg(merger + ["--dry-run", "--rows"])
    #expect(rows.lines.first?.hasPrefix("action") ?? false, "\(rows)")
    let csv = try bench.orgreg(merger + ["--dry-run", "--format", "csv"])
    #expect(csv.lines.first == "action,table,key,before,after", "\(csv)")
    #expect(rows.lines.count >= csv.lines.count)
  }

  @Test(arguments: [
    "merge 101 102 --into 104", "absorb 101 --into 102", "close 101", "attach 101 --to C2", "rename 101",
  ])
  func `Every difference fits 80 columns`(words: String) throws {
    let name = "The Most Excellent and Very Long Name of a Municipality by the Sea, under the Hill, beyond the Marsh"
    let named = words.hasPrefix("merge") || words.hasPrefix("rename") ? ["--name", name] : []
    let run = try bench.orgreg(
      words.split(separator: " ").map(String.init) + named + ["--on", "2020-01-01", "--source", "gazette", "--dry-run"])
    expectDone(run)
    for line in run.lines { #expect(line.count <= 80, "\(line)") }
  }

  // MARK: The question

  @Test func `Yes records, and says how to take it back`() throws {
    let run = try bench.atTerminal(merger, typing: "y\n")
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.contains("recorded revision 7 (undo: orgreg undo 7)"), "\(run)")
    #expect(try revisions() == 7)
  }

  @Test(arguments: ["n\n", "no\n", "\u{4}"]) func `No, and the end of all input, are no failure`(typed: String) throws {
    let run = try bench.atTerminal(merger, typing: typed)
    #expect(run.status == 3 && run.stdout.contains("nothing was changed"), "\(run)")
    #expect(try revisions() == 6)
  }

  @Test func `A misspelt answer is asked for again, and rows are shown before the answer`() throws {
    let run = try bench.atTerminal(merger, typing: "yse\n\nr\nyes\n")
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.ranges(of: "Answer with one of: yes, no, rows, edit.").count == 2, "\(run)")
    #expect(run.stdout.contains("m-ash/life/legal"), "\(run)")
  }

  @Test func `An import is shown body by body, and asks`() throws {
    bench.environment["ORGREG_REGISTRY"] = "england.sqlite"
    expectDone(try bench.orgreg("init"))
    var row = ["X1A", "A NEW HUB"] + Array(repeating: "", count: 25)
    (row[10], row[13]) = ("20200401", "RO218")
    try bench.write(row.map { "\"\($0)\"" }.joined(separator: ",") + "\n", to: "hubs.csv")
    let words = ["import", "ods-csv", "hubs.csv", "--issued", "2022-01-01"]
    let no = try bench.atTerminal(words, typing: "r\nn\n")
    #expect(no.status == 3 && no.stdout.contains("new") && no.stdout.contains("A NEW HUB"), "\(no)")
    #expect(no.stdout.contains("life"), "the rows\(no)")
    #expect(try bench.orgreg("log").stdout.contains("hubs.csv") == false)
    let elsewhere = try bench.orgreg(words)
    #expect(elsewhere.status == 2 && elsewhere.stderr.contains("say --yes to write it"), "\(elsewhere)")
    #expect(elsewhere.stdout.contains("A NEW HUB"), "\(elsewhere)")
    let yes = try bench.atTerminal(words, typing: "y\n")
    #expect(yes.status == 0 && yes.stdout.contains("undo: orgreg undo"), "\(yes)")
    let again = try bench.orgreg(words)
    #expect(again.status == 0 && again.stderr.contains("nothing to do"), "\(again)")
  }

  @Test func `The change file is edited before it is recorded`() throws {
    bench.environment["EDITOR"] = "sed -i s/Dale/Vale/"
    let run = try bench.atTerminal(merger, typing: "e\ny\n")
    #expect(run.status == 0, "\(run)")
    #expect(try bench.orgreg("find", "Vale", "--format", "csv").stdout.contains("104,Vale,"), "\(run)")
    bench.environment["EDITOR"] = "sed -i s/^record/rekord/"
    let wrong = try bench.atTerminal(["rename", "103", "--name", "X", "--on", "2020-01-01", "--edit"], typing: "n\n")
    #expect(wrong.status == 3 && wrong.stdout.contains("unknown column 'rekord'"), "\(wrong)")
  }

  @Test func `If somebody else records meanwhile, it is shown and asked again`() throws {
    try bench.write(
      """
      cat
      if mkdir done 2>/dev/null; then
        \(Workbench.binary) rename 102 --name Birken --on 2015-01-01 --source gazette --by jane --yes >/dev/null 2>&1
      fi
      """, to: "meanwhile.sh")
    bench.environment["PAGER"] = "sh meanwhile.sh"
    let command = try bench.command(merger)
    var session = TerminalSession()
    session.rows = 4
    var words = command
    words.environment["COLUMNS"] = nil
    let run = try session.run(words, typing: "y\ny\n")
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.contains("jane recorded revision 7 in the meantime"), "\(run)")
    #expect(run.stdout.contains("102  Birken") && run.stdout.contains("recorded revision 8"), "\(run)")
  }

  @Test func `Colour is shown where the terminal has it and nobody minds`() throws {
    #expect(try bench.atTerminal(merger, typing: "n\n").stdout.contains("\u{1B}[32mnew"))
    bench.environment["NO_COLOR"] = "1"
    #expect(try !bench.atTerminal(merger, typing: "n\n").stdout.contains("\u{1B}"))
    bench.environment["NO_COLOR"] = nil
    bench.environment["TERM"] = "dumb"
    #expect(try !bench.atTerminal(merger, typing: "n\n").stdout.contains("\u{1B}"))
    #expect(try !bench.orgreg(merger + ["--dry-run"]).stdout.contains("\u{1B}"))
  }
}
