/// The text of a Swift file, divided into its code and its string literals.
///
/// Kept here:
/// 1. Comments are left out, even nested ones.
/// 2. An interpolation is code. It leaves a space in its literal.
struct SwiftText {
  /// The code, in which every literal is `""`.
  private(set) var code = ""
  /// The contents of the string literals, an inner one before the outer one.
  private(set) var literals: [String] = []

  private let bytes: [UInt8]
  private var place = 0
  private var kept: [UInt8] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    readCode(isInterpolation: false)
    code = String(decoding: kept, as: UTF8.self)
    kept = []
  }

  private func isNext(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

  /// Reads to the end, or to the parenthesis that closes an interpolation.
  private mutating func readCode(isInterpolation: Bool) {
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "/") where isNext("//"):
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        continue
      case UInt8(ascii: "/") where isNext("/*"):
        skipComment()
        continue
      case UInt8(ascii: "\""):
        readLiteral(hashes: 0)
        continue
      case UInt8(ascii: "#"):
        let hashes = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
        if place + hashes < bytes.count, bytes[place + hashes] == UInt8(ascii: "\"") {
          place += hashes
          readLiteral(hashes: hashes)
          continue
        }
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if isInterpolation, depth == 0 {
          place += 1
          return
        }
        depth -= 1
      default: break
      }
      kept.append(bytes[place])
      place += 1
    }
  }

  private mutating func skipComment() {
    var depth = 0
    while place < bytes.count {
      if isNext("/*") {
        depth += 1
        place += 2
      } else if isNext("*/") {
        depth -= 1
        place += 2
        if depth == 0 { return }
      } else {
        place += 1
      }
    }
  }

  /// Reads a literal from its first quotation mark on.
  private mutating func readLiteral(hashes: Int) {
    let quote = isNext("\"\"\"") ? "\"\"\"" : "\""
    let hash = String(repeating: "#", count: hashes)
    let (end, escape) = (quote + hash, "\\" + hash)
    place += quote.utf8.count
    var literal: [UInt8] = []
    while place < bytes.count, !isNext(end) {
      if isNext(escape + "(") {
        place += escape.utf8.count + 1
        kept.append(UInt8(ascii: " "))
        readCode(isInterpolation: true)
        literal.append(UInt8(ascii: " "))
      } else if isNext(escape) {
        place = min(place + escape.utf8.count + 1, bytes.count)
        literal.append(UInt8(ascii: " "))
      } else {
        literal.append(bytes[place])
        place += 1
      }
    }
    place += end.utf8.count
    literals.append(String(decoding: literal, as: UTF8.self))
    kept += Array(#" "" "#.utf8)
  }
}
