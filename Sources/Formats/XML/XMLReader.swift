/// Reads an XML source tag by tag, without holding more than a buffer's worth of tags.
///
/// The text between two tags comes with the second one: `text` is what stands before the current tag, without comments,
/// with references and CDATA resolved and line ends as LF. Names are places in the list given to the reader.
///
/// The source may be hostile. It must be UTF-8 (a byte order mark is skipped) without a document type declaration.
/// Depth and the lengths of tags, comments and texts are limited, so that memory does not grow; see `XMLError`.
///
/// Kept here:
/// 1. Tags before an error come first, then the error. Every later call of `next()` throws the same error.
/// 2. The source is read in the thread of the reader, up to two buffers ahead: one that waits and one that is parsed.
package struct XMLReader: ~Copyable {
  /// How a source is read.
  package struct Options: Sendable {
    /// How many elements may be open at a time.
    package var maximumDepth = 64
    /// The most bytes that a tag, or the text between two tags, may have. A comment may have about as many.
    package var maximumLength = 1 << 20
    /// The number of bytes read at a time.
    package var bufferSize = 1 << 18

    package init() {}
  }

  package enum Tag: Sendable {
    case start
    /// Also given for an empty element, after its start.
    case end
  }

  private let feed: XMLFeed
  private var batch: XMLFeed.Batch
  /// The index in `batch` of the tag after the current one.
  private var nextTag = 0

  /// How many elements are open, including that of the current tag.
  package private(set) var depth = 0

  /// - Parameter names: Names of elements and attributes. `name` and `attribute` refer to them by their places, from 0.
  package init(_ source: any ByteSource, names: [String], options: Options = Options()) {
    precondition(Set(names).count == names.count, "a name stands twice")
    let tags = XMLTags(
      names: XMLNames(names), depthLimit: options.maximumDepth, lengthLimit: min(options.maximumLength, 1 << 28))
    batch = XMLFeed.Batch(tags)
    feed = XMLFeed(source, tags, bufferSize: min(max(options.bufferSize, 4), 1 << 24))
  }

  /// Advances to the next tag.
  ///
  /// - Returns: The kind of the tag. Nil after the last tag.
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

  /// Goes to the end tag of the element that is open at `depth`, unless the current tag is that.
  package mutating func skip(to depth: Int) throws(XMLError) {
    while self.depth > depth || current.isStart {
      if try next() == nil { return }
    }
  }

  // MARK: - The current tag, once `next()` has given one

  private var current: XMLTags.Tag { batch.tags.tags[nextTag - 1] }

  /// The line of the first character of the tag, from 1.
  package var line: Int { current.line }

  /// The column of the first character of the tag, from 1, in Unicode scalars. The end of an empty element has the
  /// column after it.
  package var column: Int { Int(current.column) }

  /// The place of the element's name among the names of the reader, or -1 if it is not among them.
  package var name: Int { Int(current.name) }

  /// The element's name. It is empty at the end tag of an element whose name is not among those of the reader.
  package var spelling: String {
    current.name == XMLNames.unknown ? string(current.spelling) : batch.tags.names.spellings[Int(current.name)]
  }

  /// The text before the tag, from the tag before.
  package var text: String { string(current.text) }

  /// What `body` makes of the bytes of `text`, which are lent to it.
  package func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    body(batch.tags.bytes.span.extracting(current.text.range))
  }

  /// The value of an attribute of a start tag. Nil if it has none of this name.
  ///
  /// - Parameter name: The place of the attribute's name among the names of the reader.
  package func attribute(_ name: Int) -> String? { value(name).map { string($0) } }

  /// What `body` makes of the bytes of an attribute, which are lent to it. Nil if there is no such attribute.
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
