import RegistryStorage

/// What the commands of events ask, if they are called without arguments at a terminal.
extension Prompt {
  /// The questions of a command. Nil if it asks none.
  static func all(of word: CommandWord) -> [Prompt]? {
    switch word {
    case .establish: [day, source, newCode, newName, kind, otherCode, above]
    case .close: [day, source, ending("Body that ends")]
    case .merge:
      [day, source, several("Body that ends"), new("Code of the new body", "--into"), newName, otherCode]
    case .absorb: [day, source, several("Body that ends"), living("Body that goes on", "--into")]
    case .split:
      [
        day, source, ending("Body that is divided"),
        Prompt(
          text: "Part: CODE=NAME for a new body, CODE for one that lives", option: "--into", answer: .text,
          repeats: true),
        Prompt(
          text: "Does the divided body keep a part and go on (yes, no)", option: nil,
          answer: .choice([
            Choice(word: "no", meaning: "it ends"),
            Choice(word: "yes", meaning: "it goes on", words: ["--goes-on"]),
          ])),
        division([rest]),
      ]
    case .transfer:
      [day, source, ending("Body that gives"), living("Body that gets", "--to"), division([])]
    case .rename: [day, source, living("Body"), new("New name", "--name"), scheme("whose owner uses the name")]
    case .recode: [day, source, living("Body"), new("New code", "--to"), scheme("of the code")]
    case .reclassify: [day, source, living("Body"), kind]
    case .attach: [day, source, living("Body"), living("Body above", "--to")]
    case .detach: [day, source, living("Body"), living("Body above", "--from")]
    case .measure:
      [
        day, source, living("Body"),
        Prompt(
          text: "Kind of measure", option: "--kind",
          answer: .word { try $0.measureKinds().map { Suggestion($0.key, $0.name) } }),
        new("Amount", "--amount"),
        Prompt(text: "Last day of the period (YYYY-MM-DD)", option: "--to", answer: .text, isOptional: true),
      ]
    case .appoint:
      [
        day, source, living("Body"), seat,
        Prompt(
          text: "What the holder is: gp, nurse, manager (never a name)", option: "--profession", answer: .text,
          isOptional: true),
        Prompt(
          text: "Key of a holder whom the register knows, or a name", option: "--holder", answer: .text,
          isOptional: true),
      ]
    case .vacate: [day, source, living("Body"), seat]
    default: nil
    }
  }

  private static let day = Prompt(text: "Day (YYYY-MM-DD)", option: "--on", answer: .day)
  private static let source = Prompt(text: "Source", option: "--source", answer: .source, isOptional: true)
  private static let newCode = Prompt(text: "Code of the new body", option: nil, answer: .text)
  private static let newName = Prompt(text: "Its name", option: "--name", answer: .text)
  private static let otherCode = Prompt(
    text: "Its code in another scheme, as SCHEME=CODE", option: "--code", answer: .text, repeats: true,
    isOptional: true)
  private static let seat = Prompt(
    text: "Seat", option: "--seat", answer: .word { try $0.seats().map { Suggestion($0.key, $0.name) } })

  private static func ending(_ text: String) -> Prompt {
    Prompt(text: text, option: nil, answer: .body(before: true))
  }

  private static func several(_ text: String) -> Prompt {
    Prompt(text: text, option: nil, answer: .body(before: true), repeats: true)
  }

  private static func living(_ text: String, _ option: String? = nil) -> Prompt {
    Prompt(text: text, option: option, answer: .body(before: false))
  }

  private static let above = Prompt(
    text: "Body that it comes under", option: "--part-of", answer: .body(before: false), isOptional: true)

  private static func new(_ text: String, _ option: String) -> Prompt {
    Prompt(text: text, option: option, answer: .text)
  }

  private static let kind = Prompt(
    text: "Kind", option: "--kind", answer: .word { try $0.kinds().map { Suggestion($0.key, $0.name) } })

  private static func scheme(_ what: String) -> Prompt {
    Prompt(
      text: "Scheme \(what)", option: "--scheme",
      answer: .word { try $0.schemes().map { Suggestion($0.key, $0.name) } }, isOptional: true)
  }

  /// What goes where.
  /// - Parameter rest: asked after the units that go.
  private static func division(_ rest: [Prompt]) -> Prompt {
    Prompt(
      text: "What goes where (file, unit, amount, unknown, none)", option: nil,
      answer: .choice([
        Choice(
          word: "file", meaning: "a CSV file lists the units that go",
          then: [new("File of units", "--units")] + rest),
        Choice(
          word: "unit", meaning: "the units that go, one by one",
          then: [Prompt(text: "Unit, as UNIT=CODE", option: "--unit", answer: .text, repeats: true)] + rest),
        Choice(
          word: "amount", meaning: "amounts of a basis, such as people",
          then: [Prompt(text: "Amount, as BASIS:CODE=AMOUNT", option: "--amount", answer: .text, repeats: true)]),
        Choice(word: "unknown", meaning: "no source says: crosswalks show a gap", words: ["--amounts-unknown"]),
        Choice(word: "none", meaning: "the body holds no territory of its own, as boards do"),
      ]))
  }

  private static let rest = Prompt(
    text: "Part that gets the units that are not listed", option: "--rest", answer: .text, isOptional: true)
}
