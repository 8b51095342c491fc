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
}

extension JSONError {
  /// The error at a position of a whole text.
  fileprivate init(at position: Int, of bytes: [UInt8], _ reason: JSONFlaw) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    self.init(after: bytes[min(start, position)..<position], reason: reason)
  }
}
