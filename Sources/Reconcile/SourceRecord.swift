package import RegistryStorage

/// What the records of a source say, in the words of the register, before they are held against the register.
package enum SourceRecord {
  /// What one row of a file says about a body.
  package struct Organisation: Sendable {
    package struct Role: Sendable {
      package let kind: String
      /// nil: for as long as the body exists.
      package let period: Period?

      package init(_ kind: String, _ period: Period? = nil) {
        self.kind = kind
        self.period = period
      }
    }

    package let line: Int
    package let code: String
    package let name: String?
    /// The kinds that the row stands for, the main one first; empty: the file does not say.
    package let roles: [Role]
    package var operational: Period?
    package var legal: Period?
    /// The kind that the bearer of the code was of before it became what the row says, and the first day after: one row,
    /// two bodies.
    package var before: (kind: String, end: Day)?

    package init(line: Int, code: String, name: String?, roles: [Role], operational: Period?, legal: Period? = nil) {
      self.line = line
      self.code = code
      self.name = name
      self.roles = roles
      self.operational = operational
      self.legal = legal
    }
  }

  /// That a body stood to another, as one row says.
  package struct Relationship: Sendable {
    package let line: Int
    package let code: String
    package let superior: String
    /// A relationship kind of the register.
    package let kind: String
    package let period: Period
    /// Whether the row is one of a history: others show the rest, so the register may say more, and a body has one superior of
    /// a kind at a time.
    package var isPartial = false

    package init(line: Int, code: String, superior: String, kind: String, period: Period) {
      self.line = line
      self.code = code
      self.superior = superior
      self.kind = kind
      self.period = period
    }
  }

  /// That a body succeeded another, as one row says.
  package struct Succession: Sendable {
    package let line: Int
    package let predecessor: String
    package let successor: String
    /// The first day of the successor.
    package let day: Day

    package init(line: Int, predecessor: String, successor: String, day: Day) {
      self.line = line
      self.predecessor = predecessor
      self.successor = successor
      self.day = day
    }
  }

  /// A row of a history: what one code was called, and where it lay, as long as nothing of it changed.
  package struct HistoryRow {
    /// What falls to one body.
    package struct Part {
      /// The body, among those that the file shows.
      package let body: Life
      package let period: Period
      /// For how long the body had the code, as all rows together say.
      package let codePeriod: Period
      /// For how long it had the name.
      package let namePeriod: Period
      /// Whether another code of the body follows.
      package let isFollowed: Bool

      package init(
        body: Life, period: Period, codePeriod: Period, namePeriod: Period, isFollowed: Bool
      ) {
        (self.body, self.period, self.codePeriod, self.namePeriod) = (body, period, codePeriod, namePeriod)
        self.isFollowed = isFollowed
      }
    }

    package let line: Int
    package let column: Int
    package let code: String
    package let name: String
    package let parts: [Part]
    /// The relationship with the body above, for as long as all rows together say, and for as long as this row says.
    package let parent: (whole: Relationship, own: Relationship)?
    /// The code that follows, if it begins before this one ends, and what the row says of the end.
    package let overlap: (code: String, firstDay: Day, statedEnd: Day?)?

    package init(
      line: Int, column: Int, code: String, name: String, parts: [Part],
      parent: (whole: Relationship, own: Relationship)?,
      overlap: (code: String, firstDay: Day, statedEnd: Day?)?
    ) {
      (self.line, self.column, self.code, self.name, self.parts) = (line, column, code, name, parts)
      (self.parent, self.overlap) = (parent, overlap)
    }
  }

  /// A body as a history shows it: the codes that it had one after the other.
  package struct Life {
    /// For how long the codes of an entity are those of one body, and what that body is.
    package struct Stage: Equatable {
      /// Kinds that a body has, each from its first day on to that of the next; nil: from the first day of the body.
      package let kinds: [(kind: String, firstDay: Day?)]
      /// Kinds that the body has beside.
      package let sideKinds: [String]
      /// Half-open.
      package let period: Period

      package init(kinds: [(kind: String, firstDay: Day?)], sideKinds: [String] = [], period: Period) {
        (self.kinds, self.sideKinds, self.period) = (kinds, sideKinds, period)
      }

      /// The kind that the body is of on `day`.
      package func kind(on day: Day) -> String {
        (kinds.last { $0.firstDay.map { $0 <= day } ?? true } ?? kinds[0]).kind
      }

      package static func == (left: Stage, right: Stage) -> Bool {
        left.period == right.period && left.kinds.map(\.kind) == right.kinds.map(\.kind)
      }
    }

    /// The line of the first row that shows it.
    package let line: Int
    package let stage: Stage
    package var codes: [(code: String, period: Period)]

    package init(line: Int, stage: Stage, codes: [(code: String, period: Period)]) {
      (self.line, self.stage, self.codes) = (line, stage, codes)
    }

    /// From the first day of the first code to the last of the last.
    package var period: Period { Period(codes[0].period.start, codes[codes.count - 1].period.end) }
  }

  /// Two codes of one body.
  package struct CodePair {
    package let line: Int
    /// nil: the row has none.
    package let ons: String?
    package let ods: String?
    /// For how long both codes are meant, at least.
    package let period: Period
    /// Whether the first day is that of the code, or only one on which it was seen.
    package let since: Certainty

    package init(line: Int, ons: String?, ods: String?, period: Period, since: Certainty) {
      (self.line, self.ons, self.ods, self.period, self.since) = (line, ons, ods, period, since)
    }
  }
}
