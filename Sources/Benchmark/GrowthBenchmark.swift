import RegistryFormats

/// What an event, a question and a check cost in registers of 3,000, 30,000 and 300,000 bodies beside those of England,
/// each beside the shell, or beside `show` in the same register.
struct GrowthBenchmark {
  let tool: String
  let scratch: String

  func run() {
    print("what                                              median ms   beside ms   ratio   promised")
    var peaks: [Int] = []
    for count in [3_000, 30_000, 300_000] {
      let register = "\(scratch)/grown-\(count).sqlite"
      let file = "\(scratch)/grown-\(count).csv"
      do { try PracticesDocument.write(count, to: file) } catch { return print(error) }
      peaks.append(apply(file, to: register))
      ask(register, "\(count)")
      enter(register, "\(count)")
    }
    print("peak memory of apply: \(peaks.map { "\($0) MB" }.joined(separator: ", ")) (promised: under 500)")
  }

  /// - Returns: the peak of the memory, in megabytes.
  private func apply(_ file: String, to register: String) -> Int {
    let command = [tool, "apply", file, "--yes", "--registry", register]
    Process.run([tool, "init", "--registry", register])
    let start = ContinuousClock.now
    let peak = Process.peakMegabytes(command)
    let own = milliseconds(since: start)
    let (script, fresh) = ("\(register).sql", "\(register).loaded")
    guard Process.output([tool, "export", "sql", "--dialect", "sqlite", "--registry", register], to: script) else {
      print("cannot export \(register)")
      return peak
    }
    let peer = Process.run(["sh", "-c", "sqlite3 '\(fresh)' < '\(script)'"])
    Process.run(["rm", "-f", script, fresh])
    Benchmark.line("apply of the change file, beside the shell's load", [own], [peer], promised: "at most 1.5")
    return peak
  }

  private func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let elapsed = start.duration(to: .now).components
    return Double(elapsed.seconds) * 1_000 + Double(elapsed.attoseconds) / 1e15
  }

  private func ask(_ register: String, _ count: String) {
    let select = ["sqlite3", "-csv", register, Self.bodies]
    compare(
      "list of \(count) bodies, beside the shell's SELECT", ["list", "gp-practice", "--format", "csv"], select,
      register, "at most 3")
    compare(
      "find of \(count) bodies, beside the shell's SELECT", ["find", "long street", "--format", "csv"], select,
      register, "at most 3")
    compare(
      "crosswalk among \(count), beside show",
      ["crosswalk", "--from", "2013-04-01", "--to", "2021-04-01", "--format", "csv"], show(register), register, "-")
    compare(
      "check of \(count), beside SQLite's own checks", ["check"],
      ["sqlite3", register, "PRAGMA integrity_check; PRAGMA foreign_key_check"], register, "at most 2")
  }

  /// An event is recorded, taken back, and recorded and moved.
  private func enter(_ register: String, _ count: String) {
    let merge = ["merge", "02E", "01F", "--into", "A1A", "--name", "A", "--on", "2027-04-01", "--source", "a", "--yes"]
    func time(_ words: [String]) -> Double { Process.run([tool] + words + ["--registry", register]) }
    let events = (0..<5).map { _ in (time(merge), time(["undo", "last", "--yes"])) }
    _ = time(merge)
    let amendments = (0..<6).map { round in
      time(["amend", "2027-04-01-merger-A1A", "--on", round % 2 == 0 ? "2027-05-01" : "2027-04-01", "--yes"])
    }
    let peer = (0..<9).map { _ in Process.run(show(register)) }
    let promised = count == "300000" ? "at most 16" : "-"
    Benchmark.line("a merger among \(count), beside show", events.map(\.0), peer, promised: promised)
    Benchmark.line("its amendment", amendments, peer, promised: promised)
    Benchmark.line("its undo", events.map(\.1), peer, promised: promised)
  }

  private func show(_ register: String) -> [String] { [tool, "show", "15N", "--registry", register] }

  private func compare(_ name: String, _ words: [String], _ peer: [String], _ register: String, _ promised: String) {
    let pairs = (0..<5).map { _ in (Process.run([tool] + words + ["--registry", register]), Process.run(peer)) }
    Benchmark.line(name, pairs.map(\.0), pairs.map(\.1), promised: promised)
  }

  /// The rows and columns of `list gp-practice`, written by hand for the schema.
  private static let bodies = """
    SELECT
      (SELECT value FROM code WHERE organisation_id = body.id AND scheme_id = 1 AND superseded_in IS NULL
        ORDER BY valid_from DESC LIMIT 1),
      (SELECT value FROM code WHERE organisation_id = body.id AND scheme_id = 2 AND superseded_in IS NULL
        ORDER BY valid_from DESC LIMIT 1),
      (SELECT value FROM name WHERE organisation_id = body.id AND superseded_in IS NULL
        ORDER BY valid_from DESC, scheme_id LIMIT 1) AS title,
      (SELECT group_concat(DISTINCT kind.key) FROM role JOIN kind ON kind.id = kind_id
        WHERE organisation_id = body.id AND superseded_in IS NULL),
      (SELECT min(valid_from) FROM life WHERE organisation_id = body.id AND superseded_in IS NULL),
      (SELECT iif(count(*) = count(valid_to), date(max(valid_to), '-1 day'), NULL) FROM life
        WHERE organisation_id = body.id AND superseded_in IS NULL)
    FROM organisation AS body WHERE id IN (
      SELECT organisation_id FROM role JOIN kind ON kind.id = kind_id
      WHERE kind.key = 'gp-practice' AND superseded_in IS NULL)
    ORDER BY title
    """
}

/// A change file of invented practices, the same bytes every time: each with a life, a code, a name, a kind and a trust
/// that it belonged to.
private enum PracticesDocument {
  private static let trusts = ["pct-5A3", "pct-5A4", "pct-5A5", "pct-5A7", "pct-5A8", "pct-5A9", "pct-5AT", "pct-5C1"]

  static func write(_ count: Int, to path: String) throws {
    let file = try AtomicFile(path)
    try file.write("record,key,organisation,other,kind,timeline,scheme,value,from,to,source\n")
    try file.write("source,list,,,,,,A list,,,\n")
    for number in 0..<count {
      let (body, code) = ("practice-x\(number)", "Z\(1_000_000 + number)")
      try file.write(
        """
        organisation,\(body),,,,,,,,,
        life,,\(body),,,legal,,,2005-04-01,,list
        code,,\(body),,,,ods,\(code),2005-04-01,,list
        name,,\(body),,,,ods,Practice \(number) of the long street,2005-04-01,,list
        role,,\(body),,gp-practice,,,,2005-04-01,,list
        relationship,,\(body),\(trusts[number % trusts.count]),member-of,,,,2005-04-01,2013-03-31,list

        """)
    }
    try file.commit()
  }
}
