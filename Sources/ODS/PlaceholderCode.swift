/// What stands in columns of codes of the NHS and is no body: England as a whole, other countries, and the default codes
/// of the NHS Data Dictionary. The register is asked first, because some of these were codes of bodies on other days.
package enum PlaceholderCode {
  /// What a text stands for, as a clause. Nil if it is no placeholder.
  package static func meaning(of text: String) -> String? {
    let upper = text.uppercased()
    if let known = known[upper] { return known }
    let letters = Array(upper.utf8)
    func isNumber(from start: Int) -> Bool {
      letters.dropFirst(start).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    switch letters.count {
    // GP practices of Wales, and codes of the Office for National Statistics.
    case 6 where letters[0] == UInt8(ascii: "W") && isNumber(from: 1): return wales
    case 9 where isNumber(from: 1):
      switch letters[0] {
      case UInt8(ascii: "W"): return wales
      case UInt8(ascii: "S"): return scotland
      case UInt8(ascii: "N"): return northernIreland
      default: return nil
      }
    default: return nil
    }
  }

  private static let england = "England as a whole: a total, not a body"
  private static let wales = "Wales, which the register does not hold"
  private static let scotland = "Scotland, which the register does not hold"
  private static let northernIreland = "Northern Ireland, which the register does not hold"
  private static let overseas = "overseas: the default code for visitors from abroad"
  private static let notApplicable = "not applicable: a default code, not a body"
  private static let notKnown = "not known: a default code, not a body"

  private static let known: [String: String] = {
    var known: [String: String] = [:]
    func add(_ codes: String, _ meaning: String) {
      for code in codes.split(separator: "|") { known[String(code)] = meaning }
    }
    add("ENG|ENGLAND|E92000001|TOTAL|ENGLAND TOTAL|ALL ENGLAND|NATIONAL|GRAND TOTAL|ALL", england)
    add("7A1|7A2|7A3|7A4|7A5|7A6|7A7|6A1|6A2|6A3|6A4|6A5|6A6|6A7|6A8|WALES", wales)
    add("SCOTLAND", scotland)
    add("NORTHERN IRELAND", northernIreland)
    add("X98|VPP00|TDH00|OVERSEAS", overseas)
    add("XMD00|NONC|N/A|NOT APPLICABLE", notApplicable)
    add("Q99|UNK|UNKNOWN|NOT KNOWN|UNALLOCATED|UNIDENTIFIED", notKnown)
    // Regions and areas that files put in place of a code that does not apply.
    add("Y57", notApplicable)
    return known
  }()
}
