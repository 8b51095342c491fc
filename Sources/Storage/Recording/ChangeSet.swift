/// What somebody wants to say to the register, in the order in which they said it: the only door for writes.
///
/// A change set is plain data. `Registry.preview` tells what it would do, `Registry.record` does it, whole or not at all.
public struct ChangeSet: Sendable {
  /// The statements. Their order does not matter.
  public var changes: [Change]
  /// The files it was read from; remembered with the revision.
  public var files: [RevisionFile]

  /// Puts statements together, with the files that they were read from.
  public init(changes: [Change] = [], files: [RevisionFile] = []) {
    self.changes = changes
    self.files = files
  }
}

/// A file from which a revision was read.
public struct RevisionFile: Equatable, Sendable {
  /// The name of the file, without its folder.
  public let name: String
  /// 64 lower-case hexadecimal digits.
  public let sha256: String
  /// How many lines it had.
  public let lineCount: Int
  /// How many of them were rejected.
  public let rejectCount: Int

  /// Describes a file.
  public init(name: String, sha256: String, lineCount: Int, rejectCount: Int = 0) {
    self.name = name
    self.sha256 = sha256
    self.lineCount = lineCount
    self.rejectCount = rejectCount
  }
}

/// One statement: a definition, an identity, an event or a fact.
public struct Change: Equatable, Sendable {
  /// The permanent key of the fact. Nil: made from what the fact says, so that saying it twice changes nothing.
  public var key: String?
  /// What is stated.
  public var content: Content
  /// When a dated fact begins; nil for the rest.
  public var start: Start?
  /// The first day on which a dated fact no longer holds; nil: not said.
  public var end: Day?
  /// The key of the event whose day is that day; the end moves with it when the event is amended.
  public var endEvent: String?
  /// Where the first day comes from.
  public var status: Certainty
  /// Where the last day comes from.
  public var endStatus: Certainty
  /// The key of the source; nil: that of the event.
  public var source: String?
  /// A remark that is kept with the statement.
  public var note: String?
  /// Where the statement was written, for messages; nil: nowhere in particular.
  public var origin: Origin?

  /// Makes a statement.
  /// - Parameters:
  ///   - content: what is stated.
  ///   - key: the permanent key of the fact; nil: made from what it says.
  ///   - start: when a dated fact begins.
  ///   - end: the first day on which it no longer holds; nil: not said.
  ///   - endEvent: the key of the event whose day is that day.
  ///   - status: where the first day comes from.
  ///   - endStatus: where the last day comes from.
  ///   - source: the key of the source; nil: that of the event.
  ///   - note: a remark that is kept.
  ///   - origin: where the statement was written, for messages.
  public init(
    _ content: Content, key: String? = nil, start: Start? = nil, end: Day? = nil, endEvent: String? = nil,
    status: Certainty = .stated, endStatus: Certainty = .stated, source: String? = nil, note: String? = nil,
    origin: Origin? = nil
  ) {
    self.key = key
    self.content = content
    self.start = start
    self.end = end
    self.endEvent = endEvent
    self.status = status
    self.endStatus = endStatus
    self.source = source
    self.note = note
    self.origin = origin
  }

  /// When a dated fact begins.
  public enum Start: Equatable, Sendable {
    /// On this day.
    case day(Day)
    /// The day of the event with this key; the fact moves with it when the event is amended.
    case event(String)
  }

  /// Where it was written: a file and a line, counted from 1.
  public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// The name of the file.
    public let file: String
    /// The line, counted from 1.
    public let line: Int

    package init(file: String, line: Int) {
      self.file = file
      self.line = line
    }

    public var description: String { "\(file):\(line)" }
  }

  /// Bodies, events, parcels and words are named by their keys; a body may also be named by a code of the day.
  public enum Content: Equatable, Sendable {
    /// A word of the register, such as a kind of body.
    case word(Word)
    /// A body, by its permanent key.
    case organisation(key: String)
    /// A piece of territory, by its permanent key, of a partition.
    case parcel(key: String, partition: String)
    /// A fact of any kind; `code(organisation:scheme:value:)` and its like make it.
    case fact(Fact)
    /// A unit, the parcel in which it lies, and what it amounts to.
    case unit(partition: String, code: String, parcel: String, amounts: [UnitAmount])

    /// The event establishes the body: its life begins, with this kind.
    case open(event: String, organisation: String, kind: String?)
    /// The event ends the body: its life and all its codes, names, roles and relationships end.
    case close(event: String, organisation: String)

    /// The fact with `key` was wrong: it ends as recorded and nothing takes its place.
    case retract(key: String)
    /// The name of a holder is forgotten, in what is known now and in what was known before; nothing brings it back.
    /// `Registry.eraseRemains` then makes the file forget it too.
    case redact(holder: String)
    /// Every fact that the revision opened, changed or ended becomes what it was before it.
    case undo(revision: Int64)
  }
}

/// What a unit amounts to in a basis.
public struct UnitAmount: Equatable, Sendable {
  /// The key of the basis.
  public let basis: String
  /// How much, in the unit of the basis.
  public let amount: Double

  package init(basis: String, amount: Double) {
    self.basis = basis
    self.amount = amount
  }
}
