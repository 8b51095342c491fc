import Glibc

/// Whole-file operations, on paths in UTF-8. A relative path starts at the working directory.
public enum Files {
  /// What to do when a file to be written is there already.
  public enum Collision: Sendable {
    case replace
    /// Fails with `EEXIST` and leaves the file as it is.
    case refuse
  }

  /// Whether anything (file, folder, or other) is at `path`; a symbolic link counts as what it points to.
  public static func exists(_ path: String) -> Bool {
    mode(of: path) != nil
  }

  /// Whether `path` is a folder or a symbolic link to one.
  public static func isDirectory(_ path: String) -> Bool {
    mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  /// Opens the file at `path` for reading; `-` is the standard input.
  public static func open(_ path: String) throws(FileError) -> InputFile {
    if path == "-" { return InputFile(descriptor: STDIN_FILENO, path: "standard input", closing: false) }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open, errno: errno) }
    return InputFile(descriptor: descriptor, path: path, closing: true)
  }

  /// The contents of the file at `path`; `-` is the standard input.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    try open(path).readToEnd()
  }

  /// Puts `bytes` into the file at `path`, all or nothing (see `AtomicFile`).
  public static func write(_ bytes: [UInt8], to path: String, onCollision: Collision = .replace) throws(FileError) {
    let file = try AtomicFile(path, onCollision: onCollision)
    do {
      try file.write(bytes)
      try file.commit()
    } catch {
      switch error {
      case .brokenPipe: throw FileError(path: path, operation: .write, errno: EPIPE)
      case .failed(let error): throw error
      }
    }
  }

  /// Makes the folder at `path` and those above it that are missing. A folder that is there already is no error.
  public static func createDirectories(_ path: String) throws(FileError) {
    if path.isEmpty || isDirectory(path) { return }
    let parent = directory(of: path)
    if parent != path { try createDirectories(parent) }
    guard mkdir(path, 0o777) == 0 else {
      let code = errno
      if code == EEXIST, isDirectory(path) { return }
      throw FileError(path: path, operation: .create, errno: code)
    }
  }

  /// The folder that holds `path`: `a/b` for `a/b/c` and `a/b/c/`, `.` for `c`, `/` for `/c` and `/`.
  public static func directory(of path: String) -> String {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let above = trimmed.drop { $0 != UInt8(ascii: "/") }
    if above.isEmpty { return path.utf8.first == UInt8(ascii: "/") ? "/" : "." }
    let folder = above.drop { $0 == UInt8(ascii: "/") }
    return folder.isEmpty ? "/" : String(decoding: folder.reversed(), as: UTF8.self)
  }

  /// The permission and type bits of what is at `path`.
  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }
}
