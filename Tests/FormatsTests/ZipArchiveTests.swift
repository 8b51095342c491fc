import RegistryFormats
import Testing

private func archive(_ bytes: [UInt8]) throws(FileError) -> ZipArchive {
  try ZipArchive(MemoryStore(bytes, path: "a.zip"))
}

/// The contents of the first entry.
private func first(_ bytes: [UInt8], piece: Int = 65_536) throws -> [UInt8] {
  let archive = try archive(bytes)
  return try contents(of: archive.open(#require(archive.entries.first)), piece: piece)
}

/// What is damaged. Nil if nothing is.
private func finding(_ body: () throws -> [UInt8]) -> String? {
  guard case .damaged(let finding) = flaw(body) else { return nil }
  return finding
}

@Suite struct ZipArchiveTests {
  @Test(arguments: [1, 2, 5, 65_536], [0, 8]) func `Reads its files`(piece: Int, method: Int) throws {
    let archive = try archive(
      zip([
        ZipFile("a.csv", "code\n00L\n") { $0.method = method }, ZipFile("folder/"),
        ZipFile("folder/empty.csv") { $0.method = method },
      ]))
    #expect(archive.entries.map(\.name) == ["a.csv", "folder", "folder/empty.csv"])
    #expect(
      archive.entries.map(\.kind) == [.file, .file, .file].enumerated().map { $0.offset == 1 ? .folder : $0.element })
    #expect(archive.entries[0].size == 9 && archive.entries[0].packedSize == (method == 0 ? 9 : 14))
    #expect(try contents(of: archive.open(archive.entries[2]), piece: piece) == [])
    #expect(try contents(of: archive.open(archive.entries[0]), piece: piece) == bytes("code\n00L\n"))
    #expect(try contents(of: archive.open(archive.entries[0]), piece: piece) == bytes("code\n00L\n"))
  }

  @Test func `Reads an archive without files and one with a comment`() throws {
    #expect(try archive(zip([])).entries.isEmpty)
    #expect(
      try first(zip([ZipFile("a", "x")], comment: "made by PK\u{5}\u{6}, which is no end of this archive"))
        == bytes("x"))
    #expect(try first(zip([ZipFile("a", "x")], comment: String(repeating: "-", count: 65_535))) == bytes("x"))
  }

  @Test func `An archive in an archive is a file`() throws {
    let inner = zip([ZipFile("inner.csv", "x")])
    let outer = zip([ZipFile("inner.zip") { $0.contents = inner }])
    #expect(try first(outer) == inner && first(first(outer)) == bytes("x"))
  }

  @Test func `Reads a link`() throws {
    let archive = try archive(zip([ZipFile("link", "/etc/passwd") { $0.mode = 0o120777 }]))
    #expect(archive.entries.map(\.kind) == [.link])
  }

  // MARK: Names

  static let names: [(raw: [UInt8], shown: String)] = [
    (bytes("data/2020/ccg.csv"), "data/2020/ccg.csv"),
    (bytes("/etc/passwd"), "etc/passwd"),
    (bytes("../../etc/passwd"), "etc/passwd"),
    (bytes("a/../b/./c"), "a/b/c"),
    (bytes("C:\\Users\\x.csv"), "Users/x.csv"),
    (bytes("..\\x.csv"), "x.csv"),
    (bytes("..."), "..."),
    (bytes(".."), "entry 1"),
    (bytes("/"), "entry 1"),
    (bytes(""), "entry 1"),
    (bytes("a\0.csv"), "a\\u{00}.csv"),
    (bytes("\u{1B}[31mred\r\n"), "\\u{1B}[31mred\\u{0D}\\u{0A}"),
    (bytes("vsc.\u{202E}exe"), "vsc.\\u{202E}exe"),
    (bytes("žluťoučký 😀.csv"), "žluťoučký 😀.csv"),
    ([0x63, 0x61, 0x66, 0xE9], "caf\\xE9"),
    ([0xC0, 0xAE, 0xC0, 0xAE, 0x2F, 0x78], "\\xC0\\xAE\\xC0\\xAE/x"),
  ]

  @Test(arguments: names) func `Shows only safe names`(raw: [UInt8], shown: String) throws {
    let archive = try archive(zip([ZipFile("", "x") { $0.name = raw }]))
    #expect(archive.entries.map(\.name) == [shown])
    #expect(try contents(of: archive.open(archive.entries[0])) == bytes("x"))
  }

  @Test func `Names duplicates`() throws {
    let names = ["a", "/a", "../a", "b", "c", "c", "d/", "d/"]
    #expect(try archive(zip(names.map { ZipFile($0, $0.hasSuffix("/") ? "" : "x") })).duplicateNames == ["a", "c"])
  }

  // MARK: What is refused

  @Test func `Refuses what it cannot unpack`() {
    #expect(flaw { try first(zip([ZipFile("a", "x") { $0.flags = 1 }])) } == .encrypted)
    #expect(flaw { try first(zip([ZipFile("a", "x") { $0.flags = 0x41 }])) } == .encrypted)
    #expect(flaw { try first(zip([ZipFile("a", "x") { $0.method = 12 }])) } == .unknownMethod(12))
    #expect(flaw { try first(zip([ZipFile("a", "x")], disk: 1)) } == .split)
  }

  @Test func `Refuses every truncation`() throws {
    let whole = zip([ZipFile("a.csv", "code\n00L\n"), ZipFile("b.csv", "x")])
    for count in whole.indices {
      #expect(flaw { try archive(Array(whole[..<count])) } == .truncated)
    }
  }

  @Test func `Refuses files that lie over one another`() {
    let twice = [ZipFile("a", "x"), ZipFile("b", "y") { $0.headerOffset = 0 }]
    #expect(flaw { try archive(zip(twice)) } == .overlapping)
    let within = [ZipFile("a", String(repeating: "x", count: 100)), ZipFile("b", "y") { $0.headerOffset = 40 }]
    #expect(flaw { try archive(zip(within)) } == .overlapping)
    let intoDirectory = [ZipFile("a", "xyz") { $0.packedSize = 9 }]
    #expect(flaw { try archive(zip(intoDirectory)) } == .overlapping)
    // Only the local header tells the size of the extra field.
    var stretched = zip([ZipFile("a", "x"), ZipFile("b", "y")])
    stretched[28] = 200
    #expect(flaw { try first(stretched) } == .overlapping)
  }

  @Test func `Refuses sizes that cannot be`() {
    let bomb = ZipFile("a", "x") { $0.size = 0xFFFF_FFFE }
    #expect(flaw { try first(zip([bomb])) } == .absurdSize(size: 0xFFFF_FFFE, packedSize: 6))
    let long = ZipFile("a", "x") {
      $0.size = 0xFFFF_FFFF
      $0.extra = little(1, 2) + little(8, 2) + little(Int.max, 8)
    }
    #expect(flaw { try first(zip([long])) } == .absurdSize(size: Int.max, packedSize: 6))
    let tooLong = ZipFile("a", "x") {
      $0.size = 0xFFFF_FFFF
      $0.extra = little(1, 2) + little(8, 2) + little(-1, 8)
    }
    #expect(flaw { try archive(zip([tooLong])) } != nil)
  }

  @Test func `Stops where a file is longer than the directory says`() throws {
    let liar = zip([ZipFile("a", String(repeating: "x", count: 150_000)) { $0.size = 100_000 }])
    let archive = try archive(liar)
    let source = try archive.open(archive.entries[0])
    #expect(flaw { try contents(of: source, piece: 1_000) } == .exceedsItsSize(100_000))
    #expect(flaw { try contents(of: source, piece: 1_000) } == .exceedsItsSize(100_000))
  }

  @Test func `Checks every file`() {
    #expect(finding { try first(zip([ZipFile("a", "x") { $0.checksum = 1 }])) } == "its checksum is wrong")
    let short = ZipFile("a", "x") { $0.size = 2 }
    #expect(finding { try first(zip([short])) } == "it is shorter than the archive's directory says")
    let stored = ZipFile("a", "xy") { ($0.method, $0.size) = (0, 1) }
    #expect(finding { try first(zip([stored])) } == "it is stored uncompressed, but its two sizes differ")
    let renamed = ZipFile("a", "x") { $0.headerName = bytes("b") }
    #expect(finding { try first(zip([renamed])) } == "its header contradicts the archive's directory")
    var padded = zip([ZipFile("a") { ($0.method, $0.contents, $0.size, $0.checksum) = (0, [3, 0, 0], 0, 0) }])
    for offset in [8, 31 + 3 + 10] { padded[offset] = 8 }
    #expect(finding { try first(padded) } == "its packed data ends before its place in the archive does")
  }

  @Test func `Refuses a directory that contradicts itself`() {
    let files = [ZipFile("a", "x"), ZipFile("b", "y")]
    #expect(flaw { try archive(zip(files, count: 1)) } == .damaged(finding: "its directory is longer than its entries"))
    #expect(flaw { try archive(zip(files, count: 3)) } == .damaged(finding: "entry 3 of its directory is not whole"))
    let outside = [ZipFile("a", "x") { $0.headerOffset = 1 << 20 }]
    #expect(flaw { try archive(zip(outside)) } == .damaged(finding: "entry 1 of its directory lies outside of it"))
    var moved = zip(files)
    moved[moved.count - 6] ^= 0xFF
    #expect(flaw { try archive(moved) } == .damaged(finding: "its directory lies outside of it"))
  }

  @Test func `Needs a file that can be read anywhere`() {
    #expect(flaw { try ZipArchive(path: "-") } == .notSeekable)
    #expect(flaw { try ZipArchive(path: "/dev/null") } == .notSeekable)
    #expect(throws: FileError.self) { try ZipArchive(path: "/nonexistent.zip") }
  }

  @Test func `Names the file in the archive`() throws {
    let archive = try archive(zip([ZipFile("../a.csv", "x") { $0.flags = 1 }]))
    do throws(FileError) {
      _ = try archive.open(archive.entries[0])
      Issue.record("no error")
    } catch {
      #expect(error.description == "cannot read a.zip/a.csv: it is protected by a password: unpack the archive first")
    }
  }

  // MARK: What others pack

  @Test(.enabled(if: Python.isAvailable, "python3 packs the files"), arguments: ["plain", "stream", "zip64"])
  func `Reads what others packed`(kind: String) throws {
    let folder = try Folder()
    let path = folder.path("a.zip")
    try Python.run(
      """
      import sys, zipfile
      class Pipe:
          def __init__(self, file): self.file = file
          def write(self, bytes): return self.file.write(bytes)
          def flush(self): self.file.flush()
      text = b"".join(b"%d,00L,x\\n" % n for n in range(100000))
      with open(sys.argv[1], "wb") as file:
          target = Pipe(file) if sys.argv[2] == "stream" else file
          with zipfile.ZipFile(target, "w") as archive:
              for name, method in [("deflated.csv", zipfile.ZIP_DEFLATED), ("stored.csv", zipfile.ZIP_STORED)]:
                  info = zipfile.ZipInfo(name)
                  info.compress_type = method
                  with archive.open(info, "w", force_zip64=sys.argv[2] == "zip64") as entry:
                      entry.write(text)
              if sys.argv[2] == "zip64":
                  for n in range(70000): archive.writestr("%d" % n, b"")
      """, path, kind)
    let expected = bytes((0..<100_000).map { "\($0),00L,x\n" }.joined())
    let archive = try ZipArchive(path: path)
    #expect(archive.entries.count == (kind == "zip64" ? 70_002 : 2))
    for (entry, name) in zip(archive.entries, ["deflated.csv", "stored.csv"]) {
      #expect(entry.name == name && entry.size == expected.count)
      #expect(try contents(of: archive.open(entry)) == expected)
    }
  }
}
