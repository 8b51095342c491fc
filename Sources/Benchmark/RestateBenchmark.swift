import Glibc

/// Restates ten million rows, beside DuckDB and pandas, which do the same with a ready-made crosswalk.
struct RestateBenchmark {
  let tool: String
  let scratch: String

  private static let rows = 10_000_000

  func run() {
    let (file, crosswalk) = ("\(scratch)/figures.csv", "\(scratch)/crosswalk.csv")
    let python = "\(scratch)/venv/bin/python"
    print("making \(Self.rows) rows, and an environment with duckdb and pandas from PyPI ...")
    guard
      Process.output(
        [tool, "crosswalk", "--from", "2014-04-01", "--to", "2023-04-01", "--format", "csv"], to: crosswalk),
      write(codes: codes(in: crosswalk), to: file)
    else { return print("cannot write to \(scratch)") }
    Process.run(["python3", "-m", "venv", "\(scratch)/venv"])
    Process.run([python, "-m", "pip", "install", "--quiet", "duckdb", "pandas"])
    let own = [
      tool, "restate", file, "--code", "ccg", "--as-at", "2014-04-01", "--to", "2023-04-01", "--sum", "items,cost",
      "--output", "\(scratch)/own.csv",
    ]
    let duckdb = [python, "-c", Self.duckdb, file, crosswalk, "\(scratch)/duckdb.csv"]
    let pandas = [python, "-c", Self.pandas, file, crosswalk, "\(scratch)/pandas.csv"]
    var times: (own: [Double], duckdb: [Double], pandas: [Double]) = ([], [], [])
    for round in 0..<5 {
      times.own.append(Process.run(own))
      times.duckdb.append(Process.run(duckdb))
      if round < 2 { times.pandas.append(Process.run(pandas)) }
    }
    Benchmark.line("restate 10 million rows, beside DuckDB", times.own, times.duckdb, promised: "at most 0.6")
    Benchmark.line("restate 10 million rows, beside pandas", times.own, times.pandas, promised: "")
    print("peak memory of orgreg: \(Process.peakMegabytes(own)) MB (promised: at most 300)")
  }

  private func codes(in file: String) -> [String] {
    guard let stream = fopen(file, "r") else { return [] }
    defer { fclose(stream) }
    var buffer = [CChar](repeating: 0, count: 4_096)
    var codes: Set<String> = []
    while fgets(&buffer, Int32(buffer.count), stream) != nil {
      let code = String(decoding: buffer.prefix { $0 != 44 && $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if code != "from_code" { codes.insert(code) }
    }
    return codes.sorted()
  }

  /// Writes five columns, of which two are added up, with the same rows every time.
  private func write(codes: [String], to file: String) -> Bool {
    guard !codes.isEmpty, let stream = fopen(file, "w") else { return false }
    defer { fclose(stream) }
    fputs("ccg,age,contract,items,cost\n", stream)
    let ages = ["0 to 17", "18 to 39", "40 to 64", "65 to 79", "80 and over"]
    let contracts = ["GMS", "PMS", "APMS"]
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<Self.rows {
      let cents = next(5_000_000)
      fputs(
        "\(codes[next(codes.count)]),\(ages[next(5)]),\(contracts[next(3)]),\(next(5_000)),\(cents / 100).\(cents % 100 / 10)\(cents % 10)\n",
        stream)
    }
    return true
  }

  private static let duckdb = """
    import duckdb, sys
    connection = duckdb.connect(config={'threads': 2})
    connection.execute(f\"\"\"COPY (
      SELECT to_code AS ccg, age, contract, sum(items * share) AS items, sum(cost * share) AS cost
      FROM read_csv('{sys.argv[1]}', header = true) AS figures
      JOIN read_csv('{sys.argv[2]}', header = true, all_varchar = false) AS crosswalk ON ccg = from_code
      GROUP BY ALL ORDER BY ALL) TO '{sys.argv[3]}' (HEADER)\"\"\")
    """

  private static let pandas = """
    import pandas, sys
    figures = pandas.read_csv(sys.argv[1], dtype={'ccg': str})
    crosswalk = pandas.read_csv(sys.argv[2], dtype={'from_code': str, 'to_code': str})
    joined = figures.merge(crosswalk[['from_code', 'to_code', 'share']], left_on='ccg', right_on='from_code')
    joined['items'] *= joined['share']
    joined['cost'] *= joined['share']
    joined.groupby(['to_code', 'age', 'contract'])[['items', 'cost']].sum().to_csv(sys.argv[3])
    """
}
