import RegistryFormats
import Glibc
import Testing

@Suite struct DataFileTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func texts(_ file: DataFile) throws -> [String] {
    try file.streams.map { String(decoding: try contents(of: $0.open(), piece: 7), as: UTF8.self) }
  }

  // MARK: What it reads

  @Test func `Reads a plain file`() throws {
    let path = try folder.file("a.csv.gz", bytes("code\n00L\n"))
    let file = try DataFile(path)
    #expect(file.streams.map(\.name) == [path] && file.streams[0].size == 9)
    #expect(try texts(file) == ["code\n00L\n"] && texts(file) == ["code\n00L\n"])
    #expect(try texts(DataFile(folder.file("empty.csv", []))) == [""])
  }

  @Test func `Reads a gzip file whatever its name`() throws {
    for (name, shown) in [("a.csv.gz", "a.csv"), ("a.csv", "a.csv"), (".gz", ".gz"), ("b.zip", "b.zip")] {
      let file = try DataFile(folder.file(name, gzip(bytes("code\n"))))
      #expect(file.streams.map(\.size) == [nil])
      #expect(file.streams.map(\.name) == ["\(folder.path)/\(shown)"] || name == ".gz")
      #expect(try texts(file) == ["code\n"])
    }
  }

  @Test func `Reads the files of an archive`() throws {
    let path = try folder.file(
      "data.gz",
      zip([
        ZipFile("2020/"), ZipFile("2020/ccg.csv", "code\n"), ZipFile("../note.txt", "read me"),
        ZipFile("__MACOSX/2020/._ccg.csv", "\0"), ZipFile("2020/.DS_Store", "\0"),
        ZipFile("latest.csv", "2020/ccg.csv") { $0.mode = 0o120777 },
      ]))
    let file = try DataFile(path)
    #expect(file.streams.map(\.name) == ["\(path)/2020/ccg.csv", "\(path)/note.txt"])
    #expect(file.streams.map(\.size) == [5, 7])
    #expect(file.passedOver == ["__MACOSX/2020/._ccg.csv", "2020/.DS_Store", "latest.csv"])
    #expect(try texts(file) == ["code\n", "read me"])
  }

  @Test(arguments: [bytes("code\n"), gzip(bytes("code\n"))]) func `Reads a pipe once`(packed: [UInt8]) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    try #require(packed.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == packed.count)
    close(ends[1])
    let file = try DataFile("/dev/fd/\(ends[0])")
    close(ends[0])
    #expect(file.meter.total == nil)
    #expect(try texts(file) == ["code\n"])
    #expect(flaw { try file.streams[0].open() } == .alreadyRead)
    #expect(file.meter.count == packed.count)
  }

  @Test func `Refuses an archive in a pipe`() throws {
    let packed = zip([ZipFile("a", "x")])
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    try #require(packed.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == packed.count)
    close(ends[1])
    defer { close(ends[0]) }
    #expect(flaw { try DataFile("/dev/fd/\(ends[0])") } == .notSeekable)
  }

  // MARK: What it refuses

  static let others: [(bytes: [UInt8], format: OtherFormat)] = [
    (zip([ZipFile("[Content_Types].xml", "<Types/>"), ZipFile("xl/workbook.xml", "<workbook/>")]), .spreadsheet),
    (zip([ZipFile("[Content_Types].xml", "<Types/>"), ZipFile("word/document.xml", "<document/>")]), .document),
    (zip([ZipFile("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), .spreadsheet),
    (zip([ZipFile("mimetype", "application/vnd.oasis.opendocument.text")]), .document),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldSpreadsheet),
    (bytes("%PDF-1.7\n"), .pdf),
    (bytes("SQLite format 3\0\u{10}"), .sqlite),
    ([0xFF, 0xFE, 0x61, 0x00], .utf16),
    ([0xFE, 0xFF, 0x00, 0x61], .utf16),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
    (bytes("Rar!\u{1A}\u{7}\0"), .rar),
    (bytes("BZh91AY&SY"), .bzip2),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz),
    ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    ([UInt8](repeating: 0x61, count: 257) + bytes("ustar\0"), .tar),
  ]

  @Test(arguments: others) func `Refuses other formats`(contents: [UInt8], format: OtherFormat) throws {
    let path = try folder.file("a.csv", contents)
    #expect(flaw { try DataFile(path) } == .otherFormat(format))
    if format != .spreadsheet, format != .document {
      let packed = try DataFile(folder.file("b.csv.gz", gzip(contents)))
      #expect(flaw { try packed.streams[0].open() } == .otherFormat(format))
    }
  }

  @Test func `Refuses what is packed twice`() throws {
    let inner = [gzip(bytes("x")), zip([ZipFile("x")])]
    for packed in inner {
      let archive = try DataFile(
        folder.file("a.zip", zip([ZipFile("a.csv", "ok"), ZipFile("b") { $0.contents = packed }])))
      #expect(try contents(of: archive.streams[0].open()) == bytes("ok"))
      #expect(flaw { try archive.streams[1].open() } == .otherFormat(.nestedArchive))
      let file = try DataFile(folder.file("a.gz", gzip(packed)))
      #expect(flaw { try file.streams[0].open() } == .otherFormat(.nestedArchive))
    }
  }

  @Test func `Refuses an archive without files or with two of one name`() throws {
    #expect(flaw { try DataFile(folder.file("a.zip", zip([]))) } == .noEntries)
    #expect(flaw { try DataFile(folder.file("a.zip", zip([ZipFile("folder/")]))) } == .noEntries)
    #expect(flaw { try DataFile(folder.file("a.zip", zip([ZipFile("a"), ZipFile("/a")]))) } == .duplicateName("a"))
  }

  @Test func `Says what to do`() {
    let path = try? folder.file("codes.xlsx", Self.others[0].bytes)
    do throws(FileError) {
      _ = try DataFile(path ?? "")
      Issue.record("no error")
    } catch {
      #expect(
        error.description
          == "cannot read \(path ?? ""): this is a spreadsheet: save it as CSV in UTF-8, with the columns of "
          + "codes formatted as text, or codes such as 5E1 or 014 are damaged")
    }
  }

  // MARK: How far it is

  @Test func `Tells how much of the file was read`() throws {
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
    let packed = [text, gzip(text), zip([ZipFile("a") { $0.contents = text }, ZipFile("b", "y")])]
    for (index, bytes) in packed.enumerated() {
      let file = try DataFile(folder.file("f\(index)", bytes))
      #expect(file.meter.total == bytes.count && file.meter.count < 300)
      var source = try file.streams[0].open()
      var buffer = [UInt8](repeating: 0, count: 100_000)
      var count = 0
      while count < 150_000 { count += try source.read(into: &buffer, at: 0..<100_000) }
      #expect(100_000...270_000 ~= file.meter.count)
      _ = try contents(of: source)
      for stream in file.streams.dropFirst() { _ = try contents(of: stream.open()) }
      #expect(file.meter.count == bytes.count)
    }
  }

  @Test func `Hashes what is read`() throws {
    let text = bytes(String(repeating: "code,name\n", count: 1_000))
    let file = try DataFile(folder.file("a.gz", gzip(text)))
    let source = HashingSource(try file.streams[0].open())
    #expect(try contents(of: source, piece: 77) == text)
    #expect(source.count == text.count && source.sha256 == SHA256.hex(of: text))
  }
}
