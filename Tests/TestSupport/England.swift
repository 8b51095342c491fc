import ChangeFiles
import RegistryFormats
import Foundation
package import RegistryStorage
import SeedFiles

/// The England register, made from the seeds once for all tests.
package enum England {
  private static let folder = Result { try TemporaryFolder() }

  private static let path = Result {
    let path = try folder.get().file("england.sqlite")
    let registry = try Registry.create(path)
    try registry.say(try seeds(), at: "2026-11-21T00:00:00Z")
    try registry.seal()
    // Statics are never released.
    atexit { if let folder = try? England.folder.get() { try? FileManager.default.removeItem(atPath: folder.path) } }
    return path
  }

  /// A new connection for reading.
  package static func open() throws -> Registry { try Registry.open(try path.get(), .readImmutable) }

  /// A copy in memory, for writing.
  package static func copy() throws -> Registry {
    let copy = try Registry.inMemory()
    try open().database.backUp(into: copy.database)
    return copy
  }

  /// All seeds as one change set.
  package static func seeds() throws -> ChangeSet {
    var changes = ChangeSet()
    for file in EmbeddedFiles.all {
      let read = ChangeFile(name: "Seeds/\(file.name)", reader: CSVReader(literal: file.contents))
      guard read.problems.isEmpty else { throw Refused(problems: read.problems) }
      changes.changes += read.changes
    }
    return changes
  }

  /// The folder of reference material beside the package, if it is there.
  package static let shared: String? = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(root)/../shared"
    return Files.isDirectory(path) ? path : nil
  }()

  /// A CSV file of the reference material as records by column.
  package static func reference(_ name: String) throws -> [[String: String]] {
    var reader = try CSVReader(path: "\(shared ?? "")/\(name)")
    var records: [[String: String]] = []
    var header: [String] = []
    while try reader.next() {
      if header.isEmpty {
        header = reader.texts()
      } else {
        records.append(Dictionary(uniqueKeysWithValues: zip(header, reader.texts())))
      }
    }
    return records
  }
}
