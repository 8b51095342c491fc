import RegistryFormats

/// Exports the register as a script, beside the `sqlite3` shell that dumps the same tables.
struct ExportBenchmark {
  let tool: String
  let scratch: String

  func run() {
    print("what                                              median ms   beside ms   ratio   promised")
    let england = "\(scratch)/england.sqlite"
    Process.run([tool, "init", "--registry", england])
    compare("the England register", england, times: 15)
    var peaks: [Int] = []
    for count in [30_000, 300_000] {
      let register = "\(scratch)/bodies-\(count).sqlite"
      let file = "\(scratch)/bodies-\(count).csv"
      do { try BodiesDocument.write(count, to: file) } catch { return print(error) }
      Process.run([tool, "init", "--empty", "--registry", register])
      Process.run([tool, "apply", file, "--yes", "--registry", register])
      compare("\(count) bodies", register, times: 5)
      peaks.append(Process.peakMegabytes(export(register)))
    }
    print("peak memory of the export: \(peaks[0]) MB for 30000 bodies, \(peaks[1]) MB for ten times as many")
  }

  private func export(_ register: String) -> [String] {
    [tool, "export", "sql", "--dialect", "sqlite", "--registry", register]
  }

  private func compare(_ name: String, _ register: String, times: Int) {
    let script = register + ".sql"
    let tables = register + ".tables"
    guard Process.output(export(register), to: script) else { return print("cannot export \(register)") }
    Process.run(["sqlite3", "-bail", tables, ".read \(script)"])
    var (own, peer): ([Double], [Double]) = ([], [])
    for _ in 0..<times {
      own.append(Process.run(export(register)))
      peer.append(Process.run(["sqlite3", tables, ".dump"]))
    }
    Benchmark.line("export sql, \(name), beside .dump of the shell", own, peer, promised: "at most 1")
  }
}

/// A change file of invented bodies, the same bytes every time. Each body has a life, a code, a name and a kind.
private enum BodiesDocument {
  static func write(_ count: Int, to path: String) throws {
    let file = try AtomicFile(path)
    try file.write(
      """
      record,key,organisation,scheme,kind,timeline,value,from,to,source
      source,list,,,,,A list,,,
      scheme,no,,,,,Number,,,
      kind,practice,,,,,Practice,,,

      """)
    for number in 0..<count {
      let body = "body-\(number)"
      let from = "20\(10 + number % 10)-04-01"
      let to = number % 3 == 0 ? "2024-03-31" : ""
      try file.write(
        """
        organisation,\(body),,,,,,,,
        life,,\(body),,,legal,,\(from),\(to),list
        code,,\(body),no,,,X\(number),\(from),\(to),list
        name,,\(body),no,,,The practice of number \(number),\(from),\(to),list
        role,,\(body),,practice,,,\(from),\(to),list

        """)
    }
    try file.commit()
  }
}
