import RegistryStorage

/// What a report says, before anybody prints or draws it.
public struct Report: Sendable {
  public var title: String
  /// Sentences before the tables: what is shown, and what to make of it.
  public var lead: [String]
  /// The first holds the rows of the report, and is all that CSV has.
  public var tables: [DataTable]
  public var figures: [Figure]
  /// A tree in words, in the order of reading; empty: none.
  public var outline: [OutlineLine]
  /// Where it is written, the sources of most facts first.
  public var sources: [SourceUse]
  public var edition: Edition

  public init(
    title: String, lead: [String] = [], tables: [DataTable], figures: [Figure] = [], outline: [OutlineLine] = [],
    sources: [SourceUse], edition: Edition
  ) {
    self.title = title
    self.lead = lead
    self.tables = tables
    self.figures = figures
    self.outline = outline
    self.sources = sources
    self.edition = edition
  }
}

extension Report {
  /// A line of a tree.
  public struct OutlineLine: Sendable {
    /// 0 for a root.
    let level: Int
    let text: String
  }
}
