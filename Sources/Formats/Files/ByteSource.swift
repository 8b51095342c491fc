import Glibc

/// Something that bytes are read from, in order, once.
package protocol ByteSource {
  /// Copies the next bytes over `buffer[range]`, from its start.
  ///
  /// - Parameters:
  ///   - buffer: Receives the bytes; its size does not change.
  ///   - range: Where they may go: inside `buffer`, not empty.
  /// - Returns: The number of bytes copied: at least 1, or 0 at the end of the source.
  mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int
}

/// A file, pipe or terminal open for reading. It is closed when the last reference to it goes.
package final class InputFile: ByteSource {
  private let descriptor: Int32
  private let closesDescriptor: Bool
  /// The name used in errors.
  package let path: String

  /// Reads from an open file descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: Open for reading.
  ///   - path: The name used in errors.
  ///   - closing: Whether this object closes the descriptor.
  package init(descriptor: Int32, path: String, closing: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.closesDescriptor = closing
  }

  deinit {
    if closesDescriptor { _ = close(descriptor) }
  }

  package func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[range]).baseAddress, range.count)
      }
      if count >= 0 { return count }
      let code = errno
      guard code == EINTR else { throw FileError(path: path, operation: .read, errno: code) }
    }
  }

  /// All bytes from here to the end.
  package func readToEnd() throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: expectedSize() + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(count, 65_536))) }
      let added = try read(into: &bytes, at: count..<bytes.count)
      if added == 0 { break }
      count += added
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// The size of a regular file in bytes, or a block's worth for anything else.
  private func expectedSize() -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return 65_535 }
    return Int(status.st_size)
  }
}

/// Bytes held in memory.
package struct MemorySource: ByteSource {
  private enum Storage {
    case array([UInt8])
    case literal(StaticString)
  }

  private let storage: Storage
  private let count: Int
  private var offset = 0

  /// Reads the bytes of an array, which is shared, not copied.
  package init(_ bytes: [UInt8]) {
    storage = .array(bytes)
    count = bytes.count
  }

  /// Reads the UTF-8 bytes of a literal, where they lie in the program.
  package init(_ literal: StaticString) {
    storage = .literal(literal)
    count = literal.withUTF8Buffer(\.count)
  }

  package mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let taken = offset..<(offset + min(range.count, count - offset))
    buffer.withUnsafeMutableBytes { target in
      let target = UnsafeMutableRawBufferPointer(rebasing: target[range])
      switch storage {
      case .array(let bytes):
        bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken])) }
      case .literal(let literal):
        literal.withUTF8Buffer { bytes in
          target.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[taken])))
        }
      }
    }
    offset = taken.upperBound
    return taken.count
  }
}
