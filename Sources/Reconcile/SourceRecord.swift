package import RegistryStorage

/// What the records of a source say, in the words of the register, before they are held against it.
package enum SourceRecord {
  /// What one row of a file says about a body.
  package struct Organisation: Sendable {
    package struct Role: Sendable {
      package let kind: String
      /// Nil if the role lasts as long as the body.
      package let period: Period?

      package init(_ kind: String, _ period: Period? = nil) {
        self.kind = kind
        self.period = period
      }
    }

    package let line: Int
    package let code: String
    package let name: String?
    /// The kinds that the row stands for, the main one first. Empty if the file does not say.
    package let roles: [Role]
    package var operational: Period?
    package var legal: Period?
    /// The kind of the body that had the code before, and the first day after it. Such a row stands for two bodies.
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

  /// The relationship of a body with another, as one row states it.
  package struct Relationship: Sendable {
    package let line: Int
    package let code: String
    package let superior: String
    /// A relationship kind of the register.
    package let kind: String
    package let period: Period
    /// Whether the row is one of a history. Other rows show the rest, so the register may say more, and a body has one
    /// superior of a kind at a time.
    package var isPartial = false
    /// Whether a body has one superior of this kind at a time, whatever kinds of bodies the superiors are.
    package var isExclusive = false

    package init(line: Int, code: String, superior: String, kind: String, period: Period) {
      self.line = line
      self.code = code
      self.superior = superior
      self.kind = kind
      self.period = period
    }
  }

  /// The succession of one body by another, as one row states it.
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

  /// A row of a history: the name and the parent of a code for as long as neither changed.
  package struct HistoryRow {
    /// The part of the row that is about one body.
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
    /// The code that follows, if it begins before this one ends, and the end that the row gives.
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
    /// A period in which the codes of an entity are those of one body, and the kinds of that body.
    package struct Stage: Equatable {
      /// The main kinds of the body, one after the other. A kind without a first day holds from that of the body.
      package let kinds: [(kind: String, firstDay: Day?)]
      /// Kinds that the body has besides.
      package let sideKinds: [String]
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
    /// Nil if the row has none.
    package let ons: String?
    package let ods: String?
    /// The period in which both codes hold, at least.
    package let period: Period
    /// Whether the first day is that of the code, or only one on which it was seen.
    package let since: Certainty

    package init(line: Int, ons: String?, ods: String?, period: Period, since: Certainty) {
      (self.line, self.ons, self.ods, self.period, self.since) = (line, ons, ods, period, since)
    }
  }
}
