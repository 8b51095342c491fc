/// A source of XML as batches of tags, one for each buffer of bytes. From the second batch on, a thread of its own
/// parses one buffer ahead of the reader.
///
/// Kept here:
/// 1. After a failure nothing more is parsed or read but what was ahead, and the batch that ends with it is the last.
/// 2. Expat gets full buffers: it begins anew with each piece of an unfinished tag, so small pieces would be slow.
final class XMLFeed {
  struct Batch {
    var tags: XMLTags
    /// The failure that follows the tags. Nil if more tags follow, or the end.
    var failure: XMLError?
    /// The buffer that held the bytes.
    fileprivate var buffer: [UInt8] = []

    init(_ tags: XMLTags) { self.tags = tags }
  }

  /// Bytes to parse, and a batch that is no longer needed, whose memory is used again.
  private struct Piece {
    var spare: Batch
    var range = 0..<0
    var isLast = false
    /// The failure of the source after the bytes.
    var failure: FileError?
  }

  private var source: any ByteSource
  private let bufferSize: Int
  private let parser: Worker<XMLParser, Piece, Batch>
  /// How many pieces were put but not yet taken.
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

  /// The next tags. Nil at the end. The first tags are given before more is read.
  /// - Parameter spare: The previous batch, or any other, whose memory is used again.
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

  /// Reads until the buffer is full or the source ends.
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

/// The state of parsing a text.
private struct XMLParser: ~Copyable {
  private var expat = Expat()
  /// The elements that are open before the next buffer, and the text so far.
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
