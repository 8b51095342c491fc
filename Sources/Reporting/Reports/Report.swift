package import RegistryStorage

/// What a report says, before anybody prints or draws it.
package struct Report: Sendable {
  package var title: String
  /// Sentences before the tables: what is shown, and what to make of it.
  package var lead: [String]
  /// The first table holds the rows of the report. CSV has only this one.
  package var tables: [DataTable]
  package var figures: [Figure]
  /// A tree in words, in reading order. Empty if there is none.
  package var outline: [OutlineLine]
  /// Where it is written, starting with the sources of most facts.
  package var sources: [SourceUse]
  package var edition: Edition

  /// A line of a tree.
  package struct OutlineLine: Sendable {
    /// 0 for a root.
    let level: Int
    let text: String
  }
}
