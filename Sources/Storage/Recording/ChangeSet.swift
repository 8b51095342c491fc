/// What somebody wants to record in the register. There is no other way to write.
///
/// A change set is plain data. `Registry.preview` tells what it would do. `Registry.record` does all of it or nothing.
public struct ChangeSet: Sendable {
  /// The statements. Their order does not matter.
  public var changes: [Change]
  /// The files from which it was read. The revision remembers them.
  public var files: [RevisionFile]

  /// Puts statements together with the files from which they were read.
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
  /// The permanent key of the fact. Nil means a key made from its content, so that stating it twice changes nothing.
  public var key: String?
  /// What is stated.
  public var content: Content
  /// When a dated fact begins. Nil for other facts.
  public var start: Start?
  /// The first day on which a dated fact no longer holds. Nil if the statement does not say.
  public var end: Day?
  /// The key of the event that ends the fact. The end moves with the event when it is amended.
  public var endEvent: String?
  /// Where the first day comes from.
  public var status: Certainty
  /// Where the last day comes from.
  public var endStatus: Certainty
  /// The key of the source. Nil means the source of the event.
  public var source: String?
  /// A remark that is kept with the statement.
  public var note: String?
  /// The file and line of the statement, for messages. Nil if it comes from no file.
  public var origin: Origin?

  /// Makes a statement.
  /// - Parameters:
  ///   - content: what is stated.
  ///   - key: the permanent key of the fact. Nil means a key made from what the fact says.
  ///   - start: when a dated fact begins.
  ///   - end: the first day on which it no longer holds. Nil if the statement does not say.
  ///   - endEvent: the key of the event that ends it.
  ///   - status: where the first day comes from.
  ///   - endStatus: where the last day comes from.
  ///   - source: the key of the source. Nil means the source of the event.
  ///   - note: a remark that is kept.
  ///   - origin: the file and line of the statement, for messages.
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

  /// A day, or the day of an event.
  public enum Start: Equatable, Sendable {
    /// On this day.
    case day(Day)
    /// On the day of the event with this key. The fact moves with the event when it is amended.
    case event(String)
  }

  /// The file and line of a statement.
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

  /// What a statement says. It names bodies, events, parcels and words by their keys. It may also name a body by a code
  /// of the day.
  public enum Content: Equatable, Sendable {
    /// A word of the register, such as a kind of body.
    case word(Word)
    /// A body, by its permanent key.
    case organisation(key: String)
    /// A piece of territory in a partition, by its permanent key.
    case parcel(key: String, partition: String)
    /// A fact of any kind. Functions such as `code(organisation:scheme:value:)` make one.
    case fact(Fact)
    /// A unit, the parcel in which it lies, and what it amounts to.
    case unit(partition: String, code: String, parcel: String, amounts: [UnitAmount])

    /// The event establishes the body, whose life begins with this kind.
    case open(event: String, organisation: String, kind: String?)
    /// The event ends the body, and with it its codes, names, roles, relationships and other dated facts.
    case close(event: String, organisation: String)

    /// The fact with `key` was wrong. The register no longer states it, and nothing takes its place.
    case retract(key: String)
    /// Erases the name of a holder from all revisions, for good. `Registry.eraseRemains` then cleans the file.
    case redact(holder: String)
    /// Every fact that the revision opened, changed or ended becomes what it was before.
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
