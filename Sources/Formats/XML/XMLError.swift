/// Why an XML text could not be read, and where. A line ends with LF, CR or CRLF.
package typealias XMLError = TextError<XMLFlaw>

/// What is wrong with a text that is meant to be XML.
package enum XMLFlaw: Equatable, Sendable {
  /// The text is not well-formed. The words are those of expat.
  case notWellFormed(String)
  /// The source ends before its outermost element does.
  case truncated
  case nulByte
  /// A character outside ASCII is not allowed at the position, or the bytes there are not UTF-8. Only the bytes after
  /// them could tell which, and they may not have been read.
  case strayCharacter
  /// The source is in another encoding than UTF-8, or says so.
  case encoding(String)
  /// There is a document type declaration, which is the only place that can declare entities.
  case documentType
  /// Elements are nested in more than `limit` others.
  case tooDeep(limit: Int)
  /// A tag, comment or instruction, or the text between two tags, has more than `limit` bytes.
  case tooLong(limit: Int)
  /// The source failed. The position is where parsing stopped.
  case unreadable(FileError)
}

extension XMLFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notWellFormed(let words): words
    case .truncated: "the text ends before its outermost element does: it is cut short"
    case .nulByte: "there is a NUL byte"
    case .strayCharacter: "there is a character that may not stand here, or the text is not UTF-8"
    case .encoding(let name): "the text is in \(name): convert it to UTF-8"
    case .documentType: "there is a document type declaration (DOCTYPE), which could define entities without end"
    case .tooDeep(let limit): "elements are nested more than \(limit) deep"
    case .tooLong(let limit): "a tag, comment or text is longer than \(limit) bytes"
    case .unreadable(let error): error.description
    }
  }
}
