import ChangeFiles
import RegistryExporting
import RegistryFormats
import RegistryStorage
import RegistryTestSupport

/// Statements as the bytes of a change file.
func written(_ changes: [Change]) throws -> [UInt8] {
  let sink = MemorySink()
  try ChangeFileWriter(changes).write(to: sink)
  return sink.bytes
}

/// A change file as statements.
func read(_ bytes: [UInt8]) throws -> ChangeSet {
  let file = ChangeFile(name: "export.csv", reader: CSVReader(bytes: bytes))
  guard file.problems.isEmpty else { throw Refused(problems: file.problems) }
  return ChangeSet(changes: file.changes)
}

extension Registry {
  /// The whole register as a change file.
  func exported(namingHolders: Bool = false) throws -> [UInt8] {
    try written(RegisterExport(StatedFacts(self, namingHolders: namingHolders)).changes)
  }

  /// The statements about these bodies, as a change file.
  func exported(about bodies: Set<String>) throws -> [UInt8] {
    try written(RegisterExport(StatedFacts(self), about: bodies).changes)
  }
}
