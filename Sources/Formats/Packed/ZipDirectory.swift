/// Reads the directory at the end of a zip archive.
///
/// Kept here:
/// 1. Numbers of the archive are added only after each is known to be at most the archive's size: no sum overflows.
/// 2. Everything that an entry refers to lies before the directory, and no two entries share a byte as far as the
///    directory tells. What local headers add is checked against `Entry.limit` when an entry is opened.
struct ZipDirectory {
  static let maximumEntryCount = 100_000
  /// Enough for that many entries with names and comments of usual length.
  private static let maximumSize = 64 << 20

  private let store: any ByteStore
  private let path: String

  /// The entries, in the order of the directory.
  static func entries(of store: any ByteStore) throws(FileError) -> [ZipArchive.Entry] {
    try ZipDirectory(store: store, path: store.path).entries()
  }

  private func entries() throws(FileError) -> [ZipArchive.Entry] {
    let place = try findDirectory()
    guard place.count <= Self.maximumEntryCount, place.range.count <= Self.maximumSize else {
      throw FileError(path: path, flaw: .tooManyEntries(limit: Self.maximumEntryCount))
    }
    var fields = ZipFields(try store.bytes(place.range))
    var entries: [ZipArchive.Entry] = []
    for number in 0..<place.count {
      entries.append(try entry(&fields, number: number, directory: place.range.lowerBound))
    }
    guard fields.remaining == 0 else { throw damaged("its directory is longer than its entries") }
    return try withLimits(entries, directory: place.range.lowerBound)
  }

  // MARK: - The end of the archive

  private struct Place {
    /// Where the directory lies, in bytes from the start of the archive.
    var range: Range<Int>
    /// The number of its entries.
    var count: Int
  }

  private static let endSize = 22
  private static let locatorSize = 20
  private static let longEndSize = 56
  private static let maximumCommentSize = 65_535

  private func findDirectory() throws(FileError) -> Place {
    let tailStart = max(0, store.size - Self.endSize - Self.maximumCommentSize - Self.locatorSize)
    let tail = ZipFields(try store.bytes(tailStart..<store.size))
    // The last record whose comment ends with the archive: a comment may contain what looks like one.
    let offsets = stride(from: tail.remaining - Self.endSize, through: 0, by: -1)
    let end = offsets.first { offset in
      tail.uint32(at: offset) == 0x0605_4B50
        && offset + Self.endSize + tail.uint16(at: offset + 20) == tail.remaining
    }
    guard let end else { throw FileError(path: path, flaw: .truncated) }
    let numbers = [4, 6, 8, 10].map { tail.uint16(at: end + $0) }
    let (size, offset) = (tail.uint32(at: end + 12), tail.uint32(at: end + 16))
    let isLong = numbers.contains(0xFFFF) || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF
    if isLong, end >= Self.locatorSize, tail.uint32(at: end - Self.locatorSize) == 0x0706_4B50 {
      return try findLongDirectory(tail, locator: end - Self.locatorSize, tailStart: tailStart)
    }
    guard numbers[0] == 0, numbers[1] == 0, numbers[2] == numbers[3] else { throw FileError(path: path, flaw: .split) }
    return try place(offset: offset, size: size, count: numbers[3], end: tailStart + end)
  }

  /// The directory of an archive whose numbers have 64 bits.
  private func findLongDirectory(_ tail: ZipFields, locator: Int, tailStart: Int) throws(FileError) -> Place {
    guard tail.uint32(at: locator + 4) == 0, tail.uint32(at: locator + 16) <= 1 else {
      throw FileError(path: path, flaw: .split)
    }
    let locatorPosition = tailStart + locator
    guard let start = tail.uint64(at: locator + 8), start <= locatorPosition,
      locatorPosition - start >= Self.longEndSize
    else { throw damaged("the place of its zip64 record is wrong") }
    let record = ZipFields(try store.bytes(start..<(start + Self.longEndSize)))
    guard record.uint32(at: 0) == 0x0606_4B50 else { throw damaged("its zip64 record is not where it should be") }
    guard record.uint32(at: 16) == 0, record.uint32(at: 20) == 0 else { throw FileError(path: path, flaw: .split) }
    guard let count = record.uint64(at: 32), record.uint64(at: 24) == count,
      let size = record.uint64(at: 40), let offset = record.uint64(at: 48)
    else { throw damaged("a number in its zip64 record is too large") }
    return try place(offset: offset, size: size, count: count, end: start)
  }

  /// - Parameter end: Where the record that describes the directory begins.
  private func place(offset: Int, size: Int, count: Int, end: Int) throws(FileError) -> Place {
    guard offset <= end, size <= end - offset else { throw damaged("its directory lies outside of it") }
    return Place(range: offset..<(offset + size), count: count)
  }

  // MARK: - Entries

  private static let entrySize = 46

