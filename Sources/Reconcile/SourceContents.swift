import RegistryFormats
package import RegistryStorage

/// The contents of a file of one form, ready to be held against the register.
package protocol SourceContents {
  /// How many rows or records there are. For a stream, this is known once all were held against the register.
  var lineCount: Int { get }
  /// Rows that could not be read.
  var rejects: [Reject] { get }
  /// How many records are of no use to the register.
  var passedOverCount: Int { get }
  /// What makes the copy doubtful.
  var doubts: [String] { get }
  /// The day of issue, if the file states it.
  var statedIssue: Day? { get }
  /// The latest day in the file that is not in the future: it was issued then or later. Nil if there is none.
  var latestDay: Day? { get }
  /// The scheme whose codes name the bodies.
  var scheme: String { get }
  /// The part of the source's key that tells it from others of the same form and day.
  var stem: String { get }
  /// How the source is cited, without the day.
  var title: String { get }
  var instrument: Citation.Instrument { get }

  /// Holds all rows against the register.
  /// - Returns: what is worth telling, in sentences.
  mutating func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws -> [String]
}

extension SourceContents {
  package var statedIssue: Day? { nil }
  package var doubts: [String] { [] }
  package var passedOverCount: Int { 0 }
  package var scheme: String { "ods" }
  package var instrument: Citation.Instrument { .odsRecord }
}
