import Glibc

/// Something that bytes are written to, in order.
package protocol ByteSink: AnyObject {
  /// Takes the bytes of `bytes`; it may hold them back until `flush()`.
  func write(_ bytes: Span<UInt8>) throws(WriteError)

  /// Delivers everything written so far.
  func flush() throws(WriteError)
}

extension ByteSink {
  /// Writes the UTF-8 bytes of `text`.
  package func write(_ text: String) throws(WriteError) {
    try write(Array(text.utf8).span)
  }

  package func write(_ bytes: [UInt8]) throws(WriteError) {
    try write(bytes.span)
  }
}

/// Keeps in memory what is written to it.
package final class MemorySink: ByteSink {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// The bytes as text; bytes that are not UTF-8 become U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package func write(_ bytes: Span<UInt8>) {
    self.bytes.append(span: bytes)
  }

  package func flush() {}
}

/// Writes to a file descriptor through a buffer of 64 KB.
///
/// 1. A call of `flush()` or `close()` that returns has handed every byte to the operating system.
/// 2. Bytes that were not flushed are lost when the sink goes: an error could not be reported then.
/// 3. Bytes that could not be delivered are dropped, so that an error is reported once.
package final class FileSink: ByteSink {
  private static let bufferSize = 65_536

  /// The name used in errors.
  package let path: String
  private let descriptor: Int32
  private var closesDescriptor: Bool
  private var buffer: [UInt8] = []

  /// Writes to an open file descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: Open for writing.
  ///   - path: The name used in errors.
  ///   - closing: Whether this object closes the descriptor.
  package init(descriptor: Int32, path: String, closing: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.closesDescriptor = closing
    buffer.reserveCapacity(Self.bufferSize)
  }

  deinit {
    if closesDescriptor { _ = Glibc.close(descriptor) }
  }

  /// A sink for the standard output. The process's `SIGPIPE` is ignored from now on, so that a closed pipe
  /// is reported as `WriteError.brokenPipe` rather than ending the process.
  package static func standardOutput() -> FileSink {
    _ = signal(SIGPIPE, SIG_IGN)
    return FileSink(descriptor: STDOUT_FILENO, path: "standard output", closing: false)
  }

  package func write(_ bytes: Span<UInt8>) throws(WriteError) {
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count >= Self.bufferSize {
      try deliver(bytes)
    } else {
      buffer.append(span: bytes)
    }
  }

  package func flush() throws(WriteError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    try deliver(buffer.span)
  }

  /// Flushes, asks the operating system to put the file on its medium, and closes it.
  func synchronizeAndClose() throws(WriteError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure(.synchronize) }
    try close()
  }

  /// Flushes and, if the descriptor belongs to this object, closes it. Nothing may be written afterwards.
  package func close() throws(WriteError) {
    try flush()
    guard closesDescriptor else { return }
    closesDescriptor = false
    guard Glibc.close(descriptor) == 0 else { throw failure(.write) }
  }

  private func deliver(_ bytes: Span<UInt8>) throws(WriteError) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.extracting(offset..<bytes.count).withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      }
      if count >= 0 {
        offset += count
      } else if errno != EINTR {
        throw failure(.write)
      }
    }
  }

  private func failure(_ operation: FileError.Operation) -> WriteError {
    WriteError(FileError(path: path, operation: operation, errno: errno))
  }
}

extension [UInt8] {
  mutating func append(span: Span<UInt8>) {
    span.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
