import Glibc

/// Bytes that can be read at any position, by several readers at the same time.
package protocol ByteStore: Sendable {
  /// The name used in errors.
  var path: String { get }
  /// In bytes.
  var size: Int { get }

  /// Copies bytes from `offset` on over `buffer[range]`.
  /// - Returns: How many there are; 0 at the end.
  func read(into buffer: inout [UInt8], _ range: Range<Int>, from offset: Int) throws(FileError) -> Int
}

/// Part of a regular file. Several ranges of one file can be read at the same time.
package struct FileRange: ByteSource, Sendable {
  private let file: any ByteStore
  private var offset: Int
  private let end: Int

  package init(_ file: any ByteStore, _ range: Range<Int>? = nil) {
    let range = range ?? 0..<file.size
    self.file = file
    offset = range.lowerBound
    end = range.upperBound
  }

  package mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let wanted = min(range.count, end - offset)
    guard wanted > 0 else { return 0 }
    let count = try file.read(into: &buffer, range.lowerBound..<(range.lowerBound + wanted), from: offset)
    offset += count
    return count
  }
}

/// A regular file, read at positions.
package final class SharedFile: ByteStore {
  package let path: String
  /// The size in bytes when it was opened.
  package let size: Int
  private let descriptor: Int32

  /// - Returns: Nil if `path` is not a regular file: a pipe can be read only once, in order.
  package init?(_ path: String) throws(FileError) {
    // Ask before opening: opening and closing a pipe would disturb whoever writes to it.
    if let mode = Files.mode(of: path), mode & S_IFMT != S_IFREG { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open, errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      _ = close(descriptor)
      return nil
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { _ = close(descriptor) }

  package func read(into buffer: inout [UInt8], _ range: Range<Int>, from offset: Int) throws(FileError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        pread(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[range]).baseAddress, range.count, off_t(offset))
      }
      if count >= 0 { return count }
      let code = errno
      guard code == EINTR else { throw FileError(path: path, operation: .read, errno: code) }
    }
  }

  /// The whole file in ranges of about `count` bytes, each but the first of which begins after a line end.
  func stretches(ofAbout count: Int) throws(FileError) -> [Range<Int>] {
    var starts = [0]
    while let last = starts.last, size - last > count, let next = try lineStart(from: last + count) {
      starts.append(next)
    }
    return zip(starts, starts.dropFirst() + [size]).map { $0..<$1 }
  }

  /// The position after the first line end from `goal` on. Nil if nothing stands there. A byte order mark never does,
  /// because a reader that begins there would take it for that of the file.
  func lineStart(from goal: Int) throws(FileError) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var offset = goal
    while true {
      let count = try read(into: &buffer, 0..<buffer.count, from: offset)
      // A line end that is the last byte read is passed over, because what follows it is not seen.
      for index in 1..<max(count, 1) where buffer[index - 1] == .lineFeed && buffer[index] != 0xEF {
        return offset + index
      }
      if count == 0 { return nil }
      offset += count
    }
  }
}

/// A source whose first bytes were looked at.
package struct PeekedSource: ByteSource {
  /// The first bytes: as many as were asked for, unless there are fewer.
  package let prefix: [UInt8]
  private var unread: ArraySlice<UInt8>
  private var rest: any ByteSource

  /// - Parameter length: How many bytes to look at, at least 1.
  package init(_ source: any ByteSource, length: Int) throws(FileError) {
    rest = source
    var bytes = [UInt8](repeating: 0, count: length)
    var count = 0
    while count < bytes.count {
      let added = try rest.read(into: &bytes, at: count..<bytes.count)
      if added == 0 { break }
      count += added
    }
    prefix = Array(bytes[..<count])
    unread = prefix[...]
  }

  package mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if unread.isEmpty { return try rest.read(into: &buffer, at: range) }
    let taken = unread.prefix(range.count)
    for (index, byte) in zip(range, taken) { buffer[index] = byte }
    unread = unread.dropFirst(taken.count)
    return taken.count
  }
}
