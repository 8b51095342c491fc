import RegistryFormats
import RegistryTestSupport
import Testing

@Suite struct SHA256Tests {
  @Test(.tags(.slow), .inFullRuns, arguments: [0, 1, 1_000_000, 1 << 20, 3_333_333])
  func `What is hashed while it is read is hashed as a whole`(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    let source = HashingSource(MemorySource(bytes))
    var buffer = [UInt8](repeating: 0, count: 70_001)
    while try source.read(into: &buffer, at: 1..<buffer.count) > 0 {}
    #expect(source.count == size)
    #expect(source.sha256 == SHA256.hex(of: bytes))
    #expect(source.sha256 == SHA256.hex(of: bytes))
  }

  @Test func `A source that is given up leaves no thread waiting`() throws {
    for _ in 0..<20 {
      let source = HashingSource(MemorySource([UInt8](repeating: 7, count: 3 << 20)))
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      for _ in 0..<2 { _ = try source.read(into: &buffer, at: buffer.indices) }
    }
  }

  static let vectors: [(text: String, hex: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (String(repeating: "a", count: 56), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (String(repeating: "a", count: 63), "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    (String(repeating: "a", count: 65), "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
  ]

  @Test(arguments: vectors) func `Matches the vectors`(text: String, hex: String) {
    #expect(SHA256.hex(of: Array(text.utf8)) == hex)
  }

  @Test(.tags(.slow), .inFullRuns) func `Takes a million bytes`() {
    let hex = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hex(of: [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)) == hex)
  }

  @Test(arguments: 1...130) func `Does not depend on the pieces`(size: Int) {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var digest = SHA256()
    for start in stride(from: 0, to: bytes.count, by: size) {
      digest.update(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    #expect(digest.hex() == SHA256.hex(of: bytes))
    #expect(digest.finalize().count == 32)
  }
}
