/// Measures what the project promises about speed, beside a peer in the same run, and prints ratios.
///
/// Runs alternate between the two sides, so that a machine that slows down slows both. Nothing is asserted here: the
/// numbers are for people.
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
    let register = "\(scratch)/england.sqlite"
    Process.run([tool, "init", "--registry", register])
    let show = [tool, "show", "15N"]
    let shell = ["sqlite3", register, "SELECT * FROM code WHERE value = '15N'"]
    print("what                                              median ms   beside ms   ratio   promised")
    // The first run makes the built-in register.
    Process.run(show)
    compare("show 15N beside the sqlite3 shell", show, shell, promised: "at most 3")
    compare("show 15N beside --version", show, [tool, "--version"], promised: "at most 1.5")
    let fresh = "\(scratch)/fresh.sqlite"
    let times = (0..<7).map { _ -> Double in
      Process.run(["rm", "-f", fresh])
      return Process.run([tool, "init", "--registry", fresh])
    }
    line("init with all seeds", median(times), nil, promised: "under 1000 ms")
  }

  private func compare(_ name: String, _ own: [String], _ peer: [String], promised: String) {
    var ownTimes: [Double] = []
    var peerTimes: [Double] = []
    for _ in 0..<100 {
      ownTimes.append(Process.run(own))
      peerTimes.append(Process.run(peer))
    }
    line(name, median(ownTimes), median(peerTimes), promised: promised)
  }

  private func line(_ name: String, _ own: Double, _ peer: Double?, promised: String) {
    let ratio = peer.map { rounded(own / $0) } ?? "-"
    print(
      name.padded(48), rounded(own).padded(11, left: true), (peer.map(rounded) ?? "-").padded(11, left: true),
      ratio.padded(7, left: true), "  \(promised)")
  }

  private func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

  private func rounded(_ number: Double) -> String {
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
