/// A source of XML as batches of tags, one for each buffer of bytes. From the second on they are found by a thread of its own,
/// which is a buffer ahead of whoever reads them.
///
/// Kept here:
/// 1. After a failure nothing more is parsed, and nothing is read but what was ahead; the batch that ends with it is the last.
/// 2. Expat gets full buffers: it begins anew with each piece of an unfinished tag, and many small ones would take it long.
final class XMLFeed {
  struct Batch {
    var tags: XMLTags
    /// What follows the tags; nil: more of them, or the end.
    var failure: XMLError?
    /// Where the bytes were.
    fileprivate var buffer: [UInt8] = []

    init(_ tags: XMLTags) { self.tags = tags }
  }

  /// Bytes to parse, and what was read and is needed no more: memory to use again.
  private struct Piece {
    var spare: Batch
    var range = 0..<0
    var isLast = false
    /// Of the source, behind the bytes.
    var failure: FileError?
  }

  private var source: any ByteSource
  private let bufferSize: Int
  private let parser: Worker<XMLParser, Piece, Batch>
  /// How many pieces were put and not taken.
  private var waiting = 0
  private var hasBegun = false
  private var isComplete = false

  init(_ source: any ByteSource, _ tags: XMLTags, bufferSize: Int) {
    self.source = source
    self.bufferSize = bufferSize
    parser = Worker(XMLParser(tags), limit: 2) { parser, piece in
      var batch = piece.spare
      parser.parse(piece.range, isLast: piece.isLast, failure: piece.failure, of: &batch)
      return batch
    }
  }

  deinit { parser.finish() }

  /// The next tags; nil at the end. The first are given before more is read.
  /// - Parameter spare: the batch before, or any other.
  func next(reusing spare: consuming Batch) -> Batch? {
    if hasBegun, waiting == 0, !isComplete {
      parser.start()
      put(Batch(spare.tags.empty))
    }
    if !isComplete { put(spare) }
    guard waiting > 0 else { return nil }
    hasBegun = true
    waiting -= 1
    let batch = parser.take()
    if batch.failure != nil { isComplete = true }
    return batch
  }

  private func put(_ spare: consuming Batch) {
    var piece = Piece(spare: spare)
    if piece.spare.buffer.isEmpty { piece.spare.buffer = [UInt8](repeating: 0, count: bufferSize) }
    read(&piece)
    waiting += 1
    parser.put(piece)
  }

  /// Reads until the buffer is full, or the source at its end.
  private func read(_ piece: inout Piece) {
    var count = 0
    do throws(FileError) {
      while count < bufferSize, !isComplete {
        let added = try source.read(into: &piece.spare.buffer, at: count..<bufferSize)
        isComplete = added == 0
        count += added
      }
      piece.isLast = isComplete
    } catch {
      piece.failure = error
      isComplete = true
    }
    piece.range = 0..<count
  }
}

/// What is known of a text while it is parsed.
private struct XMLParser: ~Copyable {
  private var expat = Expat()
  /// Those before the next buffer: the elements that are open, and the text.
  private var tags: XMLTags
  private var hasStarted = false

  init(_ tags: XMLTags) { self.tags = tags }

  /// Finds the tags in the bytes of `batch`, in place of those that it has.
  mutating func parse(_ range: Range<Int>, isLast: Bool, failure: FileError?, of batch: inout XMLFeed.Batch) {
    var found = batch.tags
    batch.tags = tags.empty
    found.goOn(after: tags)
    do throws(XMLError) {
      guard tags.failure == nil else { return }
      let start = try start(of: batch.buffer, range)
      try expat.parse(batch.buffer, start..<range.upperBound, isLast: isLast, into: &found)
      if let failure { throw expat.error(.unreadable(failure)) }
    } catch {
      found.failure = error
    }
    tags.goOn(after: found)
    batch.failure = found.failure
    batch.tags = found
  }

  /// Refuses what expat would read as UTF-16, and finds where the text begins: expat would count a byte order mark as a
  /// column.
  private mutating func start(of buffer: [UInt8], _ range: Range<Int>) throws(XMLError) -> Int {
    guard !hasStarted, !range.isEmpty else { return range.lowerBound }
    hasStarted = true
    if buffer[range].starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    let start = buffer[range].prefix(2)
    if start.allSatisfy({ $0 == 0 }) { throw XMLError(line: 1, column: 1, reason: .nulByte) }
    if start.contains(0) || [[0xFE, 0xFF], [0xFF, 0xFE]].contains(Array(start)) {
      throw XMLError(line: 1, column: 1, reason: .encoding("UTF-16"))
    }
    return 0
  }
}
