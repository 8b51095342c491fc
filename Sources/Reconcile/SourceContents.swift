import RegistryFormats
package import RegistryStorage

/// What stands in a file of one form, ready to be held against the register.
package protocol SourceContents {
  /// Rows, or records; known when all was reported.
  var lineCount: Int { get }
  /// Rows that could not be read.
  var rejects: [Reject] { get }
  /// Records of which the register keeps nothing.
  var passedOverCount: Int { get }
  /// What makes the copy doubtful.
  var doubts: [String] { get }
  /// The latest day of which the file speaks that has come; nil: it speaks of none.
  var latestDay: Day? { get }
  /// Whose codes name the bodies.
  var scheme: String { get }
  /// What tells the source from others of the same form and day, as part of its key.
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
  package var doubts: [String] { [] }
  package var passedOverCount: Int { 0 }
  package var scheme: String { "ods" }
  package var instrument: Citation.Instrument { .odsRecord }
}
