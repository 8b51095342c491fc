/// How a source is cited.
public struct Citation: Equatable, Sendable {
  /// What it is called.
  public var title: String
  /// What kind of document it is, if it is cited by number or owner.
  public var instrument: Instrument?
  /// The year of its number, for example 2012.
  public var year: Int?
  /// Its number within the year, for example `2072`.
  public var number: String?
  /// The article or section.
  public var provision: String?
  /// The day on which it was made.
  public var made: Day?
  /// The first day on which it was in force.
  public var inForce: Day?
  /// Where it can be read.
  public var url: String?
  /// The day on which it was read there.
  public var retrieved: Day?

  /// Cites a source, of which all but the title may be unknown.
  public init(
    title: String, instrument: Instrument? = nil, year: Int? = nil, number: String? = nil, provision: String? = nil,
    made: Day? = nil, inForce: Day? = nil, url: String? = nil, retrieved: Day? = nil
  ) {
    self.title = title
    self.instrument = instrument
    self.year = year
    self.number = number
    self.provision = provision
    self.made = made
    self.inForce = inForce
    self.url = url
    self.retrieved = retrieved
  }

  /// The kinds of documents that are cited by number or owner. Change files use the raw values.
  public enum Instrument: String, Sendable, CaseIterable {
    /// An Act of Parliament.
    case act = "ukpga"
    /// A statutory instrument.
    case statutoryInstrument = "uksi"
    /// An order of NHS England.
    case order = "nhse_order"
    /// A decision of NHS England.
    case decision = "nhse_decision"
    /// A record or file of the Organisation Data Service.
    case odsRecord = "ods_record"
    /// The Code History Database of the Office for National Statistics.
    case codeHistory = "ons_chd"
    /// Anything else.
    case other
  }
}

extension FactSchema {
  static let citation = FactSchema(
    "source", table: "citation", "Where something is written.",
    [
      FactColumn("source", .establishes(.source), field: "key", "its permanent key"),
      FactColumn("title", .text(), field: "value", "how it is cited"),
      FactColumn(
        "instrument", .choice(Citation.Instrument.self), required: false, "for example uksi, a statutory instrument"),
      FactColumn("year", .integer(1_000...9_999), exported: "issue_year", required: false, "of its number"),
      FactColumn("number", .tag, exported: "issue_number", required: false, "its number within the year"),
      FactColumn("provision", .text(), required: false, "the article or section"),
      FactColumn("made_on", .day, field: "made", required: false, "the day on which it was made"),
      FactColumn("in_force_on", .day, field: "in_force", required: false, "the day from which it was in force"),
      FactColumn("url", .text(), required: false, "where it can be read"),
      FactColumn("retrieved_on", .day, field: "retrieved", required: false, "the day on which it was read there"),
    ],
    stage: .sources, isDated: false, hasSource: false, path: { $0[0].text.map { "\($0)/citation" } })
}

extension Change.Content {
  package var isCitation: Bool { if case .fact(let fact) = self { fact.kind == .citation } else { false } }

  /// States a source, by its permanent key.
  public static func source(key: String, _ citation: Citation) -> Self {
    .fact(
      .citation,
      [
        .text(key), .text(citation.title), Value(citation.instrument?.rawValue), Value(citation.year.map(Int64.init)),
        Value(citation.number), Value(citation.provision), Value(citation.made), Value(citation.inForce),
        Value(citation.url), Value(citation.retrieved),
      ])
  }
}
