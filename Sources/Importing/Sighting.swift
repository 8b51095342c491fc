import RegistryStorage

/// What one row of a file says about a body.
public struct SeenBody: Sendable {
  /// A stretch of time as files give it.
  public struct Span: Equatable, Sendable {
    public var firstDay: Day
    /// Inclusive; nil: it goes on.
    public var lastDay: Day?

    public init(_ firstDay: Day, _ lastDay: Day?) {
      self.firstDay = firstDay
      self.lastDay = lastDay
    }

    /// The same, half-open.
    var period: Period { Period(firstDay, lastDay?.next) }
  }

  public struct Role: Sendable {
    public let kind: String
    /// nil: for as long as the body exists.
    public let span: Span?

    public init(_ kind: String, _ span: Span? = nil) {
      self.kind = kind
      self.span = span
    }
  }

  public let line: Int
  public let code: String
  public let name: String?
  /// The kinds that the row stands for, the main one first; empty: the file does not say.
  public let roles: [Role]
  public var operational: Span?
  public var legal: Span?
  /// The kind that the bearer of the code was of before it became what the row says, and its last day: one row, two
  /// bodies.
  public var before: (kind: String, lastDay: Day)?

  public init(line: Int, code: String, name: String?, roles: [Role], operational: Span?, legal: Span? = nil) {
    self.line = line
    self.code = code
    self.name = name
    self.roles = roles
    self.operational = operational
    self.legal = legal
  }
}

/// That a body stood to another, as one row says.
public struct SeenRelationship: Sendable {
  public let line: Int
  public let code: String
  public let superior: String
  /// A relationship kind of the register.
  public let kind: String
  public let span: SeenBody.Span
  /// Whether the row is one of a history: others show the rest, so the register may say more, and a body has one superior of
  /// a kind at a time.
  var isPartial = false

  public init(line: Int, code: String, superior: String, kind: String, span: SeenBody.Span) {
    self.line = line
    self.code = code
    self.superior = superior
    self.kind = kind
    self.span = span
  }
}

/// That a body succeeded another, as one row says.
public struct SeenSuccession: Sendable {
  public let line: Int
  public let predecessor: String
  public let successor: String
  /// The first day of the successor.
  public let day: Day

  public init(line: Int, predecessor: String, successor: String, day: Day) {
    self.line = line
    self.predecessor = predecessor
    self.successor = successor
    self.day = day
  }
}

/// A row of a history: what one code was called, and where it lay, as long as nothing of it changed.
struct SeenStretch {
  /// What falls to one body.
  struct Part {
    /// The body, among those that the file shows.
    let body: SeenLife
    let span: SeenBody.Span
    /// For how long the body had the code, as all rows together say.
    let codeSpan: SeenBody.Span
    /// For how long it had the name.
    let nameSpan: SeenBody.Span
    /// Whether another code of the body follows.
    let isFollowed: Bool
  }

  let line: Int
  let column: Int
  let code: String
  let name: String
  let parts: [Part]
  /// The relationship with the body above, for as long as all rows together say, and for as long as this row says.
  let parent: (whole: SeenRelationship, own: SeenRelationship)?
  /// The code that follows, if it begins before this one ends, and what the row says of the end.
  let overlap: (code: String, firstDay: Day, statedEnd: Day?)?
}

/// A body as a history shows it: the codes that it had one after the other.
struct SeenLife {
  /// The line of the first row that shows it.
  let line: Int
  let stage: ONSEntity.Stage
  var codes: [(code: String, span: SeenBody.Span)]

  /// From the first day of the first code to the last of the last.
  var span: SeenBody.Span { .init(codes[0].span.firstDay, codes[codes.count - 1].span.lastDay) }
}
