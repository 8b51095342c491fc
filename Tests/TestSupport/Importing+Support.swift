import ChangeFiles
import RegistryFormats
package import RegistryImporting
package import Reconcile
package import RegistryStorage
import SeedFiles

/// The words of the England register, without its bodies.
package func englishWords() -> [Change] {
  EmbeddedFiles.all.filter { $0.name.hasPrefix("00-") }
    .flatMap { ChangeFile(name: $0.name, reader: CSVReader(literal: $0.contents)).changes }
}

/// A file of the reference material.
package func real(_ path: String) throws -> [UInt8] { try Files.read("\(England.shared ?? "")/real/\(path)") }

extension Registry {
  /// Compares a file with the register and records what is new.
  @discardableResult
  package func take(
    _ bytes: [UInt8], as format: ImportFormat = .odsCSV, named name: String = "file.csv", issued: String? = nil,
    policy: Reconciler.Policy = .keep, createMissing: Bool = false, kind: String? = nil, acceptDamaged: Bool = false,
    division: String? = nil
  ) throws -> (file: ImportedFile, revision: Int64?) {
    var options = ImportOptions()
    options.issued = issued.flatMap { Day($0) }
    options.policy = policy
    options.createsMissing = createMissing
    options.kind = kind
    options.acceptsDamage = acceptDamaged
    options.division = division
    let file = try ImportedFile(
      name, MemorySource(bytes), as: format, against: self, options, vocabulary: englishWords())
    return (file, try say(ChangeSet(changes: file.changes, files: [file.revisionFile])).revision)
  }

  @discardableResult
  package func take(
    _ text: String, as format: ImportFormat = .odsCSV, issued: String? = nil, policy: Reconciler.Policy = .keep,
    createMissing: Bool = false, kind: String? = nil
  ) throws -> (file: ImportedFile, revision: Int64?) {
    try take(
      Array(text.utf8), as: format, issued: issued, policy: policy, createMissing: createMissing, kind: kind)
  }
}

extension ImportedFile {
  /// The number of rows of each verdict. Together they are all rows of the file.
  package var verdicts: [Int] { [newRows, sameRows, differingRows, rejects.count] }
}

/// A file of the cases.
package func sharedCase(_ path: String) throws -> [UInt8] { try Files.read("\(England.shared ?? "")/cases/\(path)") }
