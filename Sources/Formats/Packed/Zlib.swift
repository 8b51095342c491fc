import CZlib
import Glibc

/// Unpacks deflated data (RFC 1951) through zlib, reading its source as it goes.
///
/// Kept here:
/// 1. `buffer[start..<end]` are the packed bytes that were read but not yet taken.
/// 2. zlib holds addresses of buffers only while `inflate` runs.
/// 3. The stream stays where it was allocated: zlib refuses one that was moved.
/// 4. Memory does not grow with the data: it is a window of 32 KB and the buffer.
final class Inflater: ByteSource {
  enum Wrapping: Int32 {
    /// Nothing around the deflated data.
    case none = -15
    /// A header, and a checksum and length (RFC 1952), which are checked.
    case gzip = 31
  }

  private let path: String
  private var source: any ByteSource
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var start = 0
  private var end = 0
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the end of the packed data was reached.
  private var isAtEnd = false

  /// - Parameter path: The name used in errors.
  init(_ source: any ByteSource, path: String, wrapping: Wrapping) throws(FileError) {
    self.source = source
    self.path = path
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard orgregistry_inflate_init(stream, wrapping.rawValue) == Z_OK else {
      throw FileError(path: path, operation: .read, errno: ENOMEM)
    }
  }

  deinit {
    // Does nothing to a stream that could not be set up.
    _ = inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Copies the next unpacked bytes over `target[range]`.
  /// - Returns: How many there are. 0 at the end of the packed data, after which more bytes may follow.
  func read(into target: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    while !isAtEnd {
      // Try without more input first: what did not fit an earlier range is still inside zlib.
      let count = try unpack(into: &target, at: range)
      if count > 0 { return count }
      if !isAtEnd, try peek() == nil { throw FileError(path: path, flaw: .truncated) }
    }
    return 0
  }

  /// The next packed byte, which is not taken. Nil at the end of the source.
  func peek() throws(FileError) -> UInt8? {
    if start == end {
      start = 0
      end = try source.read(into: &buffer, at: 0..<buffer.count)
    }
    return start < end ? buffer[start] : nil
  }

  /// Takes the byte that `peek` returned.
  func skip() {
    start += 1
  }

  /// Goes on with other packed data of the same wrapping, which begins at the next packed byte.
  func startAgain() {
    _ = inflateReset(stream)
    isAtEnd = false
  }

  private func unpack(into target: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let room = min(range.count, 1 << 30)
    let status = buffer.withUnsafeBufferPointer { input in
      target.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress?.advanced(by: start)
        stream.pointee.avail_in = UInt32(end - start)
        stream.pointee.next_out = output.baseAddress?.advanced(by: range.lowerBound)
        stream.pointee.avail_out = UInt32(room)
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    start = end - Int(stream.pointee.avail_in)
    let count = room - Int(stream.pointee.avail_out)
    stream.pointee.next_in = nil
    stream.pointee.next_out = nil
    switch status {
    // A buffer error says that there is nothing to do without more input.
    case Z_OK, Z_BUF_ERROR: return count
    case Z_STREAM_END:
      isAtEnd = true
      return count
    case Z_MEM_ERROR: throw FileError(path: path, operation: .read, errno: ENOMEM)
    default: throw FileError(path: path, flaw: .damaged(finding: finding(status)))
    }
  }

  /// zlib's own words.
  private func finding(_ status: Int32) -> String {
    guard let message = stream.pointee.msg else { return "error \(status) of zlib" }
    return String(cString: message)
  }
}

/// The checksum of zip files, computed piece by piece.
struct CRC32 {
  private(set) var value: UInt32 = 0

  mutating func update(_ bytes: Span<UInt8>) {
    value = bytes.withUnsafeBufferPointer { UInt32(crc32_z(UInt(value), $0.baseAddress, $0.count)) }
  }
}
