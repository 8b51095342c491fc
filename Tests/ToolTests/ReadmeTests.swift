import Foundation
import Testing

/// The README and the guides are right: their commands run, and print the output that they show.
@Suite struct ReadmeTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil

  /// The commands of a document run from its top to its end, in a folder of their own.
  @Test(arguments: Document.all)
  func `The commands of a document run, and print what it shows`(document: Document) throws {
    let bench = try Workbench()
    bench.environment["PATH", default: ""] += ":" + (Workbench.binary as NSString).deletingLastPathComponent
    try prepare(bench)
    var recorded = document.text
    for example in document.examples {
      let run = try bench.bash(example.command)
      #expect(run.status == 0, "\(run)")
      guard let output = example.output else { continue }
      let now = run.stdout.trimmingCharacters(in: .newlines)
      if Self.isRecording {
        recorded = recorded.replacing(example.block(output), with: example.block(now))
      } else {
        #expect(output == now, "\(run)")
      }
    }
    if Self.isRecording {
      try recorded.write(toFile: document.path, atomically: true, encoding: .utf8)
      Issue.record("recorded \(document): read it, then run the tests without RECORD_SNAPSHOTS")
    }
  }

  @Test(arguments: Document.all) func `A document shows what a command prints`(document: Document) {
    #expect(document.examples.contains { $0.output != nil })
  }

  /// A guide is printed as it is written, with its examples indented. Only the output of commands may be wider.
  @Test(arguments: Document.guides) func `A guide fits a terminal of 80 columns`(guide: Document) {
    var isExample = false
    for line in guide.text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isExample.toggle() }
      #expect(isExample || line.count <= 80, "\(line)")
    }
    for line in guide.examples.flatMap({ $0.command.components(separatedBy: "\n") }) {
      #expect(line.count <= 78, "\(line)")
    }
  }

  /// The files that the documents read.
  private func prepare(_ bench: Workbench) throws {
    let changeFiles = Document.guides.flatMap { $0.blocks("csv", after: "<!-- change file -->\n") }
    try #require(changeFiles.count == 2)
    for (name, text) in [
      "eccg.csv": Self.odsFile, "epraccur.csv": Self.practices, "merger.csv": changeFiles[0],
      "harbour.csv": changeFiles[1],
      "CCG20_STP20.csv": "CCG20CD,CCG20CDH,STP20CD\nE38000016,00T,E54000007\n",
      "epcmem.csv": "\"A81001\",\"00K\",\"W\",\"20130401\",\"20200331\",\"0\"\r\n",
      "figures.csv": "month,ccg,patients\n2016-05-01,00Q,1000\n2023-05-01,D2P2L,500\n",
    ] { try bench.write(Array(text.utf8), to: name) }
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
