/// Unpacks a gzip file (RFC 1952) while it is read, in constant memory.
///
/// Members that follow one another are one stream. Zero bytes may follow the last one, as tapes leave them; anything
/// else is an error. Checksum and length of a member are checked at its end, after its bytes were given out.
///
/// 1. After an error every call of `read` throws the same error.
package final class GzipSource: ByteSource {
  private let path: String
  private let inflater: Inflater
  private var isAtEnd = false
  private var failure: FileError?

  /// - Parameters:
  ///   - source: The packed bytes, from the first.
  ///   - path: The name of the packed file, used in errors.
  package init(_ source: any ByteSource, path: String) throws(FileError) {
    self.path = path
    inflater = try Inflater(source, path: path, wrapping: .gzip)
  }

  package func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if let failure { throw failure }
    do {
      while !isAtEnd {
        let count = try inflater.read(into: &buffer, at: range)
        if count > 0 { return count }
        try passToNextMember()
      }
      return 0
    } catch {
      failure = error
      throw error
    }
  }

  /// Begins the member that follows, or finds that there is none.
  private func passToNextMember() throws(FileError) {
    switch try inflater.peek() {
    case nil: isAtEnd = true
    case Self.firstByte: inflater.startAgain()
    case 0:
      while let byte = try inflater.peek() {
        guard byte == 0 else { throw FileError(path: path, flaw: .trailingBytes) }
        inflater.skip()
      }
      isAtEnd = true
    default: throw FileError(path: path, flaw: .trailingBytes)
    }
  }

  /// The first byte of every member.
  private static let firstByte: UInt8 = 0x1F
}
