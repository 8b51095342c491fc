import Glibc

/// A folder of files that appears at its path complete or not at all.
///
/// Kept here:
/// 1. Files go into a temporary folder beside the path; only `commit()` gives it the real name.
/// 2. The files are on the medium before the name is.
/// 3. The temporary folder and its files are removed if the object goes without a successful `commit()`.
/// 4. Nothing is replaced: nothing is at the path, or an empty folder.
package final class AtomicFolder {
  /// The folder to be made, as the caller named it.
  package let path: String
  private let temporaryPath: String
  private var names: [String] = []
  private var isPending = true

  /// Makes a temporary folder beside `path`.
  ///
  /// - Parameter path: The folder to be made. The folder above it exists. It itself does not, or is empty.
  package init(_ path: String) throws(FileError) {
    let trimmed = Self.withoutSlashes(path)
    if try !Self.isFree(trimmed) { throw FileError(path: path, flaw: .folderTaken, operation: .create) }
    self.path = path
    temporaryPath = try Files.makeTemporary(beside: trimmed, for: path) { mkdir($0, 0o777) }.path
  }

  deinit {
    guard isPending else { return }
    for name in names { _ = unlink("\(temporaryPath)/\(name)") }
    _ = rmdir(temporaryPath)
  }

  /// Opens a new file in the folder.
  ///
  /// - Parameter name: The name of a file that the folder does not have, without `/`.
  /// - Returns: A sink for `finish`; errors name the file as it will be called.
  package func file(_ name: String) throws(FileError) -> FileSink {
    let shown = "\(Self.withoutSlashes(path))/\(name)"
    let descriptor = open("\(temporaryPath)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: shown, operation: .create, errno: errno) }
    names.append(name)
    return FileSink(descriptor: descriptor, path: shown, closing: true)
  }

  /// A new file of the folder, where only writing can fail.
  package func sink(_ name: String) throws(WriteError) -> FileSink {
    do { return try file(name) } catch { throw .failed(error) }
  }

  /// Closes a file of the folder after all of it was written (invariant 2).
  package func finish(_ file: FileSink) throws(WriteError) { try file.synchronizeAndClose() }

  /// Gives the folder its name. All files are finished; none may be opened afterwards.
  package func commit() throws(FileError) {
    precondition(isPending, "a folder is committed once")
    let target = Self.withoutSlashes(path)
    // A folder that has filled up in the meantime is not replaced, because the system refuses that.
    guard rename(temporaryPath, target) == 0 else { throw FileError(path: path, operation: .rename, errno: errno) }
    isPending = false
  }

  /// Whether nothing is at `path`, or an empty folder.
  private static func isFree(_ path: String) throws(FileError) -> Bool {
    guard Files.exists(path) else { return true }
    guard Files.isDirectory(path) else { return false }
    guard let folder = opendir(path) else { throw FileError(path: path, operation: .create, errno: errno) }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Every folder has itself and the one above it.
    return count <= 2
  }

  private static func withoutSlashes(_ path: String) -> String {
    let trimmed = String(path.reversed().drop { $0 == "/" }.reversed())
    return trimmed.isEmpty ? path : trimmed
  }
}
