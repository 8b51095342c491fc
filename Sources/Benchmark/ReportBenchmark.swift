/// Measures every report on the whole England register, as a page with its pictures, beside a start of the tool that
/// does nothing.
struct ReportBenchmark {
  let tool: String

  private static let reports = [
    "counts", "reconcile", "body 00L", "mergers", "succession --kind pct --to-kind ccg", "clusters",
    "timeline", "hierarchy --on 2018-04-01 --compare 2020-04-01", "population", "allocation --for 72Q",
    "allocation --per-head registered-patients", "quality", "coterminosity --on 2019-04-01",
    "oversight --on 2013-04-01",
    "governance --on 2014-10-01", "membership --on 2013-04-01",
  ]

  func run() {
    // The first run makes the built-in register.
    Process.run([tool, "status"])
    print("report                                           median ms   beside ms   ratio   promised")
    for report in Self.reports {
      let words = [tool, "report"] + report.split(separator: " ").map(String.init) + ["--format", "html"]
      var own: [Double] = []
      var peer: [Double] = []
      for _ in 0..<15 {
        own.append(Process.run(words))
        peer.append(Process.run([tool, "--version"]))
      }
      Benchmark.line(report, own, peer, promised: "under 200 ms")
    }
  }
}
