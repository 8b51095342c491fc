/// Reads JSON texts (RFC 8259) into memory, strictly: a departure from the grammar is an error, never repaired.
///
/// A byte order mark at the start is skipped. Members keep their order. Two members of one name are an error, and so
/// are names that differ only in how accents are composed, because Swift cannot tell them apart. A number becomes an
/// `integer` or a `number` if that keeps its value exactly, and a `literal` if not: no digit is lost.
package enum JSONReader {
  package struct Limits: Sendable {
    /// How many objects and arrays may be nested.
    package var depth = 64
    /// How many bytes a text may have; a few times as many are taken in memory.
    package var size = 256 << 20

    package init() {}
  }

  /// The value that `bytes` contain.
  package static func read(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.size else {
      throw JSONError(at: limits.size, of: bytes, .tooLong(limit: limits.size))
    }
    do {
      var parser = JSONParser(bytes, depthLimit: limits.depth)
      return try parser.text()
    } catch {
      throw JSONError(at: error.position, of: bytes, error.reason)
    }
  }

  /// The value that `source` contains, which is read to its end.
  package static func read(_ source: any ByteSource, limits: Limits = Limits()) throws(JSONError) -> JSONValue {
    var source = source
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    while count <= limits.size {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: count)) }
      do {
        let added = try source.read(into: &bytes, at: count..<bytes.count)
        if added == 0 { break }
        count += added
      } catch {
        throw JSONError(at: count, of: bytes, .unreadable(error))
      }
    }
    bytes.removeLast(bytes.count - count)
    return try read(bytes, limits: limits)
  }
}

extension JSONError {
  /// The error at a position of a whole text.
  fileprivate init(at position: Int, of bytes: [UInt8], _ reason: JSONFlaw) {
    var (line, column) = (1, 1)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for byte in bytes[min(start, position)..<position] {
      if byte == .lineFeed {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column, reason: reason)
  }
}
