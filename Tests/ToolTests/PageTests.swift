import Foundation
import RegistryTestSupport
import Testing

/// What a reader sees of a report in a browser.
@Suite(
  .tags(.engine), .inFullRuns,
  .enabled(if: Engine.browser.isExpected, "no browser here: '.ci/install engines' installs it"))
struct PageTests {
  static let reports = [
    "counts", "reconcile", "body 00L", "body D4U1Y", "mergers --kind ccg", "mergers --kind pct",
    "succession --kind pct --to-kind ccg", "succession --kind stp --to-kind icb", "clusters", "timeline --kind ccg",
    "timeline", "timeline --within QE1", "hierarchy --on 2018-04-01 --compare 2020-04-01", "population",
    "population --measure registered-patients", "allocation --for 72Q", "allocation --per-head registered-patients",
    "quality", "governance --on 2014-10-01", "governance --on 2014-10-01 --for 00L", "coterminosity --on 2019-04-01",
    "oversight --on 2013-04-01", "membership --on 2013-04-01",
  ]
  /// The reports that have only tables.
  static let withoutPictures = ["clusters", "allocation --per-head registered-patients", "oversight", "membership"]

  @Test(arguments: reports) func `The page has no error, overflow, overlap or missing words`(report: String) throws {
    let bench = try Workbench()
    expectDone(
      try bench.orgreg(["report"] + report.split(separator: " ").map(String.init) + ["--output", "page.html"]))
    let findings = try BrowserCheck(bench).findings("page.html")
    #expect(findings.problems == [], "\(report)")
    #expect(findings.pictures > 0 || Self.withoutPictures.contains { report.hasPrefix($0) })
  }

