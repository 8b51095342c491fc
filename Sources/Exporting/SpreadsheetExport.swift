package import RegistryFormats
package import RegistryStorage

/// Bodies as rows for people: one for each body that exists on a day, with its codes, name, kinds, days and the bodies
/// above it.
///
/// Kept here:
/// 1. Plain CSV holds what the register says and nothing else. For a spreadsheet a code is a formula that gives its
///    text, so that 5E1, 014 and 00L stay what they are. Text that begins like a formula is changed.
/// 2. Several kinds, or bodies above, stand with `|` between them, in the order of their keys.
package struct SpreadsheetExport {
  private let header: [String]
  private let rows: [[Cell]]

  private enum Cell {
    case code(String)
    case text(String)
    /// A day, which is never a formula.
    case day(Day?)
  }

  package var rowCount: Int { rows.count }

  /// - Parameters:
  ///   - kind: Only bodies of this kind. Without it, all kinds.
  ///   - day: The day on which the bodies exist, and of which everything is said except their first and last days.
  package init(_ registry: Registry, kind: String?, on day: Day) throws(ExportError) {
    let (schemes, hierarchy, all) = try reading { () throws(DatabaseError) in
      let keys = try registry.organisationKeys()
      return (
        try registry.schemes().map(\.key), try registry.hierarchy(on: day),
        try registry.organisations(withIDs: keys.map(\.id), on: day)
      )
    }
    let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    let main = schemes.first ?? ""
    let chosen = all.filter { body in
      guard body.life?.contains(day) ?? false else { return false }
      return kind.map(body.kinds.contains) ?? true
    }
    header =
      ["key"] + schemes.map { "\($0)_code" } + ["name", "kind", "from", "to", "parent_code", "parent_name"]
    rows = chosen.map { body in
      let parents = (hierarchy.parents[body.id] ?? []).compactMap { byID[$0] }.sorted { $0.key < $1.key }
      return [.text(body.key)] + schemes.map { .code(body.codes[$0] ?? "") } + [
        .text(body.name ?? ""), .text(body.kinds.joined(separator: "|")), .day(body.firstDay), .day(body.lastDay),
        .code(parents.map { $0.codes[main] ?? $0.key }.joined(separator: "|")),
        .text(parents.map { $0.name ?? "" }.joined(separator: "|")),
      ]
    }
  }

  /// - Parameter isForExcel: Writes what spreadsheets need: a byte order mark, CR and LF, and codes as formulas.
  package func write(to sink: any ByteSink, isForExcel: Bool) throws(ExportError) {
    try writing { () throws(WriteError) in
      var options = CSVWriter.Options()
      if isForExcel {
        options.lineEnd = .crlf
        try sink.write("\u{FEFF}")
      }
      var writer = CSVWriter(sink, options: options)
      try writer.write(header)
      for row in rows { try writer.write(row.map { isForExcel ? Self.guarded($0) : Self.plain($0) }) }
    }
  }

  // MARK: Cells

  private static func plain(_ cell: Cell) -> String {
    switch cell {
    case .code(let text), .text(let text): text
    case .day(let day): day?.description ?? ""
    }
  }

  private static func guarded(_ cell: Cell) -> String {
    switch cell {
    case .code(let code): code.isEmpty ? "" : "=\"\(code.replacing("\"", with: "\"\""))\""
    case .text(let text): beginsAsFormula(text) ? "'" + text : text
    case .day: plain(cell)
    }
  }

  /// Whether a spreadsheet would compute a cell instead of showing it.
  private static func beginsAsFormula(_ text: String) -> Bool {
    text.first.map { "=+-@\t\r\n".contains($0) || $0 == "\r\n" } ?? false
  }
}