  private func entry(_ fields: inout ZipFields, number: Int, directory: Int) throws(FileError) -> ZipArchive.Entry {
    guard let fixed = fields.take(Self.entrySize), fixed.uint32(at: 0) == 0x0201_4B50,
      let name = fields.take(fixed.uint16(at: 28)), let extra = fields.take(fixed.uint16(at: 30)),
      fields.take(fixed.uint16(at: 32)) != nil
    else { throw damaged("entry \(number + 1) of its directory is not whole") }
    guard let sizes = sizes(fixed, extra), sizes.headerOffset < directory, sizes.packedSize <= directory else {
      throw damaged("entry \(number + 1) of its directory lies outside of it")
    }
    guard sizes.disk == 0 else { throw FileError(path: path, flaw: .split) }
    let flags = fixed.uint16(at: 8)
    // The high half of the attributes is the mode of a Unix file if the archive was made on Unix.
    let type = fixed.uint16(at: 4) >> 8 == 3 ? fixed.uint32(at: 38) >> 16 & 0xF000 : 0
    return ZipArchive.Entry(
      name: ZipName.shown(name.bytes, number: number), size: sizes.size, packedSize: sizes.packedSize,
      kind: Self.kind(name: name.bytes, size: sizes.size, type: type), rawName: name.bytes,
      // Bit 0 means encrypted, 6 strongly encrypted, 13 that even the local header is hidden.
      isEncrypted: flags & 0b10_0000_0100_0001 != 0, method: fixed.uint16(at: 10),
      checksum: UInt32(fixed.uint32(at: 16)), headerOffset: sizes.headerOffset)
  }

  private static func kind(name: [UInt8], size: Int, type: Int) -> ZipArchive.Entry.Kind {
    if type == 0xA000 { return .link }
    let isNamedAsFolder = name.last == UInt8(ascii: "/") || name.last == UInt8(ascii: "\\")
    return size == 0 && isNamedAsFolder ? .folder : .file
  }

  /// The numbers that move to the extra fields where 32 bits are too few.
  private func sizes(
    _ fixed: ZipFields, _ extra: ZipFields
  ) -> (size: Int, packedSize: Int, headerOffset: Int, disk: Int)? {
    var long = extra.extraField(1) ?? ZipFields([])
    func number(_ offset: Int) -> Int? {
      let short = fixed.uint32(at: offset)
      guard short == 0xFFFF_FFFF else { return short }
      return long.take(8)?.uint64(at: 0)
    }
    guard let size = number(24), let packedSize = number(20), let headerOffset = number(42) else { return nil }
    let disk = fixed.uint16(at: 34)
    guard disk == 0xFFFF else { return (size, packedSize, headerOffset, disk) }
    return long.take(4).map { (size, packedSize, headerOffset, $0.uint32(at: 0)) }
  }

  /// The entries with the places where they must end, if none overlaps another.
  private func withLimits(_ entries: [ZipArchive.Entry], directory: Int) throws(FileError) -> [ZipArchive.Entry] {
    var entries = entries
    var limit = directory
    for index in entries.indices.sorted(by: { entries[$0].headerOffset > entries[$1].headerOffset }) {
      let entry = entries[index]
      let leastSize = ZipArchive.Entry.headerSize + entry.rawName.count + entry.packedSize
      guard limit - entry.headerOffset >= leastSize else { throw FileError(path: path, flaw: .overlapping) }
      entries[index].limit = limit
      limit = entry.headerOffset
    }
    return entries
  }

  // MARK: - Bytes

  private func damaged(_ finding: String) -> FileError {
    FileError(path: path, flaw: .damaged(finding: finding))
  }
}

extension ByteStore {
  /// All bytes of `range`, which lies inside the store.
  func bytes(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var count = 0
    while count < bytes.count {
      let added = try read(into: &bytes, count..<bytes.count, from: range.lowerBound + count)
      // The file has become shorter since it was opened.
      guard added > 0 else { throw FileError(path: path, flaw: .truncated) }
      count += added
    }
    return bytes
  }
}

/// Numbers in bytes, the lowest byte first.
struct ZipFields {
  private let all: [UInt8]
  private var start = 0

  init(_ bytes: [UInt8]) {
    all = bytes
  }

  /// The number of bytes not yet taken.
  var remaining: Int { all.count - start }

  /// The bytes not yet taken.
  var bytes: [UInt8] { Array(all[start...]) }

  /// Takes the next `count` bytes. Nil if there are fewer.
  mutating func take(_ count: Int) -> ZipFields? {
    guard count <= remaining else { return nil }
    defer { start += count }
    return ZipFields(Array(all[start..<(start + count)]))
  }

  func uint16(at offset: Int) -> Int { Int(truncatingIfNeeded: number(offset, 2)) }

  func uint32(at offset: Int) -> Int { Int(truncatingIfNeeded: number(offset, 4)) }

  /// Nil if the number is larger than any file.
  func uint64(at offset: Int) -> Int? { Int(exactly: number(offset, 8)) }

  private func number(_ offset: Int, _ size: Int) -> UInt64 {
    all[(start + offset)..<(start + offset + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// What the first extra field with this number contains.
  func extraField(_ number: Int) -> ZipFields? {
    var rest = self
    while let head = rest.take(4), let contents = rest.take(head.uint16(at: 2)) {
      if head.uint16(at: 0) == number { return contents }
    }
    return nil
  }
}
