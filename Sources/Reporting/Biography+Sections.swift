import RegistryFormats
import RegistryStorage

/// How facts are told in the text of a biography.
extension Biography {
  struct TextSection: Sendable {
    let section: Section
    let kind: FactKind
    /// What stands before the first fact.
    let title: String
    /// Which facts of the kind stand here. Nil means all.
    var isMeant: (@Sendable (FactVersion) -> Bool)?
    /// The second argument says how a body with a key is called.
    let words: @Sendable (FactVersion, _ named: (String) -> String) -> String

    func facts(of body: OrganisationDetail) -> [FactVersion] {
      let facts = body[kind].filter { isMeant?($0) ?? true }
      // There may be many amounts, so those of a kind stand together, the latest first.
      return kind == .measure
        ? facts.sorted { ($0["kind"] ?? "", $1.firstDay) < ($1["kind"] ?? "", $0.firstDay) } : facts
    }

    /// A fact in words, without the body itself.
    func words(_ fact: FactVersion, of body: OrganisationDetail, _ named: (String) -> String) -> String {
      guard kind == .responsibility else { return words(fact, named) }
      let commissioner = fact["kind"] ?? fact["organisation"] ?? ""
      let others = [("by", commissioner), ("for", fact["for"] ?? "")].filter {
        !$0.1.isEmpty && $0.1 != body.organisation.key
      }
      return words(fact, named) + others.map { ", \($0.0) \(named($0.1))" }.joined()
    }
  }

  static let textSections: [TextSection] = {
    let told: [TextSection] = [
      TextSection(section: .lives, kind: .life, title: "lived") { fact, _ in fact["timeline"] ?? "" },
      TextSection(section: .kinds, kind: .role, title: "kind") { fact, _ in
        (fact["kind"] ?? "") + (fact["asserted_by"].map { " (says \($0))" } ?? "")
      },
      TextSection(section: .codes, kind: .code, title: "code") { fact, _ in
        "\(fact["scheme"] ?? "") \(fact["value"] ?? "")"
      },
      TextSection(section: .names, kind: .name, title: "name") { fact, _ in
        "\(fact["scheme"] ?? ""): \(fact["value"] ?? "")"
      },
      TextSection(section: .above, kind: .relationship, title: "above", isMeant: { $0["direction"] == "to" }) {
        fact, named in
        "\(fact["kind"] ?? "") \(named(fact["organisation"] ?? ""))" + (fact["grade"].map { ", evidence \($0)" } ?? "")
      },
      TextSection(section: .members, kind: .relationship, title: "below", isMeant: { $0["direction"] == "from" }) {
        fact, named in
        "\(named(fact["organisation"] ?? "")) \(fact["kind"] ?? "") it"
      },
      TextSection(section: .seats, kind: .appointment, title: "seat") { fact, _ in wordsOfSeat(fact) },
    ]
    let last: [TextSection] = [
      TextSection(section: .measures, kind: .measure, title: "measure") { fact, _ in
        "\(fact["kind"] ?? ""): \(grouped(fact["amount"] ?? "")) \(fact["unit"] ?? "")"
          + (fact["nature"].map { ", \($0)" } ?? "")
      },
      TextSection(section: .services, kind: .responsibility, title: "service") { fact, _ in
        "\(fact["service"] ?? ""): \(fact["nature"] ?? "")"
      },
      TextSection(section: .published, kind: .claim, title: "claim") { fact, _ in
        "\(fact["topic"] ?? ""): \(fact["value"] ?? "")"
      },
    ]
    let known = Set((told + last).map(\.kind))
    let others = FactKind.shownOfBodies.filter { !known.contains($0) }.map { kind in
      TextSection(section: kind.sections[0], kind: kind, title: kind.schema.heading) { fact, _ in
        ([kind.schema.record] + fact.content.map(\.value)).joined(separator: " ")
      }
    }
    return told + others + last
  }()

  /// The key of the holder is shown only if there is no name.
  @Sendable private static func wordsOfSeat(_ fact: FactVersion) -> String {
    let holder = fact["name"] ?? fact["holder"]
    let known = [fact["profession"], holder].compactMap { $0 }
    return "\(fact["seat"] ?? ""): " + (known.isEmpty ? fact["nature"] ?? "" : known.joined(separator: ", "))
  }
}

extension FactTopic {
  /// The sections in which facts of the topic stand.
  var sections: [Biography.Section] {
    switch self {
    case .lives: [.lives]
    case .kinds: [.kinds]
    case .codes: [.codes]
    case .names: [.names]
    case .ties: [.above, .members]
    case .amounts: [.measures]
    case .services: [.services]
    case .governance: [.seats]
    case .publications: [.published]
    case .links: [.events]
    }
  }
}

extension FactKind {
  /// What is told of a body: the dated facts, then what others published.
  static let shownOfBodies = dated + [.claim]

  /// The sections in which facts of the kind stand.
  var sections: [Biography.Section] { schema.topic.sections }

  /// The name of a list of them in JSON.
  var plural: String {
    let record = schema.record
    return switch self {
    case .life: "lives"
    case .claim: "published"
    default: record.hasSuffix("y") ? "\(record.dropLast())ies" : "\(record)s"
    }
  }
}
