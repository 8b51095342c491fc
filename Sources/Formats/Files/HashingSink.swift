/// Passes bytes on to a sink, and counts and hashes them on the way.
package final class HashingSink: ByteSink {
  private let sink: any ByteSink
  private var digest = SHA256()
  /// The number of bytes written so far.
  package private(set) var count = 0

  package init(_ sink: any ByteSink) { self.sink = sink }

  /// The SHA-256 of the bytes written so far, in lower-case hexadecimal (64 characters).
  package var sha256: String { digest.hex() }

  package func write(_ bytes: Span<UInt8>) throws(WriteError) {
    try sink.write(bytes)
    digest.update(bytes)
    count += bytes.count
  }

  package func flush() throws(WriteError) { try sink.flush() }
}
