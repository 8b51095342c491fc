import Glibc

/// Whole-file operations, on paths in UTF-8. A relative path starts at the working directory.
package enum Files {
  /// What to do when a file to be written is there already.
  package enum Collision: Sendable {
    case replace
    /// Fails with `EEXIST` and leaves the file as it is.
    case refuse
  }

  /// Whether anything (file, folder, or other) is at `path`; a symbolic link counts as what it points to.
  package static func exists(_ path: String) -> Bool {
    mode(of: path) != nil
  }

  /// Whether `path` is a folder or a symbolic link to one.
  package static func isDirectory(_ path: String) -> Bool {
    mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  /// Opens the file at `path` for reading; `-` is the standard input.
  package static func open(_ path: String) throws(FileError) -> InputFile {
    if path == "-" { return InputFile(descriptor: STDIN_FILENO, path: "standard input", closing: false) }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open, errno: errno) }
    return InputFile(descriptor: descriptor, path: path, closing: true)
  }

  /// The contents of the file at `path`; `-` is the standard input.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    try open(path).readToEnd()
  }

  /// Puts `bytes` into the file at `path`, all or nothing (see `AtomicFile`).
  package static func write(_ bytes: [UInt8], to path: String, onCollision: Collision = .replace) throws(FileError) {
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
  package static func createDirectories(_ path: String) throws(FileError) {
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
  package static func directory(of path: String) -> String {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let above = trimmed.drop { $0 != UInt8(ascii: "/") }
    if above.isEmpty { return path.utf8.first == UInt8(ascii: "/") ? "/" : "." }
    let folder = above.drop { $0 == UInt8(ascii: "/") }
    return folder.isEmpty ? "/" : String(decoding: folder.reversed(), as: UTF8.self)
  }

  /// Whether both paths lead to one and the same file.
  package static func areSame(_ path: String, _ other: String) -> Bool {
    var (status, otherStatus) = (stat(), stat())
    guard stat(path, &status) == 0, stat(other, &otherStatus) == 0 else { return false }
    return status.st_dev == otherStatus.st_dev && status.st_ino == otherStatus.st_ino
  }

  /// Makes an empty file with the permissions of another, as far as the process's mask allows.
  package static func create(_ path: String, permissionsOf other: String) throws(FileError) {
    let permissions = (mode(of: other) ?? 0o666) & 0o777 | S_IRUSR | S_IWUSR
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .create, errno: errno) }
    _ = close(descriptor)
  }

  /// Makes a file or folder with an unused name beside `target`.
  ///
  /// - Parameters:
  ///   - path: The name used in errors.
  ///   - make: Makes it and returns what the system returned: a negative number, and `errno`, if it failed.
  static func makeTemporary(
    beside target: String, for path: String, _ make: (String) -> Int32
  ) throws(FileError) -> (result: Int32, path: String) {
    while true {
      let candidate = "\(target).\(String(UInt32.random(in: .min ... .max), radix: 16)).tmp"
      let result = make(candidate)
      if result >= 0 { return (result, candidate) }
      guard errno == EEXIST || errno == EINTR else { throw FileError(path: path, operation: .create, errno: errno) }
    }
  }

  /// Gives the finished file at `temporary` the name `path` in the same folder: its bytes are on the medium before the
  /// name is. The temporary name is gone afterwards.
  package static func place(_ temporary: String, at path: String, onCollision: Collision) throws(FileError) {
    try synchronize(temporary, O_RDONLY, as: path)
    try move(temporary, to: path, onCollision: onCollision)
  }

  /// Whether something other than a file is at `path`: a folder, a device, a pipe or a socket. What takes its name would
  /// destroy it.
  package static func isTakenByOther(_ path: String) -> Bool {
    mode(of: path).map { $0 & S_IFMT != S_IFREG } ?? false
  }

  /// As `place`, for bytes that are on the medium already. Only a file is ever replaced.
  static func move(_ temporary: String, to path: String, onCollision: Collision) throws(FileError) {
    switch onCollision {
    case .replace:
      guard !isTakenByOther(path) else { throw FileError(path: path, flaw: .notAFile, operation: .write) }
      guard rename(temporary, path) == 0 else { throw FileError(path: path, operation: .rename, errno: errno) }
    case .refuse:
      // Unlike rename, link fails if the name is taken.
      guard link(temporary, path) == 0 else { throw FileError(path: path, operation: .create, errno: errno) }
      _ = unlink(temporary)
    }
    try synchronize(directory(of: path), O_RDONLY | O_DIRECTORY, as: path)
  }

  /// Puts what is at `path` on the medium. A folder that cannot be opened, or whose file system does not synchronise
  /// folders, is left alone.
  private static func synchronize(_ path: String, _ flags: Int32, as name: String) throws(FileError) {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC)
    let isFolder = flags & O_DIRECTORY != 0
    guard descriptor >= 0 else {
      if isFolder { return }
      throw FileError(path: name, operation: .open, errno: errno)
    }
    defer { _ = close(descriptor) }
    guard fsync(descriptor) == 0 || (isFolder && errno == EINVAL) else {
      throw FileError(path: name, operation: .synchronize, errno: errno)
    }
  }

  /// The permission and type bits of what is at `path`.
  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }
}
