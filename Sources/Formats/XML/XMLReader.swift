/// Reads an XML source tag by tag, without holding more than a buffer's worth of tags.
///
/// The text between two tags comes with the second one: `text` is what stands before the current tag, comments left out,
/// references and CDATA resolved, line ends as LF. Names are numbers: those of the list that the reader was made with.
///
/// The source may be hostile. It must be UTF-8 (a byte order mark is skipped) without a document type declaration; depth,
/// and length of tags, comments and texts are limited, so that memory does not grow with the source; see `XMLError`.
///
/// Kept here:
/// 1. Tags before an error are given first, then the error; after it every call of `next()` throws the same error.
/// 2. The source is read in the thread of the reader, up to two buffers ahead: one that waits and one that is parsed.
package struct XMLReader: ~Copyable {
  /// How a source is read.
  package struct Options: Sendable {
    /// How many elements may be open at a time.
    package var maximumDepth = 64
    /// The number of bytes that a tag, or the text between two tags, may have, and about that of a comment.
    package var maximumLength = 1 << 20
    /// The number of bytes read at a time.
    package var bufferSize = 1 << 18

    package init() {}
  }

  package enum Tag: Sendable {
    case start
    /// Also that of an empty element, after its start.
    case end
  }

  private let feed: XMLFeed
  private var batch: XMLFeed.Batch
  /// The index in `batch` of the tag after the current one.
  private var nextTag = 0

  /// How many elements are open, that of the current tag included.
  package private(set) var depth = 0

  /// Reads from `source`.
  ///
  /// - Parameter names: names of elements and attributes; `name` and `attribute` speak of them by their place, from 0.
  package init(_ source: any ByteSource, names: [String], options: Options = Options()) {
    precondition(Set(names).count == names.count, "a name stands twice")
    let tags = XMLTags(
      names: XMLNames(names), depthLimit: options.maximumDepth, lengthLimit: min(options.maximumLength, 1 << 28))
    batch = XMLFeed.Batch(tags)
    feed = XMLFeed(source, tags, bufferSize: min(max(options.bufferSize, 4), 1 << 24))
  }

  /// Advances to the next tag.
  ///
  /// - Returns: its kind; nil after the last.
  package mutating func next() throws(XMLError) -> Tag? {
    if nextTag > 0, !current.isStart { depth -= 1 }
    while nextTag == batch.tags.tags.count {
      if let failure = batch.failure { throw failure }
      var spare = XMLFeed.Batch(batch.tags.empty)
      swap(&spare, &batch)
      nextTag = 0
      guard let next = feed.next(reusing: spare) else { return nil }
      batch = next
    }
    nextTag += 1
    guard current.isStart else { return .end }
    depth += 1
    return .start
  }

  /// Goes from a start tag to the end tag of its element.
  package mutating func skipElement() throws(XMLError) { try skip(to: depth) }

  /// Goes to the end tag of the element that is open at `depth`, unless this is the current tag.
  package mutating func skip(to depth: Int) throws(XMLError) {
    while self.depth > depth || current.isStart {
      if try next() == nil { return }
    }
  }

  // MARK: - The current tag, once `next()` has given one

  private var current: XMLTags.Tag { batch.tags.tags[nextTag - 1] }

  /// The line of the first character of the tag, from 1.
  package var line: Int { current.line }

  /// The column of the first character of the tag, from 1, in Unicode scalars; for the end of an empty element, the column
  /// after it.
  package var column: Int { Int(current.column) }

  /// The place of the element's name among the names of the reader; -1 if it is not among them.
  package var name: Int { Int(current.name) }

  /// The element's name; empty at the end tag of an element whose name is not among those of the reader.
  package var spelling: String {
    current.name == XMLNames.unknown ? string(current.spelling) : batch.tags.names.spellings[Int(current.name)]
  }

  /// The text before the tag, from the tag before.
  package var text: String { string(current.text) }

  /// What `body` makes of the bytes of `text`, which are lent to it.
  package func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    body(batch.tags.bytes.span.extracting(current.text.range))
  }

  /// The value of an attribute of a start tag; nil if it has none of this name.
  ///
  /// - Parameter name: The place of the attribute's name among the names of the reader.
  package func attribute(_ name: Int) -> String? { value(name).map { string($0) } }

  /// What `body` makes of the bytes of an attribute, which are lent to it; nil if there is no such attribute.
  package func withAttribute<Result>(_ name: Int, _ body: (Span<UInt8>) -> Result) -> Result? {
    value(name).map { body(batch.tags.bytes.span.extracting($0.range)) }
  }

  private func value(_ name: Int) -> XMLTags.Piece? {
    var index = nextTag > 1 ? Int(batch.tags.tags[nextTag - 2].attributesEnd) : 0
    let end = Int(current.attributesEnd)
    while index < end {
      if Int(batch.tags.attributes[index].name) == name { return batch.tags.attributes[index].value }
      index += 1
    }
    return nil
  }

  private func string(_ piece: XMLTags.Piece) -> String {
    String(decoding: batch.tags.bytes[piece.range], as: UTF8.self)
  }
}
