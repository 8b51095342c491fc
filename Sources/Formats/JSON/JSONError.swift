/// Why a JSON text could not be read, and where. A line ends with a line feed.
package typealias JSONError = TextError<JSONFlaw>

/// What is wrong with a text that is meant to be JSON.
package enum JSONFlaw: Equatable, Sendable {
  /// The grammar wants `what`, such as "a value", and something else is there.
  case expected(_ what: String)
  /// The text ends before its value does.
  case endOfText
  /// Something other than blanks follows the value.
  case textAfterValue
  /// A number with a leading zero or plus sign, or without a digit where there must be one.
  case invalidNumber
  /// The text ends inside a string. The position is that of the opening quote.
  case unterminatedString
  /// A control character in a string is not escaped.
  case controlCharacter
  /// The characters after a backslash mean nothing.
  case invalidEscape
  /// Half of a surrogate pair is without the other half.
  case loneSurrogate
  case invalidUTF8
  /// Two members of an object have the same name. The position is that of the second.
  case duplicateName(String)
  /// Objects and arrays are nested more than `limit` deep.
  case tooDeep(limit: Int)
  /// The text has more than `limit` bytes. The position is where these end.
  case tooLong(limit: Int)
}

extension JSONFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .expected(let what): "\(what) is expected here"
    case .endOfText: "the text ends before the value does"
    case .textAfterValue: "something follows the value"
    case .invalidNumber: "this is not a number as JSON writes it"
    case .unterminatedString: "a string is not closed before the end"
    case .controlCharacter: "a control character in a string is not written with a backslash"
    case .invalidEscape: "a backslash is followed by something that means nothing"
    case .loneSurrogate: "half of a surrogate pair stands alone"
    case .invalidUTF8: "the text is not in UTF-8"
    case .duplicateName(let name):
      "the object has two members of the name \(JSONValue.string(name).text(style: .compact).dropLast())"
    case .tooDeep(let limit): "objects and arrays are nested more than \(limit) deep"
    case .tooLong(let limit): "the text is longer than \(limit) bytes"
    }
  }
}
