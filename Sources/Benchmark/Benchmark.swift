/// Measures what the project promises about speed, beside a peer in the same run, and prints ratios.
///
/// Runs alternate between the two sides, so that a machine that slows down slows both. The benchmark asserts nothing:
/// the numbers are for people.
@main
struct Benchmark {
  static func main() {
    guard let folder = Process.ownFolder, Process.exists("\(folder)/orgreg") else {
      print("build the tool first: swift build -c release --static-swift-stdlib")
      return
    }
    let benchmark = Benchmark(tool: "\(folder)/orgreg", scratch: "/tmp/orgreg-benchmark-\(Process.id)")
    benchmark.run()
  }

  let tool: String
  let scratch: String

  func run() {
    Process.run(["mkdir", "-p", scratch])
    defer { Process.run(["rm", "-r", scratch]) }
    if CommandLine.arguments.dropFirst().contains("restate") {
      return RestateBenchmark(tool: tool, scratch: scratch).run()
    }
    if CommandLine.arguments.dropFirst().contains("import") {
      return ImportBenchmark(tool: tool, scratch: scratch).run()
    }
    if CommandLine.arguments.dropFirst().contains("reports") { return ReportBenchmark(tool: tool).run() }
    if CommandLine.arguments.dropFirst().contains("export") {
      return ExportBenchmark(tool: tool, scratch: scratch).run()
    }
    if CommandLine.arguments.dropFirst().contains("growth") {
      return GrowthBenchmark(tool: tool, scratch: scratch).run()
    }
    let register = "\(scratch)/england.sqlite"
    Process.run([tool, "init", "--registry", register])
    let show = [tool, "show", "15N"]
    let shell = ["sqlite3", register, "SELECT * FROM code WHERE value = '15N'"]
    print("what                                              median ms   beside ms   ratio   promised")
    // The first run makes the built-in register.
    Process.run(show)
    compare("show 15N beside the sqlite3 shell", show, shell, promised: "at most 3")
    compare("show 15N beside --version", show, [tool, "--version"], promised: "at most 1.5")
    let crosswalk = [tool, "crosswalk", "--from", "2013-04-01", "--to", "2021-04-01", "--format", "csv"]
    compare(
      "crosswalk 2013 to 2021 beside the shell", crosswalk, ["sqlite3", register, Self.crosswalk], promised: "at most 3"
    )
    compare(
      "all of England by period beside one crosswalk",
      [tool, "export", "crosswalk", "--by-period", "--to", "2021-04-01"],
      [tool, "crosswalk", "--from", "2013-04-01", "--to", "2021-04-01", "--format", "csv"], rounds: 10,
      promised: "at most 60")
    start(register)
    enter(register, beside: show)
    print("(every report as a page: orgreg-benchmark reports)")
    print("(restating ten million rows, beside DuckDB and pandas: orgreg-benchmark restate)")
    print("(imports of full size, beside expat, the sqlite3 shell and sqlite-utils: orgreg-benchmark import)")
    print("(registers that grow to 300000 bodies, beside the shell and show: orgreg-benchmark growth)")
    print("(scripts of registers, beside .dump of the sqlite3 shell: orgreg-benchmark export)")
  }

