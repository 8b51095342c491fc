import Foundation
import RegistryTestSupport
import Testing

/// What the tool prints, to the byte: `Golden/<case>/args` (one word per line), `stdout`, and `status` if it is not 0.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter ToolTests` writes the answers again and fails, so that nobody commits them
/// unread. A new case begins as a folder with only `args`.
@Suite struct GoldenTests {
  private static let folder = "\(Workbench.package)/Tests/ToolTests/Golden"
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  /// Every folder under `Golden`.
  static let cases: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
    }.sorted()

  /// A test without cases passes, so this test counts them.
  @Test func `There are cases, and each has a command`() throws {
    #expect(Self.cases.count > 100, "only \(Self.cases.count) folders under \(Self.folder)")
    for name in Self.cases { #expect(try !words(of: name).isEmpty, "\(name)") }
  }

  private func words(of name: String) throws -> [String] {
    try String(contentsOfFile: "\(Self.folder)/\(name)/args", encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test(arguments: cases) func `The answer is the recorded one`(name: String) throws {
    let run = try Workbench().orgreg(try words(of: name))
    let answer = "\(Self.folder)/\(name)/stdout"
    let status = "\(Self.folder)/\(name)/status"
    if Self.isRecording {
      try run.stdout.write(toFile: answer, atomically: true, encoding: .utf8)
      if run.status != 0 { try "\(run.status)\n".write(toFile: status, atomically: true, encoding: .utf8) }
      Issue.record("recorded \(name): read it, then run the tests without RECORD_SNAPSHOTS")
      return
    }
    let expected = (try? String(contentsOfFile: answer, encoding: .utf8)) ?? "(not recorded)"
    #expect(run.stdout == expected, "\(name) differs\(difference(expected, run.stdout))\(run)")
    let expectedStatus = (try? String(contentsOfFile: status, encoding: .utf8))?.trimmingCharacters(in: .newlines)
    #expect("\(run.status)" == expectedStatus ?? "0", "\(run)")
  }

  /// The first line that differs.
  private func difference(_ expected: String, _ found: String) -> String {
    let (old, new) = (expected.components(separatedBy: "\n"), found.components(separatedBy: "\n"))
    let indices = 0..<max(old.count, new.count)
    guard let index = indices.first(where: { old.dropFirst($0).first != new.dropFirst($0).first }) else { return "" }
    return "\nline \(index + 1), recorded: \(old.dropFirst(index).first ?? "(none)")"
      + "\nline \(index + 1), now:      \(new.dropFirst(index).first ?? "(none)")"
  }

  @Test(.tags(.slow), .inFullRuns) func `Two registers made apart give the same answers`() throws {
    let (one, other) = (try Workbench(), try Workbench())
    other.environment["XDG_CACHE_HOME"] = other.folder
    for (index, name) in Self.cases.enumerated() where rounds(1) > 1 || index % 4 == 0 {
      let words = try words(of: name)
      let (first, second) = (try one.orgreg(words), try other.orgreg(words))
      #expect(first.stdout == second.stdout, "\(name)")
      #expect(first.stderr == second.stderr, "\(name)")
    }
  }
}
