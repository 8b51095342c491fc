import ChangeFiles
import RegistryFormats
import Glibc
public import RegistryStorage
import SeedFiles

/// The England register, which is made from the seeds once and kept in the user's cache folder.
///
/// Kept here:
/// 1. The file's name contains the hashes of the seeds and of the schema, so that other contents make another file.
/// 2. The complete file appears by a rename, so that two processes that start at once both find a good one.
/// 3. Commands use a file without views, and queries in SQL one with views. SQLite reads all views before the first
///    row, which would cost a short command a twentieth of its time.
public enum BuiltInRegister {
  /// When the facts of this release were compiled, which is the recorded time of the seeds' revision.
  public static let releasedAt = "2026-11-21T00:00:00Z"

  /// Why the register is unavailable, as a sentence.
  public struct Unavailable: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// Opens the register for reading. The first call on a machine makes its file, which takes a few seconds.
  public static func open() throws(Unavailable) -> Registry {
    let path = try path()
    do { return try Registry.open(path, .readImmutable) } catch { throw Unavailable(error.description) }
  }

  /// The path of the file for commands, which need not exist yet.
  package static var cachedPath: String { cachedPath(withViews: false) }

  private static func cachedPath(withViews: Bool) -> String {
    let hashes = "\(EmbeddedFiles.contentHash.prefix(16))-\(Registry.schemaHash.prefix(16))"
    return "\(cacheFolder)/england-\(hashes)\(withViews ? "-views" : "").sqlite"
  }

  /// Makes the file unless it exists, and returns its path.
  /// - Parameter withViews: whether the file is for queries that people write.
  package static func path(withViews: Bool = false) throws(Unavailable) -> String {
    let (folder, path) = (cacheFolder, cachedPath(withViews: withViews))
    if Files.exists(path) { return path }
    do { try Files.createDirectories(folder) } catch {
      throw Unavailable(
        "cannot make the cache folder \(folder): \(error) (set XDG_CACHE_HOME, or name a register with --registry)")
    }
    let temporary = "\(path).\(getpid()).tmp"
    defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(temporary + suffix) } }
    do {
      let registry = try Registry.create(temporary)
      try seed(registry)
      try registry.sealForReading(withViews: withViews)
    } catch {
      throw Unavailable("cannot make the built-in register in \(folder): \(error)")
    }
    guard rename(temporary, path) == 0 else {
      throw Unavailable("cannot make the built-in register in \(folder): \(String(cString: strerror(errno)))")
    }
    return path
  }

  /// Makes a register file with the same contents that can be written.
  /// - Parameter path: the path of a file that is empty or does not exist.
  /// - Returns: the new register, open for writing.
  @discardableResult
  public static func make(_ path: String) throws(Unavailable) -> Registry {
    do {
      let registry = try Registry.create(path)
      try seed(registry)
      try registry.sealForWriting()
      return registry
    } catch let error as Unavailable {
      throw error
    } catch {
      throw Unavailable("\(error)")
    }
  }

  /// Enters all seeds in one revision.
  private static func seed(_ registry: Registry) throws(Unavailable) {
    var changes = ChangeSet()
    for file in EmbeddedFiles.all {
      let read = ChangeFile(name: "Seeds/\(file.name)", reader: CSVReader(literal: file.contents))
      if let problem = read.problems.first { throw Unavailable("\(problem)") }
      changes.changes += read.changes
    }
    do {
      _ = try registry.record(
        changes,
        Registry.Signature(
          actor: "orgreg", command: "init", reason: "the England register, as compiled from public sources",
          time: releasedAt))
    } catch {
      throw Unavailable(error.description)
    }
  }

  /// The definitions of England's schemes and kinds, without any bodies.
  package static func vocabulary() -> [Change] {
    EmbeddedFiles.all.filter { $0.name.hasSuffix("-vocabulary.csv") }
      .flatMap { ChangeFile(name: $0.name, reader: CSVReader(literal: $0.contents)).changes }
  }

  private static var cacheFolder: String {
    (environment("XDG_CACHE_HOME") ?? environment("HOME").map { "\($0)/.cache" } ?? "/tmp") + "/orgreg"
  }
}
