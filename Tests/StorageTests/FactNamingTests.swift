import Foundation
import Testing

/// A kind of fact is described once: few files under Sources name it.
///
/// A file names a kind if its code or a string literal does. Comments, messages and help texts do not count.
/// - In code: an identifier of which a word is the kind, in the singular or the plural, such as `.constitution`,
///   `ConstitutionVersion`, `AppointmentNature` or `responsibilities`.
/// - In a literal: the name alone (a record or a table), the name before `/` (a permanent key), or the table in SQL
///   (after FROM, JOIN, INTO, UPDATE or TABLE, or before a dot and a column).
///
/// `measure` is also a verb, a command, the name of a report and what a basis does. For it, only these count in code:
/// `case measure` and `.measure` where it begins an expression (not `units.measure(...)`, and not the topic of a claim,
/// whose value is a `kind`), types `Measure` and `MeasureNature`, and readers called `measures`. Under Sources/Tool,
/// where `Measure` is a command, only `MeasureNature` counts. `MeasureKind` and `measure_kind` are vocabulary.
@Suite struct FactNamingTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let plural: String
    let limit: Int

    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "constitution", plural: "constitutions", limit: 8),
    Kind(name: "appointment", plural: "appointments", limit: 12),
    Kind(name: "responsibility", plural: "responsibilities", limit: 12),
    Kind(name: "measure", plural: "measures", limit: 12),
  ]

  private static let sources = #filePath.replacing(#/Tests\/StorageTests\/.*$/#, with: "Sources")

  @Test(arguments: kinds) func `Few files name a kind of fact`(kind: Kind) throws {
    let enumerator = try #require(FileManager.default.enumerator(atPath: Self.sources))
    let files = enumerator.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    try #require(files.count > 100, "these are not the sources: \(Self.sources)")
    let naming = try files.filter { file in
      let text = try String(contentsOfFile: "\(Self.sources)/\(file)", encoding: .utf8)
      // Most files have no such word, so they need not be taken apart.
      guard text.localizedStandardContains(kind.name) || text.contains(kind.plural) else { return false }
      return try Self.names(kind, SwiftText(text), isTool: file.hasPrefix("Tool/"))
    }
    #expect(!naming.isEmpty, "the patterns find nothing")
    #expect(
      naming.count <= kind.limit,
      "\(naming.count) files name '\(kind.name)', not \(kind.limit):\n\(naming.joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("constitution", "case .constitution(let body, _): body", true),
    ("constitution", "let all: [ConstitutionVersion] = []", true),
    ("constitution", "body.constitutions.isEmpty", true),
    ("constitution", "record == \"constitution\"", true),
    ("constitution", "let key = \"\\(body)/x\", path = \"constitution/\\(day)\"", true),
    ("constitution", "\"SELECT version FROM constitution WHERE id = ?1\"", true),
    ("constitution", "\"\"\"\nSELECT constitution.version\n\"\"\"", true),
    ("constitution", "\"\\(known(\"constitution\")) AND 1\"", true),
    ("constitution", "\"the constitution has no source\"", false),
    ("constitution", "// .constitution\nlet x = 1 /* .constitution /* twice */ .constitution */", false),
    ("constitution", "reconstitution(of: body)", false),
    ("measure", "case .measure(let body, _, _, _): body", true),
    ("measure", "[.life, .measure, .role]", true),
    ("measure", "registry.measures(ofKind: kind)", true),
    ("measure", "\"measure LEFT JOIN measure_kind ON measure_kind.id = measure.kind_id\"", true),
    ("measure", "units.measure(code, basis: basis)", false),
    ("measure", "case .measure(let kind): kind", false),
    ("measure", "define(.measureKind, kind.key)", false),
    ("measure", "\"SELECT key FROM measure_kind ORDER BY measure_kind.id\"", false),
    ("measure", "let measured = measure", false),
  ])
  func `Code and names count, prose does not`(name: String, text: String, isNamed: Bool) throws {
    let kind = try #require(Self.kinds.first { $0.name == name })
    #expect(try Self.names(kind, SwiftText(text), isTool: false) == isNamed)
  }

  @Test func `In the tool a measure is a command`() throws {
    let kind = try #require(Self.kinds.first { $0.name == "measure" })
    #expect(try !Self.names(kind, SwiftText("struct Measure: EventCommand { let word = .measure }"), isTool: true))
    #expect(try Self.names(kind, SwiftText("var nature: MeasureNature?"), isTool: true))
  }

  // MARK: Patterns

  private static func names(_ kind: Kind, _ text: SwiftText, isTool: Bool) throws -> Bool {
    if try codePatterns(kind, isTool: isTool).contains(where: { try hasMatch($0, in: text.code) }) { return true }
    return try text.literals.contains { literal in
      try literalPatterns(kind).contains { try hasMatch($0, in: literal) }
    }
  }

  private static func codePatterns(_ kind: Kind, isTool: Bool) -> [String] {
    if kind.name == "measure" {
      let nature = #"\bMeasureNature\b"#
      if isTool { return [nature] }
      return [
        nature, #"\bMeasure\b"#, #"\bmeasures\b"#, #"\bcase measure\b(?!\(kind:)"#,
        #"(?<![\w)\]?!])\.measure\b(?!\((kind:|let kind\)))"#,
      ]
    }
    return [kind.name, kind.plural].flatMap { word in
      // A word of a camel-case identifier, first or later.
      [#"\b\#(word)(?![a-z])\w*"#, #"\b\w*\#(word.capitalized)(?![a-z])\w*"#]
    }
  }

  private static func literalPatterns(_ kind: Kind) -> [String] {
    [
      #"^\#(kind.name)$"#, #"^\#(kind.name)/"#, #"\b(FROM|JOIN|INTO|UPDATE|TABLE)\s+\#(kind.name)\b"#,
      #"(?<![\w-])\#(kind.name)\.[a-z_]+"#,
    ]
  }

  private static func hasMatch(_ pattern: String, in text: String) throws -> Bool {
    let expression = try NSRegularExpression(pattern: pattern)
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}
