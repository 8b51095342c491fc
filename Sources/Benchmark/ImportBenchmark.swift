import RegistryFormats
import Glibc

/// Imports files of full size, each beside the quickest program that does a part of the work: expat, which only reads,
/// and the shell, which fills a table without checks.
struct ImportBenchmark {
  let tool: String
  let scratch: String

  func run() {
    print("what                                              median ms   beside ms   ratio   promised")
    memberships()
    ODSXMLBenchmark(tool: tool, scratch: scratch).run()
  }

  /// Imports who belonged to whom since 1999, in as many rows as the real file has.
  private func memberships() {
    let file = "\(scratch)/epcmem.csv"
    do { try MembershipDocument.write(to: file) } catch { return print(error) }
    let register = "\(scratch)/memberships.sqlite"
    Process.run([tool, "init", "--registry", register])
    let importing = [
      tool, "import", "ods-membership", file, "--create-missing", "--issued", "2020-01-01", "--yes", "--registry",
      register,
    ]
    let table = "\(scratch)/table.sqlite"
    let shell = [
      "sqlite3", table, "CREATE TABLE epcmem (member, parent, type, joined, left, amended)", ".mode csv",
      ".import \(file) epcmem",
    ]
    var (own, peer, again): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<5 {
      Process.run(["rm", "-f", register, "\(register)-wal", "\(register)-shm", table])
      Process.run([tool, "init", "--registry", register])
      own.append(Process.run(importing))
      peer.append(Process.run(shell))
      again.append(Process.run(importing))
    }
    let rows = MembershipDocument.rowCount
    Benchmark.line("\(rows) memberships, beside .import of the shell", own, peer, promised: "at most 12")
    Benchmark.line("the same again, beside the first time", again, own, promised: "at most 0.5")
    let utils = "\(scratch)/utils.sqlite"
    let insert = ["sqlite-utils", "insert", utils, "epcmem", file, "--csv", "--no-headers"]
    guard Process.run(["sqlite-utils", "--version"]).isFinite else { return }
    let others = (0..<3).map { _ -> Double in
      Process.run(["rm", "-f", utils])
      return Process.run(insert)
    }
    Benchmark.line("memberships, beside sqlite-utils insert", own, others, promised: "at most 0.1")
  }
}

/// A file of memberships as large as the real one, the same bytes every time. Its practices are invented, but the
/// bodies to which they belong are real.
private enum MembershipDocument {
  static let rowCount = 47_822
  private static let practiceCount = 16_773

  static func write(to path: String) throws {
    var text: [UInt8] = []
    for row in 0..<rowCount {
      let practice = row % practiceCount
      let code = "\("ABCDEFGHJKLMNPY".utf8.map { Character(UnicodeScalar($0)) }[practice % 15])\(80_000 + practice)"
      let (parent, joined, left): (String, String, String) =
        switch row / practiceCount {
        case 0: (["00L", "00P", "01E", "02Q", "03N"][practice % 5], "20130401", "")
        case 1: (["5QE", "5QA", "5PL", "5NT", "5P5"][practice % 5], "20061001", "20130331")
        default: (["5DF", "5KV", "5HP", "5LT", "5FV"][practice % 5], "20020401", "20040331")
        }
      text.append(contentsOf: "\"\(code)\",\"\(parent)\",\"W\",\"\(joined)\",\"\(left)\",\"0\"\r\n".utf8)
    }
    try Files.write(text, to: path)
  }
}
