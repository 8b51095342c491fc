/// Passes bytes on to a sink, and counts and hashes them on their way.
public final class HashingSink: ByteSink {
  private let sink: any ByteSink
  private var digest = SHA256()
  /// The number of bytes written so far.
  public private(set) var count = 0

  public init(_ sink: any ByteSink) { self.sink = sink }

  /// The SHA-256 of the bytes written so far, in lower-case hexadecimal (64 characters).
  public var sha256: String { digest.hex() }

  public func write(_ bytes: Span<UInt8>) throws(WriteError) {
    try sink.write(bytes)
    digest.update(bytes)
    count += bytes.count
  }

  public func flush() throws(WriteError) { try sink.flush() }
}
