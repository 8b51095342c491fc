import Synchronization

/// Counts the bytes of a file that have been read, for an observer on any thread.
package final class ByteMeter: Sendable {
  /// The size of the file in bytes. Nil for a pipe.
  package let total: Int?
  private let taken = Atomic<Int>(0)

  package init(total: Int?) {
    self.total = total
  }

  /// The number of bytes read so far. Bytes that were read again are counted again.
  package var count: Int { taken.load(ordering: .relaxed) }

  func add(_ count: Int) {
    taken.add(count, ordering: .relaxed)
  }
}

/// A source whose bytes are counted by a meter.
struct MeteredSource: ByteSource {
  private var source: any ByteSource
  private let meter: ByteMeter

  init(_ source: any ByteSource, _ meter: ByteMeter) {
    self.source = source
    self.meter = meter
  }

  mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let count = try source.read(into: &buffer, at: range)
    meter.add(count)
    return count
  }
}
