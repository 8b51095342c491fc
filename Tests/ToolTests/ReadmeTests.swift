import Foundation
import Testing

/// The README says what the tool does: its commands are run, and what it shows is what they print.
@Suite struct ReadmeTests {
  private static let path = "\(Workbench.package)/README.md"
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
  private static let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""

  /// The contents of fenced blocks, for example those that open with "```sh".
  private func blocks(_ language: String, after mark: String = "") -> [String] {
    Self.text.components(separatedBy: "\(mark)```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
  }

  @Test func `What the readme shows is what the tool prints`() throws {
    let bench = try Workbench()
    var recorded = Self.text
    let shown = blocks("console", after: "<!-- output -->\n")
    #expect(shown.count >= 4)
    for block in shown {
      let line = block.components(separatedBy: "\n")[0]
      let run = try bench.bash(line.dropFirst("$ ".count).replacingOccurrences(of: "orgreg ", with: "\"$orgreg\" "))
      let now = line + "\n" + run.stdout.trimmingCharacters(in: .newlines)
      #expect(run.status == 0, "\(run)")
      if Self.isRecording {
        recorded = recorded.replacingOccurrences(of: block, with: now)
      } else {
        #expect(block == now, "\(run)")
      }
    }
    if Self.isRecording {
      try recorded.write(toFile: Self.path, atomically: true, encoding: .utf8)
      Issue.record("recorded README.md: read it, then run the tests without RECORD_SNAPSHOTS")
    }
  }

  @Test func `The commands of the tour run`() throws {
    let bench = try Workbench()
    try bench.write(Array(Self.odsFile.utf8), to: "eccg.csv")
    try bench.write(Array("CCG20CD,CCG20CDH,STP20CD\nE38000016,00T,E54000007\n".utf8), to: "CCG20_STP20.csv")
    try bench.write(Array(Self.practices.utf8), to: "epraccur.csv")
    try bench.write(
      Array("\"A81001\",\"00K\",\"W\",\"20130401\",\"20200331\",\"0\"\r\n".utf8), to: "epcmem.csv")
    let changeFile = try #require(blocks("csv", after: "<!-- change file -->\n").first)
    try bench.write(Array(changeFile.utf8), to: "merger.csv")
    try bench.write(Array("month,ccg,patients\n2016-05-01,05L,1000\n2023-05-01,D2P2L,500\n".utf8), to: "figures.csv")
    let commands = blocks("sh").flatMap { $0.components(separatedBy: "\n") }.filter { $0.hasPrefix("orgreg ") }
    #expect(commands.count > 12)
    for command in commands {
      let run = try bench.bash("\"$orgreg\"" + command.dropFirst("orgreg".count))
      #expect(run.status == 0, "\(run)")
    }
  }

  private static let practices = """
    "A81001","THE DENSHAM SURGERY","Y63","QHM","","","","","","","19740401","","ACTIVE","B","16C","20200401","","","","","","1","","16C","","RO76",""

    """

  /// Two rows as the service writes them: 27 quoted fields, no header.
  private static let odsFile = """
    "00C","NHS DARLINGTON CCG","Y63","QHM","","","","","","","20130401","20200331","","","","","","","","","","1","","","","",""
    "00L","NHS NORTH EAST AND NORTH CUMBRIA ICB - 00L","Y63","QHM","","","","","","","20130401","","","RO319","","","","","","","","1","","","","",""

    """
}
