/// Elements of an SVG, as text.
///
/// Kept here:
/// 1. Words from the register are escaped.
/// 2. Numbers have at most one decimal, so that one register gives the same bytes everywhere.
struct SVG {
  private(set) var text = ""

  enum Anchor: String {
    case start, middle, end
  }

  /// - Parameter title: What readers see when they point at the element.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ style: String, radius: Double = 0, title: String? = nil
  ) {
    let corner = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
    element(
      "rect", style,
      "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"\(corner)",
      title)
  }

  mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String) {
    element(
      "line", style,
      "x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"", nil)
  }

  mutating func circle(x: Double, y: Double, radius: Double, _ style: String, title: String? = nil) {
    element("circle", style, "cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"", title)
  }

  mutating func path(_ steps: Path, _ style: String, title: String? = nil) {
    element("path", style, "d=\"\(steps.text)\"", title)
  }

  mutating func words(
    _ words: String, x: Double, y: Double, _ style: String = "", anchor: Anchor = .start, title: String? = nil
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let name = style.isEmpty ? "" : " class=\"\(style)\""
    let hint = title.map { "<title>\(escapedMarkup($0))</title>" } ?? ""
    text += "<text\(name) \(place)\(side)>\(hint)\(escapedMarkup(words))</text>\n"
  }

  private mutating func element(_ tag: String, _ style: String, _ attributes: String, _ title: String?) {
    let end = title.map { "><title>\(escapedMarkup($0))</title></\(tag)>" } ?? "/>"
    text += "<\(tag) class=\"\(style)\" \(attributes)\(end)\n"
  }

  /// The path of a pen.
  struct Path {
    private(set) var text = ""

    mutating func move(_ x: Double, _ y: Double) { text += "M\(number(x)) \(number(y))" }

    mutating func line(_ x: Double, _ y: Double) { text += "L\(number(x)) \(number(y))" }

    mutating func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
      text += "C\(number(x1)) \(number(y1)) \(number(x2)) \(number(y2)) \(number(x)) \(number(y))"
    }

    mutating func close() { text += "Z" }
  }

  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let fraction = abs(tenths) % 10
    return fraction == 0 ? "\(sign)\(abs(tenths) / 10)" : "\(sign)\(abs(tenths) / 10).\(fraction)"
  }
}

/// Text escaped for elements and quoted attributes of XML and HTML, without the characters that XML does not have.
func escapedMarkup(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
    case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
