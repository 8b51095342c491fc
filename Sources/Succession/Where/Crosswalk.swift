public import RegistryStorage

/// Where all bodies of a kind lie on another day.
public struct Crosswalk {
  /// A body of the first day, and where it lies on the other.
  public struct Row {
    /// The body on the first day.
    public let body: Organisation
    /// Where it lies.
    public let answer: Answer
  }

  /// The kind of the bodies of the first day.
  public let kind: String
  /// What was asked.
  public let question: Question
  /// A row for each body, in the order of the register.
  public let rows: [Row]

  /// Asks where the bodies lie.
  /// - Parameters:
  ///   - kind: the kind of the bodies of the first day. Nil for the kind of the place tier that most bodies have then.
  ///     A kind that the register lacks has no bodies.
  ///   - whereabouts: what the register knows.
  ///   - question: the days, the level and the bases.
  /// - Throws: an error of the database.
  public init(of kind: String?, in whereabouts: Whereabouts, _ question: Question) throws(DatabaseError) {
    var asked = kind
    if asked == nil { asked = try whereabouts.mostFrequentPlaceKind(on: question.from) }
    self.kind = asked ?? ""
    self.question = question
    var rows: [Row] = []
    for body in try whereabouts.registry.organisations(
      kind: self.kind, on: question.from, timeline: question.dates, knownIn: whereabouts.revision)
    {
      rows.append(Row(body: body, answer: try whereabouts.answer(for: body.id, question)))
    }
    self.rows = rows
  }
}

extension Whereabouts {
  /// The kind of the place tier that most bodies have on a day. Among equals, the last of the register.
  package func mostFrequentPlaceKind(on day: Day) throws(DatabaseError) -> String {
    let counts = try registry.bodyCounts(on: day, knownIn: revision)
    let places = kinds.filter { $0.tier == Kind.placeTier }.map(\.key)
    return places.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? ""
  }
}
