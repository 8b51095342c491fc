/// Names of entries, which anybody may have written.
enum ZipName {
  /// A name that is safe to show and to append to a path: parts with `/` between them, none of them empty, `.` or `..`.
  ///
  /// Backslashes separate parts, as in Windows, and a drive is left out. Control and format characters, such as those
  /// that turn the direction of text, become `\u{…}`. Bytes that are not UTF-8 become `\x…`.
  ///
  /// - Parameter number: The number of the entry, from 0. It makes the name of an entry that has no other.
  static func shown(_ raw: [UInt8], number: Int) -> String {
    var parts = raw.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
      .filter { !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    if let first = parts.first, first.count == 2, first.last == UInt8(ascii: ":") { parts.removeFirst() }
    return parts.isEmpty ? "entry \(number + 1)" : parts.map(shown).joined(separator: "/")
  }

  private static func shown(_ part: ArraySlice<UInt8>) -> String {
    guard let text = String(validating: part, as: UTF8.self) else {
      return part.map { $0 >= 0x20 && $0 < 0x7F ? String(UnicodeScalar($0)) : "\\x\(hexadecimal(UInt32($0)))" }.joined()
    }
    return text.unicodeScalars.map { isHidden($0) ? "\\u{\(hexadecimal($0.value))}" : String($0) }.joined()
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return digits.utf8.count < 2 ? "0\(digits)" : digits
  }
}
