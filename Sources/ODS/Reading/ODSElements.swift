import RegistryFormats
import RegistryStorage

/// The elements of an ODS XML file in their order, read as the names and values that are expected there.
///
/// Kept here:
/// 1. Anything unexpected is `malformed`, with its place. The reader is then inside the element or at its end, so that
///    it can go on after it.
struct ODSElements: ~Copyable {
  /// Why an element was not read.
  enum Stop: Error {
    /// The text cannot be read any further.
    case unreadable(XMLError)
    /// Something is not as documented, but what follows can be read.
    case malformed(Place, value: String, reason: String)
  }

  /// A line and a column, counted from 1.
  struct Place {
    let line: Int
    let column: Int
  }

  private var reader: XMLReader

  init(_ source: any ByteSource) {
    reader = XMLReader(source, names: ODSName.allCases.map(\.spelling))
  }

  // MARK: Going on

  /// Advances to the next child of the element that is open at `depth`.
  ///
  /// - Returns: false at the end tag of that element.
  mutating func nextChild(of depth: Int) throws(Stop) -> Bool {
    while let tag = try nextTag() {
      if tag == .end {
        if reader.depth <= depth { return false }
      } else {
        // The previous child has children that are not expected.
        guard reader.depth == depth + 1 else { throw unknownElement() }
        return true
      }
    }
    return false
  }

  /// The text of the element whose start tag is the current one. The reader is then at its end tag.
  mutating func text() throws(Stop) -> String {
    guard try nextTag() == .end else { throw unknownElement() }
    return reader.text
  }

  /// Goes to the end of the element whose start tag is the current one.
  mutating func skipElement() throws(Stop) { try skip(to: depth) }

  /// Goes to the end of the element that is open at `depth`.
  mutating func skip(to depth: Int) throws(Stop) {
    do throws(XMLError) { try reader.skip(to: depth) } catch { throw .unreadable(error) }
  }

  /// Goes to the end of the text.
  mutating func finish() throws(Stop) {
    while try nextTag() != nil {}
  }

  private mutating func nextTag() throws(Stop) -> XMLReader.Tag? {
    do throws(XMLError) { return try reader.next() } catch { throw .unreadable(error) }
  }

  // MARK: The current element

  var depth: Int { reader.depth }

  var place: Place { Place(line: reader.line, column: reader.column) }

  /// Nil if such a name is not expected anywhere.
  var name: ODSName? { ODSName(rawValue: reader.name) }

  var spelling: String { reader.spelling }

  func attribute(_ name: ODSName) -> String? { reader.attribute(name.rawValue) }

  func isTrue(_ name: ODSName) -> Bool { attribute(name) == "true" }

  /// An attribute that must be there and not empty.
  ///
  /// - Parameter meaning: What the message calls it if it is missing.
  func required(_ name: ODSName, _ meaning: String) throws(Stop) -> String {
    guard let text = attribute(name), !text.isEmpty else { throw missing(meaning, at: place) }
    return text
  }

  /// The day in the attribute `value`.
  func day() throws(Stop) -> Day {
    if let day = reader.withAttribute(ODSName.value.rawValue, { Day(ascii: $0) }) ?? nil { return day }
    let text = attribute(.value) ?? ""
    throw malformed(text, "'\(text)' is not a date (YYYY-MM-DD)")
  }

  // MARK: What is not as documented

  func malformed(_ value: String, _ reason: String) -> Stop { .malformed(place, value: value, reason: reason) }

  func missing(_ meaning: String, at place: Place) -> Stop {
    .malformed(place, value: "", reason: "\(meaning) is missing")
  }

  func unknownElement() -> Stop {
    malformed(spelling, "the element <\(spelling)> is not known here")
  }
}