  @Test func `The check finds what it looks for`() throws {
    let bench = try Workbench()
    try bench.write(
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><h1 id="a">Page</h1><p id="a"></p>
      <div style="width: 1400px">wide</div><script>1</script><table><thead><tr><th>one</th></tr></thead></table>
      <div class="scroll"></div>
      <svg width="100" height="100"><text x="5" y="20">left</text><text x="15" y="22">right</text>
      <text x="90" y="60">outside</text></svg>
      """, to: "page.html")
    let problems = try BrowserCheck(bench).findings("page.html").problems
    for words in [
      "the page is", "a script", "an id occurs twice", "without caption", "the keyboard", "a picture without words",
      "\"outside\" stands outside", "\"left\" and \"right\" overlap",
    ] {
      for width in [1_280, 390] {
        #expect(
          problems.contains { $0.contains(words) && $0.hasSuffix(" at \(width)") }, "\(words) at \(width): \(problems)")
      }
    }
  }

  @Test func `A hostile name is text, in tables and in pictures`() throws {
    let bench = try Workbench()
    let name = #"<script>alert("x")</script>&amp;"' end"#
    try bench.write(
      """
      record,key,event,organisation,other,scheme,kind,type,tier,nature,value,from,source
      scheme,code,,,,,,,,,Code,,
      kind,place,,,,,,,place,,place,,
      source,law,,,,,,,,,"\(name.replacingOccurrences(of: "\"", with: "\"\""))",,
      organisation,one,,,,,,,,,,,
      organisation,two,,,,,,,,,,,
      event,start,,,,,,establishment,,,,1990-01-01,law
      open,,start,one,,,place,,,,,,
      name,,start,one,,code,,,,,"\(name.replacingOccurrences(of: "\"", with: "\"\""))",,
      event,change,,,,,,merger,,,,2000-01-01,law
      close,,change,one,,,,,,,,,
      open,,change,two,,,place,,,,,,
      name,,change,two,,code,,,,,"\(name.replacingOccurrences(of: "\"", with: "\"\""))",,
      succession,,change,one,two,,,,,succession,,,
      """, to: "hostile.csv")
    expectDone(try bench.orgreg("init", "--empty", "--registry", "hostile.sqlite"))
    expectDone(try bench.orgreg("apply", "hostile.csv", "--registry", "hostile.sqlite", "--yes"))
    for report in ["body one", "timeline", "mergers", "counts"] {
      let words = ["report"] + report.split(separator: " ").map(String.init)
      expectDone(try bench.orgreg(words + ["--registry", "hostile.sqlite", "--output", "page.html"]))
      let findings = try BrowserCheck(bench).findings("page.html")
      #expect(findings.problems == [], "\(report)")
      #expect(report == "counts" || findings.text.contains(name), "\(report)")
    }
  }
}

/// A page in headless Chromium, as wide as on a desktop and on a telephone.
private struct BrowserCheck {
  struct Findings: Decodable {
    let problems: [String]
    let pictures: Int
    let text: String
  }

  private let bench: Workbench

  init(_ bench: Workbench) { self.bench = bench }

  func findings(_ page: String) throws -> Findings {
    try bench.write(Self.harness.replacingOccurrences(of: "PAGE", with: page), to: "harness.html")
    var command = try bench.command([])
    command.words = [
      try Engine.browser.program(), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
      "--user-data-dir=\(bench.folder)/browser", "--dump-dom", "file://\(bench.folder)/harness.html",
    ]
    let run = try command.run()
    let json = try #require(run.stdout.firstMatch(of: #/<pre id="findings">(.*?)<\/pre>/#.dotMatchesNewlines())?.1)
    let text = json.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&amp;", with: "&")
    return try JSONDecoder().decode(Findings.self, from: Data(text.utf8))
  }

  private static let harness = """
    <!doctype html><meta charset="utf-8"><pre id="findings"></pre>
    <iframe width="1280" height="900" src="PAGE"></iframe><iframe width="390" height="800" src="PAGE"></iframe>
    <script>
    function problems(frame) {
      const page = frame.contentDocument, root = page.documentElement, found = [], at = ` at ${frame.width}`
      const say = (words) => found.push(words + at)
      if (!page.title || !page.querySelector("h1") || !root.lang) say("no title, heading or language")
      if (root.scrollWidth > root.clientWidth) say(`the page is ${root.scrollWidth} wide`)
      if (page.querySelector("script, img:not([alt]), [onload], [onclick]")) say("a script, or an image without words")
      const ids = [...page.querySelectorAll("[id]")].map((element) => element.id)
      if (new Set(ids).size != ids.length) say("an id occurs twice")
      for (const table of page.querySelectorAll("table"))
        if (!table.caption || table.querySelector("thead th:not([scope])")) say("a table without caption or scope")
      for (const region of page.querySelectorAll(".scroll"))
        if (region.tabIndex != 0 || !region.getAttribute("aria-label")) say("a region that the keyboard does not reach")
      for (const picture of page.querySelectorAll("svg")) {
        const words = (picture.getAttribute("aria-labelledby") || "").split(" ").map((id) => page.getElementById(id))
        if (picture.getAttribute("role") != "img" || words.length < 2 || words.some((word) => !word || !word.textContent))
          say("a picture without words")
        const frame = picture.getBoundingClientRect()
        const labels = [...picture.querySelectorAll("text")].map((text) => {
          const box = text.getBoundingClientRect()
          return { words: text.lastChild.textContent, left: box.left, right: box.right, top: box.top + 2.5, bottom: box.bottom - 2.5 }
        }).sort((one, other) => one.top - other.top)
        for (const label of labels)
          if (label.left < frame.left - 1 || label.right > frame.right + 1 || label.bottom > frame.bottom + 1)
            say(`"${label.words}" stands outside its picture`)
        labels.forEach((one, index) => {
          for (let next = index + 1; next < labels.length && labels[next].top < one.bottom; next++) {
            const other = labels[next]
            if (one.left < other.right - 1 && other.left < one.right - 1) say(`"${one.words}" and "${other.words}" overlap`)
          }
        })
      }
      return found
    }
    addEventListener("load", () => {
      const frames = [...document.querySelectorAll("iframe")]
      const page = frames[0].contentDocument
      document.getElementById("findings").textContent = JSON.stringify({
        problems: frames.flatMap(problems).slice(0, 20), pictures: page.querySelectorAll("svg").length,
        text: page.body.textContent.slice(0, 20000),
      })
    })
    </script>
    """
}
