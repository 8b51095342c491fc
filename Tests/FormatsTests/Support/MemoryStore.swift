import RegistryFormats

/// Bytes held in memory, under the name of where they came from.
struct MemoryStore: ByteStore {
  let path: String
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  var size: Int { bytes.count }

  func read(into buffer: inout [UInt8], _ range: Range<Int>, from offset: Int) throws(FileError) -> Int {
    let taken = bytes.dropFirst(offset).prefix(range.count)
    buffer.replaceSubrange(range.lowerBound..<(range.lowerBound + taken.count), with: taken)
    return taken.count
  }
}