  /// A query for the same rows, written by hand for the schema.
  private static let crosswalk = """
    WITH bearer AS (SELECT organisation_id, value, valid_from, ifnull(valid_to, '9999') AS valid_to
        FROM code WHERE scheme_id = 1 AND superseded_in IS NULL),
      title AS (SELECT organisation_id, value, valid_from, ifnull(valid_to, '9999') AS valid_to
        FROM name WHERE scheme_id = 2 AND superseded_in IS NULL),
      part AS (SELECT a.organisation_id AS source, b.organisation_id AS target, basis_id,
          sum(ifnull(piece_amount.amount, parcel_amount.amount)) AS amount
        FROM placement AS a JOIN placement AS b ON b.piece_id = a.piece_id JOIN piece ON piece.id = a.piece_id
          JOIN parcel_amount USING (parcel_id) LEFT JOIN piece_amount USING (piece_id, basis_id)
        WHERE basis_id IN (SELECT id FROM basis WHERE key IN ('population-2019', 'patients-2013')) AND '2013-04-01' >= a.valid_from AND '2013-04-01' < ifnull(a.valid_to, '9999')
          AND '2021-04-01' >= b.valid_from AND '2021-04-01' < ifnull(b.valid_to, '9999')
        GROUP BY 1, 2, 3)
    SELECT c.value, n.value, d.value, m.value, amount / sum(amount) OVER (PARTITION BY source, basis_id), amount
    FROM part JOIN bearer AS c ON c.organisation_id = source AND '2013-04-01' BETWEEN c.valid_from AND c.valid_to
      LEFT JOIN bearer AS d ON d.organisation_id = target AND '2021-04-01' BETWEEN d.valid_from AND d.valid_to
      LEFT JOIN title AS n ON n.organisation_id = source AND '2013-04-01' BETWEEN n.valid_from AND n.valid_to
      LEFT JOIN title AS m ON m.organisation_id = target AND '2021-04-01' BETWEEN m.valid_from AND m.valid_to
    WHERE basis_id = (SELECT min(basis_id) FROM part AS own WHERE own.source = part.source)
    ORDER BY 1, 3
    """

  /// Makes the register, beside the shell that loads its dump.
  private func start(_ register: String) {
    let fresh = "\(scratch)/fresh.sqlite"
    let dump = "\(scratch)/dump.sql"
    Process.run(["sh", "-c", "sqlite3 '\(register)' .dump > '\(dump)'"])
    func time(_ command: [String]) -> Double {
      Process.run(["rm", "-f", fresh])
      return Process.run(command)
    }
    let pairs = (0..<7).map { _ in
      (time([tool, "init", "--registry", fresh]), time(["sh", "-c", "sqlite3 '\(fresh)' < '\(dump)'"]))
    }
    Self.line("init beside the shell's load of its dump", pairs.map(\.0), pairs.map(\.1), promised: "at most 1")
  }

  /// Records one event in the full register, replay included, each time in a fresh copy.
  private func enter(_ register: String, beside show: [String]) {
    let copy = "\(scratch)/entry.sqlite"
    let merge = [
      tool, "merge", "02E", "01F", "--into", "A1A", "--name", "A", "--on", "2027-04-01", "--source", "a", "--yes",
      "--registry", copy,
    ]
    let pairs = (0..<20).map { _ -> (Double, Double) in
      Process.run(["rm", "-f", "\(copy)-wal", "\(copy)-shm"])
      Process.run(["cp", register, copy])
      return (Process.run(merge), Process.run(show))
    }
    Self.line("recording one merger beside show 15N", pairs.map(\.0), pairs.map(\.1), promised: "at most 8")
  }

  private func compare(
    _ name: String, _ own: [String], _ peer: [String], rounds: Int = 100, promised: String
  ) {
    var ownTimes: [Double] = []
    var peerTimes: [Double] = []
    for _ in 0..<rounds {
      ownTimes.append(Process.run(own))
      peerTimes.append(Process.run(peer))
    }
    Self.line(name, ownTimes, peerTimes, promised: promised)
  }

  /// Prints the medians and their ratio.
  /// - Parameter peer: the times of the peer; empty if there is none.
  static func line(_ name: String, _ own: [Double], _ peer: [Double], promised: String) {
    let ratio = peer.isEmpty ? "-" : rounded(median(own) / median(peer))
    print(
      name.padded(48), rounded(median(own)).padded(11, left: true),
      (peer.isEmpty ? "-" : rounded(median(peer))).padded(11, left: true), ratio.padded(7, left: true), "  \(promised)")
  }

  private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

  private static func rounded(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

extension String {
  fileprivate func padded(_ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - count))
    return left ? blanks + self : self + blanks
  }
}
