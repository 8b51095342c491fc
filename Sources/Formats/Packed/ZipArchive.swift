/// A zip archive (APPNOTE 6.3.10): its directory in memory, its files read one by one, each in constant memory.
///
/// Files may be stored or deflated, with 64-bit numbers and with data descriptors. File names are never used as paths.
/// Nothing is guessed: what contradicts the directory is an error, and so are files that overlap.
package struct ZipArchive: Sendable {
  /// Something in an archive.
  package struct Entry: Sendable {
    package enum Kind: Sendable {
      case file
      case folder
      /// A symbolic link of Unix; its bytes are the path it leads to.
      case link
    }

    /// A name that is safe to show, such as `folder/file.csv`: see `ZipName`. Several entries may have the same.
    package let name: String
    /// In bytes, as the directory says.
    package let size: Int
    /// The number of bytes it takes in the archive.
    package let packedSize: Int
    package let kind: Kind
    /// The name as it is in the archive.
    let rawName: [UInt8]
    let isEncrypted: Bool
    let method: Int
    let checksum: UInt32
    /// Where its local header begins.
    let headerOffset: Int
    /// Where it must end: something else begins there.
    var limit = 0

    /// The size of a local header without name and extra fields.
    static let headerSize = 30
  }

  /// The name of the archive, used in errors.
  package var path: String { store.path }
  /// In the order of the directory.
  package let entries: [Entry]
  private let store: any ByteStore

  /// Reads the directory of an archive.
  package init(_ store: any ByteStore) throws(FileError) {
    self.store = store
    entries = try ZipDirectory.entries(of: store)
  }

  /// Reads the directory of the archive at `path`, which must be a regular file.
  package init(path: String) throws(FileError) {
    guard path != "-" else { throw FileError(path: "standard input", flaw: .notSeekable) }
    guard let file = try SharedFile(path) else { throw FileError(path: path, flaw: .notSeekable) }
    try self.init(file)
  }

  /// The names that several files of the archive have, each once, in the order of their second appearance.
  package var duplicateNames: [String] {
    var counts: [String: Int] = [:]
    return entries.filter { $0.kind != .folder }.map(\.name).filter { name in
      counts[name, default: 0] += 1
      return counts[name] == 2
    }
  }

  /// No file in an archive may claim to be larger, because nobody sends such files.
  package static let maximumSize = 1 << 40
  /// Deflate cannot make more bytes of one.
  private static let maximumRatio = 1_032

  /// The contents of an entry of this archive, unpacked while they are read.
  ///
  /// Size and checksum are checked at the end, after the bytes were given out. An entry that is longer than the
  /// directory says fails at once.
  ///
  /// - Parameter meter: Counts the bytes that are read from the archive.
  package func open(_ entry: Entry, meter: ByteMeter? = nil) throws(FileError) -> any ByteSource {
    let name = "\(path)/\(entry.name)"
    func refusal(_ flaw: FileFlaw) -> FileError { FileError(path: name, flaw: flaw) }
    guard !entry.isEncrypted else { throw refusal(.encrypted) }
    let isStored = entry.method == 0
    guard isStored || entry.method == 8 else { throw refusal(.unknownMethod(entry.method)) }
    if isStored, entry.size != entry.packedSize {
      throw refusal(.damaged(finding: "it is stored uncompressed, but its two sizes differ"))
    }
    guard entry.size <= Self.maximumSize, isStored || entry.size / Self.maximumRatio <= entry.packedSize else {
      throw refusal(.absurdSize(size: entry.size, packedSize: entry.packedSize))
    }
    let start = try dataStart(entry)
    guard entry.limit - start >= entry.packedSize else { throw FileError(path: path, flaw: .overlapping) }
    var source: any ByteSource = FileRange(store, start..<(start + entry.packedSize))
    if let meter { source = MeteredSource(source, meter) }
    return try ZipEntrySource(source, entry, path: name)
  }

  /// Where the bytes of an entry begin, after its local header, which must agree with the directory.
  private func dataStart(_ entry: Entry) throws(FileError) -> Int {
    let start = entry.headerOffset + Entry.headerSize
    let header = ZipFields(try store.bytes(entry.headerOffset..<start))
    let nameCount = header.uint16(at: 26)
    guard header.uint32(at: 0) == 0x0403_4B50, header.uint16(at: 8) == entry.method, nameCount == entry.rawName.count,
      try store.bytes(start..<(start + nameCount)) == entry.rawName
    else {
      throw FileError(
        path: "\(path)/\(entry.name)", flaw: .damaged(finding: "its header contradicts the archive's directory")
      )
    }
    return start + nameCount + header.uint16(at: 28)
  }
}

/// Unpacks a file in an archive and checks it.
///
/// 1. After an error every call of `read` throws the same error.
private final class ZipEntrySource: ByteSource {
  private var unpacked: any ByteSource
  /// Where the bytes come from if they are deflated.
  private let inflater: Inflater?
  private let entry: ZipArchive.Entry
  private let path: String
  private var count = 0
  private var checksum = CRC32()
  private var failure: FileError?

  init(_ source: any ByteSource, _ entry: ZipArchive.Entry, path: String) throws(FileError) {
    inflater = entry.method == 0 ? nil : try Inflater(source, path: path, wrapping: .none)
    unpacked = inflater ?? source
    self.entry = entry
    self.path = path
  }

  func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if let failure { throw failure }
    do throws(FileError) {
      let added = try unpacked.read(into: &buffer, at: range)
      if added == 0 { try checkEnd() }
      count += added
      guard count <= entry.size else { throw FileError(path: path, flaw: .exceedsItsSize(entry.size)) }
      checksum.update(buffer.span.extracting(range.lowerBound..<(range.lowerBound + added)))
      return added
    } catch {
      failure = error
      throw error
    }
  }

  private func checkEnd() throws(FileError) {
    guard count == entry.size else { throw damaged("it is shorter than the archive's directory says") }
    if let inflater, try inflater.peek() != nil {
      throw damaged("its packed data ends before its place in the archive does")
    }
    guard checksum.value == entry.checksum else { throw damaged("its checksum is wrong") }
  }

  private func damaged(_ finding: String) -> FileError {
    FileError(path: path, flaw: .damaged(finding: finding))
  }
}
