/// A source whose bytes are hashed while they are read. A large one is hashed by a thread of its own.
///
/// Kept here:
/// 1. Every byte that was read is in `pending`, on its way to the hasher, or in the digest, in the order of the source.
package final class HashingSource: ByteSource {
  /// How many bytes are handed over at a time. A file that is smaller needs no other thread.
  private static let pieceSize = 1 << 20

  private var source: any ByteSource
  private var pending: [UInt8] = []
  private var digest = SHA256()
  private var hasher: Worker<SHA256, [UInt8], Void>?
  /// The number of bytes read so far.
  package private(set) var count = 0

  package init(_ source: any ByteSource) {
    self.source = source
  }

  deinit { hasher?.finish() }

  /// The SHA-256 of the bytes read so far, in lower-case hexadecimal (64 characters).
  package var sha256: String {
    var digest = hasher?.finished { $0 } ?? self.digest
    digest.update(pending)
    (self.digest, hasher, pending) = (digest, nil, [])
    return digest.hex()
  }

  package func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let added = try source.read(into: &buffer, at: range)
    pending.append(contentsOf: buffer[range.lowerBound..<(range.lowerBound + added)])
    count += added
    if pending.count >= Self.pieceSize { handOver() }
    return added
  }

  private func handOver() {
    let hasher = self.hasher ?? startHasher()
    hasher.put(pending)
    pending = []
    pending.reserveCapacity(Self.pieceSize + (1 << 16))
  }

  private func startHasher() -> Worker<SHA256, [UInt8], Void> {
    let hasher = Worker<SHA256, [UInt8], Void>(digest, limit: 8) { digest, bytes in digest.update(bytes) }
    hasher.start()
    self.hasher = hasher
    return hasher
  }
}
