package import RegistryFormats
package import RegistryStorage

/// Writes statements as a change file, which `ChangeFile` reads back as the same statements.
///
/// Kept here:
/// 1. The header names only the columns that some line uses, in the order of `ChangeFile.columns`.
/// 2. The same statements give the same bytes.
/// 3. Lines are in the order of the statements.
package struct ChangeFileWriter {
  private let lines: [ChangeLine]
  private let used: [String]

  package init(_ changes: [Change]) throws(Unwritable) {
    lines = try changes.map { change throws(Unwritable) in try ChangeLine(change) }
    let named = Set(lines.flatMap(\.fields.keys)).union(["record"])
    let amounts = named.filter { $0.hasPrefix(ChangeLine.amountPrefix) }.sorted()
    used = ChangeFile.columns.filter(named.contains) + amounts
  }

  /// How many lines there are besides the header.
  package var lineCount: Int { lines.count }

  package func write(to sink: any ByteSink) throws(WriteError) {
    var writer = CSVWriter(sink)
    try writer.write(used)
    for line in lines { try writer.write(used.map { line.fields[$0] ?? "" }) }
  }
}
