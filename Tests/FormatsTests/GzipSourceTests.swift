import RegistryFormats
import Testing

/// The unpacked contents of gzip data, which are packed and read in pieces.
private func unpacked(_ packed: [UInt8], piece: Int = 65_536) throws -> [UInt8] {
  try contents(of: GzipSource(MemorySource(packed), path: "data.gz"), piece: piece)
}

@Suite struct GzipSourceTests {
  @Test(arguments: [1, 2, 3, 7, 1_000, 65_536]) func `Unpacks in pieces of any size`(piece: Int) throws {
    let text = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* $0) }
    #expect(try unpacked(gzip(text), piece: piece) == text)
    #expect(try unpacked(gzip([]), piece: piece) == [])
  }

  @Test func `Joins members`() throws {
    #expect(try unpacked(gzip(bytes("one,")) + gzip([]) + gzip(bytes("two"))) == bytes("one,two"))
    #expect(try unpacked(gzip(bytes("one")) + [UInt8](repeating: 0, count: 1_000)) == bytes("one"))
    #expect(try unpacked([[UInt8]](repeating: gzip([]), count: 10_000).flatMap { $0 }) == [])
  }

  @Test func `Refuses what follows the last member`() {
    #expect(flaw { try unpacked(gzip(bytes("one")) + bytes("two")) } == .trailingBytes)
    #expect(flaw { try unpacked(gzip(bytes("one")) + [0, 0, 1]) } == .trailingBytes)
    #expect(flaw { try unpacked(gzip(bytes("one")) + [0x1F]) } == .truncated)
    #expect(flaw { try unpacked(gzip(bytes("one")) + [0x1F, 0]) } == .damaged(finding: "incorrect header check"))
  }

  @Test func `Refuses every truncation`() {
    let packed = gzip(bytes("code,name\n00L,Northumberland\n"))
    for count in packed.indices {
      #expect(flaw { try unpacked(Array(packed[..<count])) } == .truncated)
    }
  }

  @Test func `Checks sum and length`() {
    var packed = gzip(bytes("code"))
    packed[packed.count - 8] ^= 1
    #expect(flaw { try unpacked(packed) } == .damaged(finding: "incorrect data check"))
    packed[packed.count - 8] ^= 1
    packed[packed.count - 4] ^= 1
    #expect(flaw { try unpacked(packed) } == .damaged(finding: "incorrect length check"))
  }

  @Test func `Names the file and repeats the error`() throws {
    let source = try GzipSource(MemorySource(Array(gzip(bytes("code"))[..<20])), path: "/data/x.csv.gz")
    for _ in 0..<2 {
      do throws(FileError) {
        _ = try contents(of: source)
        Issue.record("no error")
      } catch {
        #expect(error.description == "cannot read /data/x.csv.gz: it ends too early: fetch or copy it again")
      }
    }
  }

  @Test(.enabled(if: Python.isAvailable, "python3 packs the files")) func `Unpacks what others packed`() throws {
    let folder = try Folder()
    let path = folder.path("f.gz")
    try Python.run(
      """
      import gzip, sys
      with gzip.open(sys.argv[1], "wb") as file:
          file.write(b"".join(b"%d,00L,x\\n" % n for n in range(200000)))
      with open(sys.argv[1], "ab") as file:
          file.write(gzip.compress(b"last\\n"))
      """, path)
    let expected = bytes((0..<200_000).map { "\($0),00L,x\n" }.joined() + "last\n")
    #expect(try contents(of: GzipSource(Files.open(path), path: path), piece: 10_000) == expected)
  }
}
