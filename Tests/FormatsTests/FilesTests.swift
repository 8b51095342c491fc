import RegistryFormats
import Glibc
import Testing

/// A sink for a pipe that nobody reads from any more.
func brokenPipe() throws -> FileSink {
  _ = signal(SIGPIPE, SIG_IGN)
  var ends: [Int32] = [0, 0]
  try #require(pipe(&ends) == 0)
  close(ends[0])
  return FileSink(descriptor: ends[1], path: "a pipe", closing: true)
}

@Suite struct FilesTests {
  /// An empty folder of its own for each test.
  private let folder: String

  init() throws {
    folder = "/tmp/FormatsTests.\(getpid()).\(UInt64.random(in: 0...(.max)))"
    try Files.createDirectories(folder)
  }

  private func entries() -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000]) func `Reads what it wrote`(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Files.write(bytes, to: "\(folder)/f")
    #expect(try Files.read("\(folder)/f") == bytes)
    #expect(entries() == ["f"])
  }

  @Test func `Replaces or refuses`() throws {
    let path = "\(folder)/f"
    try Files.write([1], to: path, onCollision: .refuse)
    chmod(path, 0o640)
    try Files.write([2], to: path)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(throws: FileError(path: path, operation: .create, errno: EEXIST)) {
      try Files.write([3], to: path, onCollision: .refuse)
    }
    #expect(try Files.read(path) == [2])
    #expect(entries() == ["f"])
  }

  @Test func `Replaces no database`() throws {
    let path = "\(folder)/f"
    let database = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 1, count: 84)
    try Files.write(database, to: path)
    #expect(throws: FileError(path: path, flaw: .databaseTaken, operation: .write)) { try Files.write([1], to: path) }
    #expect(try Files.read(path) == database)
    #expect(entries() == ["f"])
  }

  @Test func `Refuses a file that appears meanwhile`() throws {
    let path = "\(folder)/f"
    do {
      let file = try AtomicFile(path, onCollision: .refuse)
      try file.write("late")
      try Files.write([1], to: path)
      #expect(throws: WriteError.failed(FileError(path: path, operation: .create, errno: EEXIST))) { try file.commit() }
    }
    #expect(try Files.read(path) == [1])
    #expect(entries() == ["f"])
  }

  @Test func `Places a finished file`() throws {
    let (draft, path) = ("\(folder)/draft", "\(folder)/f")
    for (byte, collision) in [(UInt8(1), Files.Collision.refuse), (2, .replace)] {
      try Files.write([byte], to: draft)
      try Files.place(draft, at: path, onCollision: collision)
      #expect(try Files.read(path) == [byte])
      #expect(entries() == ["f"])
    }
    try Files.write([3], to: draft)
    #expect(throws: FileError(path: path, operation: .create, errno: EEXIST)) {
      try Files.place(draft, at: path, onCollision: .refuse)
    }
    #expect(try Files.read(path) == [2] && Files.read(draft) == [3])
  }

  @Test func `Knows a file by any of its paths`() throws {
    try Files.write([1], to: "\(folder)/f")
    try Files.write([1], to: "\(folder)/other")
    #expect(symlink("f", "\(folder)/link") == 0)
    #expect(Files.areSame("\(folder)/f", "\(folder)/../\(folder.dropFirst("/tmp/".count))/link"))
    #expect(!Files.areSame("\(folder)/f", "\(folder)/other"))
    #expect(!Files.areSame("\(folder)/missing", "\(folder)/missing"))
  }

  @Test func `Makes a file with the permissions of another`() throws {
    try Files.write([1], to: "\(folder)/f")
    chmod("\(folder)/f", 0o440)
    try Files.create("\(folder)/new", permissionsOf: "\(folder)/f")
    var status = stat()
    #expect(stat("\(folder)/new", &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(throws: FileError.self) { try Files.create("\(folder)/new", permissionsOf: "\(folder)/f") }
  }

  @Test func `Leaves nothing behind without commit`() throws {
    do {
      let file = try AtomicFile("\(folder)/f")
      try file.write("half")
      try file.flush()
      #expect(entries().count == 1)
    }
    #expect(entries().isEmpty)
  }

  @Test func `Describes errors`() {
    #expect(throws: FileError(path: "/x/y", operation: .open, errno: ENOENT)) { try Files.read("/x/y") }
    #expect(
      FileError(path: "/x/y", operation: .open, errno: ENOENT).description
        == "cannot open /x/y: No such file or directory")
    #expect(throws: FileError(path: folder, operation: .write, errno: EISDIR)) { try Files.write([], to: folder) }
    #expect(throws: FileError(path: folder, operation: .read, errno: EISDIR)) { try Files.read(folder) }
  }

  @Test func `Makes folders`() throws {
    try Files.createDirectories("\(folder)/a/b/c/")
    try Files.createDirectories("\(folder)/a/b/c")
    #expect(Files.isDirectory("\(folder)/a/b/c") && Files.exists("\(folder)/a"))
    try Files.write([], to: "\(folder)/f")
    #expect(Files.exists("\(folder)/f") && !Files.isDirectory("\(folder)/f") && !Files.exists("\(folder)/g"))
    #expect(throws: FileError.self) { try Files.createDirectories("\(folder)/f/g") }
    #expect(throws: FileError.self) { try Files.createDirectories("\(folder)/f") }
  }

  @Test(arguments: [
    ("c", "."), ("a/b/c", "a/b"), ("a/b/c/", "a/b"), ("/c", "/"), ("/", "/"), ("a//b", "a"), ("//b", "/"),
  ])
  func `Finds the folder`(path: String, folder: String) {
    #expect(Files.directory(of: path) == folder)
  }

  @Test func `Reports a broken pipe once`() throws {
    let sink = try brokenPipe()
    #expect(throws: WriteError.brokenPipe) { try sink.write([UInt8](repeating: 0, count: 100_000)) }
    try sink.flush()
  }
}
