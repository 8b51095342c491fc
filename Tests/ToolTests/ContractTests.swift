import Foundation
import Testing

/// What users' scripts rely on: columns, streams and exit statuses.
@Suite struct ContractTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  static let headers: [(words: String, header: String)] = [
    ("list ccg --on 2020-04-01", "ods_code,ons_code,name,kind,from,to"),
    ("list pct", "ods_code,ons_code,name,kind,from,to"),
    (
      "crosswalk --kind ccg --from 2020-03-31 --to 2020-04-01",
      "from_code,from_name,to_code,to_name,share,amount,basis,method,events,status,reason"
    ),
    ("find devon", "ods_code,ons_code,name,kind,from,to"),
    ("find devon --on 2016-04-01", "ods_code,ons_code,name,kind,from,to"),
    (
      "successions --from 2020-04-01 --to 2020-04-01",
      "predecessor,successor,date,type,share,basis,method,event,source"
    ),
    (
      "successions --from 1900-01-01 --to 1900-01-01",
      "predecessor,successor,date,type,share,basis,method,event,source"
    ),
  ]

  @Test(arguments: headers) func `CSV has the columns of the contract`(words: String, header: String) throws {
    let run = try bench.orgreg(words.split(separator: " ").map(String.init) + ["--format", "csv"])
    expectDone(run)
    #expect(run.lines.first == header, "\(run)")
  }

  @Test func `JSON of a body has the parts of the contract, each dated and sourced`() throws {
    let run = try bench.orgreg("show", "00L", "--format", "json")
    expectDone(run)
    let json = try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any]
    let bodies = try #require(json?["organisations"] as? [[String: Any]], "\(run)")
    #expect(bodies.compactMap { $0["key"] as? String } == ["ccg-00L", "location-00L"])
    for body in bodies {
      for part in ["codes", "names", "roles", "relationships"] {
        let facts = try #require(body[part] as? [[String: Any]], "\(part)")
        #expect(!facts.isEmpty, "\(part)")
        for fact in facts { #expect(fact["from"] is String && fact["source"] is String, "\(part): \(fact)") }
      }
      let events = try #require(body["events"] as? [[String: Any]])
      for event in events { #expect(event["date"] is String && event["source"] is String, "\(event)") }
    }
  }

  @Test(arguments: ["table", "csv", "json", "markdown"]) func `Every format has every row`(format: String) throws {
    let run = try bench.orgreg("list", "ccg", "--on", "2013-04-01", "--format", format)
    expectDone(run)
    let rows =
      format == "json"
      ? (try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [Any])?.count
      : run.lines.count - (format == "csv" ? 1 : 2)
    #expect(rows == 211, "\(run)")
  }

  @Test(arguments: [
    "list ccg --on 2020-04-01", "find devon", "show 00L", "successions --kind stp", "report counts", "report reconcile",
    "status", "sql VALUES(1)",
  ]) func `Data is on standard output and everything else on standard error`(words: String) throws {
    let run = try bench.orgreg(words.split(separator: " ").map(String.init))
    expectDone(run)
    #expect(!run.stdout.isEmpty, "\(run)")
    #expect(!run.stdout.contains("orgreg: "), "\(run)")
    #expect(run.stderr == Workbench.builtInRemark + "\n", "\(run)")
  }

  @Test func `Check says on standard error that all is well, and prints no data`() throws {
    let run = try bench.orgreg("check")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.complaints.count == 1, "\(run)")
  }

  @Test func `Status 0 is help and the version`() throws {
    for words in [["--help"], ["--version"], ["help", "list"], ["list", "--help"], ["report", "counts", "-h"]] {
      let run = try bench.orgreg(words)
      #expect(run.status == 0 && !run.stdout.isEmpty && run.stderr.isEmpty, "\(run)")
    }
  }

  @Test func `Status 1 is a search without a hit, with the header alone`() throws {
    let run = try bench.orgreg("find", "zzzzzz", "--format", "csv")
    #expect(run.status == 1, "\(run)")
    #expect(run.stdout == "ods_code,ons_code,name,kind,from,to\n", "\(run)")
    #expect(run.complaints == ["orgreg: nothing matches 'zzzzzz'"], "\(run)")
    // Wildcards of the database mean themselves.
    for text in ["%", "_", "'", "\"", "*"] {
      #expect([0, 1].contains(try bench.orgreg("find", text).status), "\(text)")
    }
    #expect(try bench.orgreg("find", "%").status == 1)
  }

  @Test func `Status 2 is a failure`() throws {
    expectRefused(try bench.orgreg("show", "99999"), "unknown code '99999'")
    expectRefused(try bench.orgreg("list", "cgc"), "unknown kind 'cgc'", "ccg")
  }

  @Test(arguments: [
    "--bogus", "list", "list ccg extra", "list ccg --bogus", "list ccg --format xml", "list ccg --on",
    "list ccg --dates imaginary", "report bogus", "import odscsv x", "apply", "sql", "show", "find",
    "sql VALUES(1) --timeout 0", "sql VALUES(1) --timeout nan", "sql VALUES(1) --timeout x",
  ]) func `Status 64 is words that the tool does not know`(words: String) throws {
    expectUsage(try bench.orgreg(words.split(separator: " ").map(String.init)))
  }

  @Test func `Status 64 is a command that the tool does not know`() throws {
    let run = try bench.orgreg("bogus")
    #expect(run.status == 64 && run.stdout.isEmpty && run.stderr.contains("there is no command 'bogus'"), "\(run)")
  }

  @Test func `A reader that goes away early makes no noise`() throws {
    // More than fits a pipe, and a reader that is gone before the first byte.
    for words in ["list ccg", "sql 'SELECT * FROM unit' --format csv", "show 00L", "report counts --format json"] {
      for pipe in [
        "$orgreg \(words) | head -1 > /dev/null",
        // The command starts when its reader has gone.
        "rm -f gone; mkfifo gone; { read -r _ < gone; $orgreg \(words); } | { exec <&-; echo > gone; }",
      ] {
        let run = try bench.bash("set -o pipefail; \(pipe)")
        #expect(run.status == 0, "\(run)")
        #expect(run.complaints.isEmpty, "\(run)")
      }
    }
  }

  @Test func `A full disk behind standard output is said`() throws {
    let run = try bench.bash("$orgreg list ccg > /dev/full")
    expectRefused(run, "standard output", "No space left on device")
  }

  @Test func `Closed standard streams are borne`() throws {
    expectDone(try bench.bash("$orgreg list ccg --format csv <&-"))
    #expect(try bench.bash("$orgreg list ccg --format csv 2>&-").status == 0)
    #expect(try bench.bash("$orgreg list ccg >&-").status == 2)
  }
}
