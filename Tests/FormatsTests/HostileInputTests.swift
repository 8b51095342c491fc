import RegistryFormats
import RegistryTestSupport
import Testing

/// Whatever the bytes of a damaged or invented file, a reader returns something or throws an error, and never stops the
/// program. What long runs of a fuzzer found has tests of its own.
@Suite struct HostileInputTests {
  private static let roundCount = 1_500

  private static let archive = zip([
    ZipFile("a.csv", "code,name\n00L,Northumberland\n"), ZipFile("b/"), ZipFile("b/c.csv", "x") { $0.method = 0 },
    ZipFile("long", "xyz") {
      ($0.size, $0.packedSize) = (0xFFFF_FFFF, 0xFFFF_FFFF)
      $0.extra = little(1, 2) + little(16, 2) + little(3, 8) + little(8, 8)
    },
  ])

  /// `bytes` with some of them changed, left out, doubled, or cut off.
  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &generator)
      let length = Int.random(in: 1...min(8, bytes.count - index), using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[index] = .random(in: 0...255, using: &generator)
      case 2: bytes.removeSubrange(index..<(index + length))
      case 3: bytes.insert(contentsOf: bytes[index..<(index + length)], at: index)
      case 4: for index in index..<(index + length) { bytes[index] = index.isMultiple(of: 2) ? 0xFF : bytes[index] }
      default: bytes.removeLast(length)
      }
    }
    return bytes
  }

  @Test func `No zip archive is a trap`() {
    var generator = SeededGenerator(seed: 1)
    var (readCount, refusedCount) = (0, 0)
    for _ in 0..<Self.roundCount {
      do throws(FileError) {
        let archive = try ZipArchive(MemoryStore(mutated(Self.archive, &generator), path: "a.zip"))
        for entry in archive.entries {
          #expect(try contents(of: archive.open(entry), piece: 9).count == entry.size)
          readCount += 1
        }
      } catch {
        #expect(error.description.hasPrefix("cannot read a.zip"))
        refusedCount += 1
      }
    }
    #expect(readCount > 100 && refusedCount > 100)
  }

  @Test func `No gzip file is a trap`() {
    var generator = SeededGenerator(seed: 2)
    let text = bytes("code,name\n00L,Northumberland\n")
    for _ in 0..<Self.roundCount {
      let packed = mutated(gzip(text) + gzip(bytes("x")), &generator)
      do throws(FileError) {
        _ = try contents(of: GzipSource(MemorySource(packed), path: "a.gz"), piece: 9)
      } catch {
        #expect(error.description.hasPrefix("cannot read a.gz"))
      }
    }
  }

  @Test func `No text of JSON is a trap`() {
    var generator = SeededGenerator(seed: 3)
    let text = bytes(#"{"name":"\u00e9\ud83d\ude00žx","n":[1,-2.5e-7,true,null,12345678901234567890],"o":{"":{}}}"#)
    for _ in 0..<Self.roundCount {
      let text = mutated(text, &generator)
      do throws(JSONError) {
        // The value can be written and read again.
        let value = try JSONReader.read(text)
        #expect(try JSONReader.read(bytes(value.text())) == value)
      } catch {
        let lineCount = text.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(1...lineCount ~= error.line && 1...(text.count + 1) ~= error.column)
      }
    }
  }

  /// However the source is cut into pieces, the outcome is the same.
  @Test func `No text of CSV in two encodings is a trap`() {
    var generator = SeededGenerator(seed: 4)
    var agreedCount = 0
    let text = bytes("\u{FEFF}code,name\r\n00L,\"North\"\"umberland\nx\"\n\"\",é–\n") + [0xE9, 0x96, 0x2C, 0x0A]
    for round in 0..<Self.roundCount {
      let text = mutated(Array(text.dropFirst(round % 4)), &generator)
      func outcome(_ bufferSize: Int) -> String {
        var options = CSVReader.Options()
        options.bufferSize = bufferSize
        var reader = CSVReader(UTF8Source(MemorySource(text), path: "a.csv"), options: options)
        var outcome = ""
        do throws(CSVError) {
          while try reader.next() { outcome += "\(reader.line) \(reader.texts())\n" }
        } catch {
          if case .unreadable = error.reason { return "unreadable" }
          outcome += error.description
        }
        return outcome
      }
      // A reader that reads ahead may meet bytes of no encoding before it looks at those that it has.
      let (small, large) = (outcome(5), outcome(65_536))
      #expect(small == large || small == "unreadable" || large == "unreadable")
      agreedCount += small == large ? 1 : 0
    }
    #expect(agreedCount > Self.roundCount * 9 / 10)
  }
}
