import RegistryFormats
import Foundation
import RegistryTestSupport
import Testing

/// Work on the register that does not change what it says changes no byte of England. The hashes are of every table of
/// the built-in register, of its change file and of every other export.
///
/// `Golden/england-hashes.txt` has a line for each, with the hash and the name. If a table differs, so do most exports,
/// so look at the tables first. `RECORD_SNAPSHOTS=1 swift test --filter EnglandHashTests` writes the file again and
/// fails, so that nobody commits it unread.
@Suite(.tags(.slow), .inFullRuns, .enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct EnglandHashTests {
  private static let file = "\(Workbench.package)/Tests/ToolTests/Golden/england-hashes.txt"
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  /// The exports to standard output. All days are named, so no answer depends on the day of the test.
  static let exports: [(name: String, words: [String])] =
    [
      ("export changes", ["changes"]),
      ("export csv", ["csv", "--on", "2025-04-01"]),
      ("export csv for Excel", ["csv", "--on", "2014-04-01", "--excel"]),
      ("export ods-csv", ["ods-csv", "--on", "2025-04-01"]),
      ("export ods-csv, legacy", ["ods-csv", "--on", "2016-04-01"]),
      ("export ods-succession", ["ods-succession", "--on", "2025-04-01"]),
      ("export ord-json", ["ord-json", "--on", "2025-04-01"]),
      ("export fhir", ["fhir", "--on", "2025-04-01"]),
      ("export crosswalk", ["crosswalk", "--from", "2012-04-01", "--to", "2024-04-01"]),
      ("export sql, with history", ["sql", "--dialect", "sqlite", "--history"]),
    ]

  @Test func `England is what it was, to the byte`() throws {
    let bench = try Workbench()
    try bench.copyEngland()
    let found = try tables("table", of: "registry.sqlite", bench) + exportedText(bench) + exportedFiles(bench)
    try #require(found.count > 70, "the register has lost tables")
    if Self.isRecording {
      let lines = found.map { "\($0.hash)  \($0.name)\n" }
      try lines.joined().write(toFile: Self.file, atomically: true, encoding: .utf8)
      Issue.record("recorded the hashes of England: read which changed, then run the tests without RECORD_SNAPSHOTS")
      return
    }
    let lines = try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n")
    var recorded = Dictionary(uniqueKeysWithValues: lines.map { (String($0.dropFirst(66)), String($0.prefix(64))) })
    for (name, hash) in found {
      let known = recorded.removeValue(forKey: name)
      #expect(hash == known, "\(name) \(known == nil ? "is new" : "is not what it was")")
    }
    #expect(recorded.keys.sorted() == [], "no longer there")
  }

  private typealias Hashed = (name: String, hash: String)

  // MARK: Tables

  /// The columns with the time when the file was made. The facts have the same recorded time in every file.
  private static let wallClock: Set<String> = ["applied_at"]

  /// All rows of every table, in the order of its primary key, as SQL writes values.
  private func tables(_ title: String, of file: String, _ bench: Workbench) throws -> [Hashed] {
    let columns = try bench.sqlite3(
      file,
      """
      SELECT m.name, c.name, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_stat%' ORDER BY m.name, c.cid
      """
    ).split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    let names = columns.map { $0[0] }.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    return try names.map { name in
      let own = columns.filter { $0[0] == name && !Self.wallClock.contains($0[1]) }
      let key = own.filter { $0[2] != "0" }.sorted { $0[2] < $1[2] }.map { $0[1] }
      let values = own.map { "quote(\"\($0[1])\")" }.joined(separator: ", ")
      let order = (key.isEmpty ? own.map { $0[1] } : key).map { "\"\($0)\"" }.joined(separator: ", ")
      let query = "SELECT \(values) FROM \"\(name)\" ORDER BY \(order)"
      try bench.write(query, to: "query")
      return ("\(title) \(name)", try hash(bench.bash("set -o pipefail; sqlite3 -batch \(file) < query | sha256sum")))
    }
  }

  // MARK: Exports

  /// Two commands at a time.
  private func exportedText(_ bench: Workbench) throws -> [Hashed] {
    var hashes: [Hashed] = []
    var running: [(name: String, command: Running)] = []
    func finishFirst() throws {
      let (name, command) = running.removeFirst()
      hashes.append((name, try hash(command.finish())))
    }
    for (name, words) in Self.exports {
      if running.count == 2 { try finishFirst() }
      var command = try bench.command([])
      command.words = ["bash", "-c", "set -o pipefail; \"$0\" export \"$@\" | sha256sum", Workbench.binary] + words
      running.append((name, try command.start()))
    }
    while !running.isEmpty { try finishFirst() }
    #expect(!hashes.contains { $0.hash == SHA256.hex(of: []) }, "an export says nothing")
    return hashes
  }

  /// The hash that `sha256sum` printed at the end of a pipe. Crosswalks have gaps, so status 1 is right.
  private func hash(_ run: Run) throws -> String {
    try #require(run.status < 2 && run.stdout.count > 64, "\(run)")
    return String(run.stdout.prefix(64))
  }

  /// The exports that make a file or a folder.
  private func exportedFiles(_ bench: Workbench) throws -> [Hashed] {
    let scripts = try EnglandExports.dialects.map { dialect in
      ("export sql, \(dialect)", try hash(bench.bash("sha256sum < \(try EnglandExports.script(dialect))")))
    }
    let sums = try bench.bash(
      "cd \(try EnglandExports.package()) && find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum")
    return scripts + sums.lines.map { ("export package, \($0.dropFirst(66))", String($0.prefix(64))) }
      + (try tables("export sqlite,", of: EnglandExports.sqliteFile(), bench))
  }
}
