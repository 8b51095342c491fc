import Foundation
import RegistryTestSupport
import Testing

/// What the shells offer when the TAB key is pressed. The completion functions are those that the tool generates, and
/// each test runs the shell itself.
@Suite(.tags(.slow), .inFullRuns) struct CompletionTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let binaryFolder = (Workbench.binary as NSString).deletingLastPathComponent

  /// The tool by its name, as in the shell of a user.
  private func run(_ words: [String], input: String? = nil) throws -> Run {
    var command = try bench.command([], input: input)
    command.words = words
    command.environment["PATH"] = "\(Self.binaryFolder):\(command.environment["PATH"] ?? "")"
    return try command.run()
  }

  /// The functions for bash, made once.
  private static let functions = Result {
    let folder = try TemporaryFolder()
    let path = folder.file("orgreg.bash")
    try Workbench().orgreg("--generate-completion-script", "bash").stdout.write(
      toFile: path, atomically: true, encoding: .utf8)
    return (folder: folder, path: path)
  }

  /// What bash offers for the last of the words.
  private func offered(_ words: [String], prelude: String? = nil) throws -> Run {
    let prelude = try prelude ?? "source '\(Self.functions.get().path)'"
    let script = """
      \(prelude)
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
      _orgreg orgreg "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      for word in "${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done
      """
    return try run(["bash", "-c", script, "bash", "orgreg"] + words)
  }

  private func expectOffered(
    _ line: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try offered(line.split(separator: " ", omittingEmptySubsequences: false).map(String.init))
    #expect(run.status == 0 && run.stderr.isEmpty, "\(line)\(run)", sourceLocation: sourceLocation)
    #expect(run.lines.sorted() == expected.sorted(), "\(line)", sourceLocation: sourceLocation)
  }

  // MARK: What is offered

  @Test(arguments: ["show", "lineage", "merge 00C", "absorb 00C --into", "log --for", "establish X --part-of"])
  func `Where a body is wanted its codes are offered, of every scheme and every time`(command: String) throws {
    for beginning in ["15", "E3800024"] {
      let codes = try column("SELECT DISTINCT code FROM current_code WHERE code LIKE '\(beginning)%'")
      #expect(codes.count > 5)
      try expectOffered("\(command) \(beginning)", codes)
    }
  }

  /// The one column of a query on the register of England.
  private func column(_ query: String) throws -> [String] {
    Array(try bench.orgreg("sql", query, "--format", "csv").lines.dropFirst())
  }

  @Test(arguments: [
    ("show d4u1", ["d4u1y"]), ("show D4U1", ["D4U1Y"]), ("show ccg-00l", []), ("show ccg-00L", ["ccg-00L"]),
    ("list sub-icb-", ["sub-icb-location", "sub-icb-reporting-entity"]), ("list plan", ["planned"]),
    ("successions --kind cc", ["ccg"]), ("report counts --kind commissioning-", ["commissioning-hub"]),
    ("crosswalk --to-kind area", ["area-team"]), ("reclassify 00C --kind sha", ["sha", "sha-cluster"]),
    ("list ccg --scheme o", ["ods", "ons"]), ("show 00L --format t", ["text"]), ("template abs", ["absorb"]),
    ("crosswalk --basis prac", ["practices"]),
    (
      "crosswalk --basis areas,p",
      [
        "patients-2013", "population-2019", "population-2020", "population-share", "postcodes", "practices",
      ].map { "areas,\($0)" }
    ),
    ("attach 00C --relationship m", ["member-of"]),
    ("rename 00C --source hsca-2012-s3", ["hsca-2012-s33", "hsca-2012-s34"]),
    ("amend 2021-04-01-merger-D2", ["2021-04-01-merger-D2P2L"]), ("retract icb-QKK", []),
    ("retract icb-QKK/name/", ["icb-QKK/name/ons@2022-07-01-health-and-care-act"]),
  ])
  func `Words of the register are offered where they are wanted`(line: String, expected: [String]) throws {
    try expectOffered(line, expected)
  }

  @Test func `No command forgets to offer the words of the register, or files`() throws {
    let help = try bench.orgreg("--experimental-dump-help").stdout
    let root = try #require(try JSONSerialization.jsonObject(with: Data(help.utf8)) as? [String: Any])
    let wanting = arguments(of: try #require(root["command"] as? [String: Any])).filter { argument in
      ["registry", "kind", "to-kind", "scheme", "basis", "relationship", "source", "file", "files"].contains(
        argument["valueName"] as? String)
    }
    #expect(wanting.count > 60)
    for argument in wanting { #expect(argument["completionKind"] != nil, "\(argument)") }
  }

  /// The arguments of a command and of its subcommands, without flags, as the tool describes them.
  private func arguments(of command: [String: Any]) -> [[String: Any]] {
    (command["arguments"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String != "flag" }
      + (command["subcommands"] as? [[String: Any]] ?? []).flatMap(arguments)
  }

  @Test func `Files are offered where a file is wanted`() throws {
    try bench.write("", to: "merger.csv")
    for command in ["apply", "restate", "import ods-csv", "lint codes", "restore", "list ccg --registry", "backup"] {
      try expectOffered("\(command) mer", ["merger.csv"])
    }
  }

  @Test func `Proposals and measures are offered; a body without any code by its key`() throws {
    try bench.makeTinyCountry()
    try bench.write(
      """
      record,key,event,organisation,kind,type,value,unit,from,source
      measure-kind,people,,,,,People,persons,,
      organisation,m-elm,,,,,,,,
      event,elm,,,,establishment,Elm,,2001-01-01,gazette
      open,,elm,m-elm,municipality,,,,,

      """, to: "elm.csv")
    expectDone(try bench.orgreg("apply", "elm.csv", "--yes"))
    expectDone(
      try bench.orgreg(
        "absorb", "101", "--into", "102", "--on", "2030-01-01", "--source", "gazette", "--planned", "--yes"))
    try expectOffered("show ", ["101", "102", "103", "m-elm"])
    try expectOffered("show m-a", ["m-ash"])
    try expectOffered("measure 101 --kind p", ["people"])
    try expectOffered("enact ", ["absorption-102"])
    try expectOffered("withdraw abs", ["absorption-102"])
  }

  @Test func `Of too many words the last is offered, so that what all begin with stays true`() throws {
    let words = try column(
      """
      SELECT code AS word FROM current_code
      UNION SELECT key FROM organisation WHERE key NOT IN (SELECT organisation FROM current_code) ORDER BY word
      """)
    let offered = try offered(["show", ""]).lines
    #expect(words.count > 1_000 && offered == words.prefix(299) + words.suffix(1))
  }

  // MARK: From which register

  @Test func `The register is that of the line, or of the environment, or of the folder`() throws {
    try bench.makeTinyCountry()
    try FileManager.default.moveItem(atPath: bench.path("registry.sqlite"), toPath: bench.path("a country.sqlite"))
    for option in [
      ["--registry", "\"a country.sqlite\""], ["--registry", "'a country.sqlite'"],
      ["--registry", "a\\ country.sqlite"],
      ["--registry=a\\ country.sqlite"],
      ["--registry", "~/a\\ country.sqlite"],
    ] {
      #expect(try offered(["list"] + option + ["cou"]).lines == ["county"], "\(option)")
    }
    // Bash splits --registry=... like this.
    let apart = ["list", "county", "--registry", "=", "a\\ country.sqlite", "--scheme", ""]
    #expect(try offered(apart).lines == ["no"])
    #expect(try offered(["list", "--registry", "$HOME/country.sqlite", "c"]).lines.isEmpty)
    #expect(try offered(["list", "cc"]).lines == ["ccg"])
    bench.environment["ORGREG_REGISTRY"] = "a country.sqlite"
    #expect(try offered(["list", "cou"]).lines == ["county"])
    bench.environment["ORGREG_REGISTRY"] = nil
    try FileManager.default.moveItem(atPath: bench.path("a country.sqlite"), toPath: bench.path("registry.sqlite"))
    #expect(try offered(["list", "cou"]).lines == ["county"])
  }

  @Test func `A register that is broken, missing or none gives no suggestions, and nothing is made`() throws {
    try bench.write("Dear Sir or Madam,\n", to: "letter.sqlite")
    try bench.write("", to: "empty.sqlite")
    try bench.copyEngland(to: "half.sqlite")
    try bench.write(Array(try bench.bytes("half.sqlite").prefix(60_000)), to: "half.sqlite")
    let listing = try bench.listing()
    for register in ["letter.sqlite", "empty.sqlite", "half.sqlite", "no.sqlite", "."] {
      try expectOffered("show --registry \(register) 00", [])
      try expectOffered("list --registry \(register) c", [])
    }
    bench.environment["XDG_CACHE_HOME"] = bench.path("cache")
    try expectOffered("show 00", [])
    #expect(try bench.listing() == listing)
  }

  @Test func `A register that can be used is left as it was`() throws {
    try bench.makeTinyCountry()
    let (listing, bytes) = (try bench.listing(), try bench.bytes("registry.sqlite"))
    try expectOffered("show 10", ["101", "102", "103"])
    #expect(try bench.listing() == listing)
    #expect(try bench.bytes("registry.sqlite") == bytes)
  }

  @Test func `Nothing in a register is carried out by the shell`() throws {
    try bench.makeTinyCountry()
    try bench.write(
      """
      record,key,value,tier
      kind,town,town,region
      kind,to$(touch made),evil,region
      kind,to`touch made`,evil,region
      kind,to'n,evil,region

      """, to: "evil.csv")
    expectDone(try bench.orgreg("apply", "evil.csv", "--yes"))
    try expectOffered("list to", ["town"])
    #expect(!FileManager.default.fileExists(atPath: bench.path("made")))
  }

  // MARK: The lines of the guide

  /// The line for a shell, as the guide has it.
  private func installation(_ shell: String) throws -> String {
    let text = try String(contentsOfFile: "\(Workbench.package)/Sources/GuideFiles/shell.md", encoding: .utf8)
    let block = try #require(text.components(separatedBy: "<!-- completion -->\n```sh\n").dropFirst().first)
    let lines = try #require(block.components(separatedBy: "\n```").first).components(separatedBy: "\n")
    return try #require(lines.first { $0.contains("completion-script \(shell)") })
  }

  @Test func `The guide's line for bash sets it up`() throws {
    let setUp = try run(["bash", "-c", installation("bash")])
    #expect(setUp.status == 0, "\(setUp)")
    let offered = try offered(["list", "cc"], prelude: "source ~/.bashrc")
    #expect(offered.lines == ["ccg"], "\(offered)")
  }

  @Test(.enabled(if: Workbench.has("fish") && Workbench.has("script"), "needs fish and script"))
  func `The guide's line for fish sets it up; names stand beside codes`() throws {
    let setUp = try run(["fish", "-c", installation("fish")])
    #expect(setUp.status == 0, "\(setUp)")
    // Only a shell at a terminal knows what is being typed.
    let input = "complete -C 'orgreg list sub-icb-l' > offered; complete -C 'orgreg show 00C' >> offered\nexit\n"
    let session = try run(["script", "-qec", "fish", "/dev/null"], input: input)
    #expect(
      try bench.text("offered") == "sub-icb-location\tsub-ICB location\n00C\tNHS Darlington CCG\n", "\(session)")
  }

  @Test(.enabled(if: Workbench.has("zsh"), "needs zsh"))
  func `The guide's line for zsh sets it up`() throws {
    let setUp = try run(["zsh", "-fc", installation("zsh")])
    #expect(setUp.status == 0, "\(setUp)")
    // The shell has a terminal of its own, and the lines that it accepts are kept.
    let session = try run([
      "zsh", "-fc",
      """
      zmodload zsh/zpty
      zpty terminal zsh -i
      zpty -w terminal 'preexec() { print -r -- "$1" >> lines }'
      zpty -w terminal $'orgreg list sub-icb-l\\t'
      zpty -w terminal $'orgreg show d4u1\\t--on 2020-01-01 --format te\\t'
      zpty -w terminal exit
      while zpty -r terminal; do :; done
      """,
    ])
    let lines = try bench.text("lines").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(
      lines == ["orgreg list sub-icb-location", "orgreg show d4u1y --on 2020-01-01 --format text", "exit"], "\(session)"
    )
  }
}
