import RegistryFormats
import ODS
import ONS

/// The forms of files that can be held against the register.
package enum ImportFormat: String, CaseIterable, Sendable {
  case odsCSV = "ods-csv"
  case odsMembership = "ods-membership"
  case odsSuccession = "ods-succession"
  case odsXML = "ods-xml"
  case onsCodeHistory = "ons-chd"
  case onsLookup = "ons-lookup"

  /// The form of a file, told from its beginning.
  /// - Returns: The form, and the reason in a few words. Nil if the form is not known.
  package static func detect(_ beginning: [UInt8]) -> (format: ImportFormat, reason: String)? {
    if beginning.first(where: { !isBlank($0) }) == UInt8(ascii: "<") { return (.odsXML, "it begins as XML") }
    if ONSCodeHistory.isJSON(beginning) {
      return ONSHistory.isBeginning(beginning) ? (.onsCodeHistory, "JSON with an object 'areas'") : nil
    }
    var reader = CSVReader(bytes: firstLines(of: beginning))
    guard let found = try? reader.next(), found else { return nil }
    let first = reader.texts()
    if let table = ONSCodeHistory.table(of: first) { return (.onsCodeHistory, "the columns of \(table.rawValue)") }
    if let areas = ONSColumns(ONSTable.header(of: first)).words {
      return (.onsLookup, "columns of areas and years: \(areas)")
    }
    if first.count == 3, first[0].lowercased().contains("code"), first[1].lowercased().contains("code") {
      return (.odsSuccession, "three columns: '\(first.joined(separator: ","))'")
    }
    switch first.count {
    case ODSLayout.issuedColumnCount: return (.odsCSV, "27 columns and no header")
    case _ where ODSLayout.isHeader(first[0]) && ODSLayout(header: first) != nil:
      return (.odsCSV, "the column names of an ODS file")
    case ODSLayout.withoutLast.columnCount: return (.odsCSV, "26 columns, as of an ODS file without its last")
    case ODSMembership.columnCount where isDate(first[3]) && (isDate(first[4]) || first[4].isEmpty):
      return (.odsMembership, "six columns, the fourth and fifth dates")
    case 5 where isDate(first[3]): return (.odsSuccession, "five columns, the fourth a date")
    default: return nil
    }
  }

  /// The forms that can be told apart, for a sentence.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The first line as a whole, so that the reader does not meet the end inside a field.
  private static func firstLines(of bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return bytes }
    return Array(bytes[...end])
  }

  /// Blanks, line ends, and the byte order mark.
  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains(byte) }

  private static func isDate(_ text: String) -> Bool { text.utf8.count == 8 && Int(text) != nil }
}
