import Foundation
import Testing

/// Where reports go, in which format, and what the tool says to words that mean nothing.
@Suite struct ReportOutputTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test(arguments: [
    ("counts.csv", "kind,counted_by,from,to,count"), ("counts.md", "# Bodies of each kind over time"),
    ("counts.json", "{"), ("counts.html", "<!doctype html>"), ("counts.svg", "<svg "),
  ]) func `The ending of a file says in which form it is written`(file: String, beginning: String) throws {
    let run = try bench.orgreg("report", "counts", "--kind", "sha", "--output", file)
    expectDone(run)
    #expect(run.stdout.isEmpty)
    #expect(
      run.complaints.count == 1 && run.complaints[0].hasPrefix("orgreg: \(file): Bodies of each kind over time, from "))
    #expect(String(decoding: try bench.bytes(file), as: UTF8.self).hasPrefix(beginning))
  }

  @Test func `Of several pictures one is named`() throws {
    let all = try bench.orgreg("report", "mergers", "--kind", "pct", "--format", "svg")
    expectRefused(all, "this report has 3 pictures: name one with --figure (pct, pct-2006, pct-2010)")
    let one = try bench.orgreg("report", "mergers", "--kind", "pct", "--format", "svg", "--figure", "pct-2010")
    expectDone(one)
    #expect(one.stdout.hasPrefix("<svg ") && one.stdout.contains("2010"))
    expectRefused(
      try bench.orgreg("report", "mergers", "--kind", "pct", "--format", "svg", "--figure", "none"),
      "this report has no picture 'none' (it has: pct, pct-2006, pct-2010)")
    expectRefused(try bench.orgreg("report", "clusters", "--format", "svg"), "this report has no picture")
  }

  @Test(arguments: [
    (["--output", "counts.pdf"], "the ending names no form; name one with --format"),
    (["--figure", "counts"], "--figure names a picture for svg"),
    (["--format", "pdf"], "The value 'pdf' is invalid"),
  ]) func `Words that mean nothing together are refused before anything is read`(words: [String], reason: String) throws
  {
    let run = try bench.orgreg(["report", "counts"] + words)
    #expect(run.status == 64 && run.stdout.isEmpty && run.stderr.contains(reason), "\(run)")
    #expect(!FileManager.default.fileExists(atPath: bench.path("counts.pdf")))
  }

  @Test(arguments: [
    ("body ZZZ", "unknown code 'ZZZ'"), ("mergers --kind ccgs", "unknown kind 'ccgs'"),
    ("succession --kind ccg --to-kind ccgs", "unknown kind 'ccgs'"), ("timeline --within ZZZ", "unknown code 'ZZZ'"),
    ("population --measure height", "unknown measure 'height' (known: allocation, "),
    ("population --for 72Q --on 2010-01-01", "no body has the code '72Q' on 2010-01-01; on other days"),
    ("allocation --per-head height", "unknown measure 'height'"),
    ("coterminosity --on 2019-04-01 --authority-kind town", "unknown kind 'town'"),
    ("oversight --on 1980-01-01", "1980-01-01 is before the first day that the register knows"),
    ("governance --on 2014-10-01 --for ZZZ", "unknown code 'ZZZ'"),
    ("membership --on 2014-10-01 --kind clubs", "unknown kind 'clubs'"),
    ("counts --output /nonexistent/counts.csv", "cannot create /nonexistent/counts.csv: No such file or directory"),
  ]) func `What the register does not know is said in one sentence`(words: String, reason: String) throws {
    expectRefused(try bench.orgreg(["report"] + words.split(separator: " ").map(String.init)), reason)
  }
}
