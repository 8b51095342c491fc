import Glibc

/// A file that appears at its path complete or not at all.
///
/// 1. Bytes go to a temporary file in the same folder; only `commit()` gives it the real name.
/// 2. The contents are on the medium before the name is.
/// 3. The temporary file is removed if the object goes without a successful `commit()`.
/// 4. A replaced file's permissions are kept; a new file gets those of the process's mask.
/// 5. Only ordinary files are replaced: a device or a pipe would be gone.
/// 6. No database is replaced: nothing written here is one, and one slip in a name would lose a register.
package final class AtomicFile: ByteSink {
  /// The file to be written, as the caller named it.
  package let path: String
  private let temporaryPath: String
  private let sink: FileSink
  private let onCollision: Files.Collision
  private var isPending = true

  /// Opens a temporary file beside `path`.
  ///
  /// - Parameters:
  ///   - path: The file to be written. A symbolic link there is replaced, not followed.
  ///   - onCollision: Whether a file that is at `path` may be replaced; checked here and again by `commit()`.
  package init(_ path: String, onCollision: Files.Collision = .replace) throws(FileError) {
    if Files.isDirectory(path) { throw FileError(path: path, operation: .write, errno: EISDIR) }
    let existing = Files.mode(of: path)
    if let existing, existing & S_IFMT != S_IFREG { throw FileError(path: path, flaw: .notAFile, operation: .write) }
    if onCollision == .refuse, existing != nil { throw FileError(path: path, operation: .create, errno: EEXIST) }
    if existing != nil, try ContentKind(ofFile: path) == .other(.sqlite) {
      throw FileError(path: path, flaw: .databaseTaken, operation: .write)
    }
    let (descriptor, temporaryPath) = try Files.makeTemporary(beside: path, for: path) { candidate in
      open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    if let existing { _ = fchmod(descriptor, existing & 0o7777) }
    self.path = path
    self.temporaryPath = temporaryPath
    self.onCollision = onCollision
    sink = FileSink(descriptor: descriptor, path: path, closing: true)
  }

  deinit {
    if isPending { _ = unlink(temporaryPath) }
  }

  package func write(_ bytes: Span<UInt8>) throws(WriteError) {
    try sink.write(bytes)
  }

  package func flush() throws(WriteError) {
    try sink.flush()
  }

  /// Gives the file its name. Nothing may be written afterwards.
  package func commit() throws(WriteError) {
    precondition(isPending, "a file is committed once")
    try sink.synchronizeAndClose()
    do { try Files.move(temporaryPath, to: path, onCollision: onCollision) } catch { throw WriteError(error) }
    isPending = false
  }
}
