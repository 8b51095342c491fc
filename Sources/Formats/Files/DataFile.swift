/// A file of data as it is published: plain, compressed by gzip, or several files in a zip archive. Its contents decide
/// which of these it is, not its name.
///
/// Files that are known not to be text are refused with advice: see `OtherFormat`.
package struct DataFile {
  /// Bytes in the file, to be read from the first to the last.
  package struct Stream {
    fileprivate enum Origin {
      case file(SharedFile, isPacked: Bool)
      case pipe(Pipe, isPacked: Bool)
      case entry(ZipArchive, ZipArchive.Entry)
    }

    /// What to call it in messages: the path of the file, without `.gz` if it is unpacked, or
    /// `archive.zip/folder/file.csv` for a file in an archive. Never a path to write to.
    package let name: String
    /// The number of its bytes, unpacked, if that is known before they are read.
    package let size: Int?
    fileprivate let origin: Origin
    fileprivate let meter: ByteMeter
    fileprivate let allowsUTF16: Bool

    /// Begins to read it. A pipe can be read once, a file any number of times.
    ///
    /// Unpacked data is refused if it is not text. Damage shows when it is reached, at the latest at the end.
    package func open() throws(FileError) -> any ByteSource {
      switch origin {
      case .file(let file, let isPacked):
        let source = MeteredSource(FileRange(file), meter)
        return isPacked ? try unpack(source, path: file.path) : source
      case .pipe(let pipe, let isPacked):
        let source = MeteredSource(try pipe.take(), meter)
        return isPacked ? try unpack(source, path: pipe.path) : source
      case .entry(let archive, let entry):
        return try checked(try archive.open(entry, meter: meter))
      }
    }

    /// The file on the disk that has just these bytes, for reading it at several places at once. Nil if they are
    /// unpacked or come from a pipe.
    package var file: SharedFile? { if case .file(let file, isPacked: false) = origin { file } else { nil } }

    private func unpack(_ source: any ByteSource, path: String) throws(FileError) -> any ByteSource {
      try checked(try GzipSource(source, path: path))
    }

    private func checked(_ source: any ByteSource) throws(FileError) -> any ByteSource {
      let source = try PeekedSource(source, length: ContentKind.prefixLength)
      let kind = ContentKind(prefix: source.prefix, allowingUTF16: allowsUTF16)
      if let flaw = kind.flawWhenPacked { throw FileError(path: name, flaw: flaw) }
      return source
    }
  }

  /// As the caller named it; "standard input" for `-`.
  package let path: String
  /// At least one. Those of an archive are in the order of its directory.
  package let streams: [Stream]
  /// Entries of an archive that are not data: symbolic links, and what macOS puts beside files. Folders are not named.
  package let passedOver: [String]
  /// How much of the file, as it lies on the disk, the streams have read. What an archive has besides its files counts
  /// as read from the beginning, so that all is read once every stream was read once.
  package let meter: ByteMeter

  /// Looks at the file at `path`; `-` is the standard input.
  /// - Parameter allowingUTF16: whether the caller reads UTF-16, which is refused otherwise.
  package init(_ path: String, allowingUTF16: Bool = false) throws(FileError) {
    if path != "-", let file = try SharedFile(path) {
      try self.init(file, allowingUTF16)
    } else {
      try self.init(pipe: path, allowingUTF16)
    }
  }

  /// The one file of data, for callers that read just one.
  package var onlyStream: Stream {
    get throws(FileError) {
      guard streams.count == 1 else { throw FileError(path: path, flaw: .severalFiles(streams.count)) }
      return streams[0]
    }
  }

  /// A regular file.
  private init(_ file: SharedFile, _ allowsUTF16: Bool) throws(FileError) {
    let prefix = try file.bytes(0..<min(file.size, ContentKind.prefixLength))
    let meter = ByteMeter(total: file.size)
    switch ContentKind(prefix: prefix, allowingUTF16: allowsUTF16) {
    case .text:
      let stream = Stream(
        name: file.path, size: file.size, origin: .file(file, isPacked: false), meter: meter,
        allowsUTF16: allowsUTF16)
      self.init(path: file.path, streams: [stream], meter: meter)
    case .gzip:
      let name = Self.nameWithoutSuffix(file.path)
      let stream = Stream(
        name: name, size: nil, origin: .file(file, isPacked: true), meter: meter, allowsUTF16: allowsUTF16)
      self.init(path: file.path, streams: [stream], meter: meter)
    case .zip: try self.init(try ZipArchive(file), meter, allowsUTF16)
    case .other(let format): throw FileError(path: file.path, flaw: .otherFormat(format))
    }
  }

  private init(_ archive: ZipArchive, _ meter: ByteMeter, _ allowsUTF16: Bool) throws(FileError) {
    if let format = try archive.officeFormat() { throw FileError(path: archive.path, flaw: .otherFormat(format)) }
    let data = archive.entries.filter { $0.kind == .file && !$0.isOfMacOS }
    guard !data.isEmpty else { throw FileError(path: archive.path, flaw: .noEntries) }
    if let name = archive.duplicateNames.first { throw FileError(path: archive.path, flaw: .duplicateName(name)) }
    let streams = data.map { entry in
      Stream(
        name: "\(archive.path)/\(entry.name)", size: entry.size, origin: .entry(archive, entry), meter: meter,
        allowsUTF16: allowsUTF16)
    }
    let passedOver = archive.entries.filter { $0.kind == .link || $0.isOfMacOS }.map(\.name)
    meter.add((meter.total ?? 0) - data.map(\.packedSize).reduce(0, +))
    self.init(path: archive.path, streams: streams, passedOver: passedOver, meter: meter)
  }

  /// Anything that can be read only once, in order.
  private init(pipe path: String, _ allowsUTF16: Bool) throws(FileError) {
    let pipe = try Pipe(try Files.open(path))
    let meter = ByteMeter(total: nil)
    let kind = ContentKind(prefix: pipe.prefix, allowingUTF16: allowsUTF16)
    switch kind {
    case .text, .gzip:
      let isPacked = kind == .gzip
      let name = isPacked ? Self.nameWithoutSuffix(pipe.path) : pipe.path
      let stream = Stream(
        name: name, size: nil, origin: .pipe(pipe, isPacked: isPacked), meter: meter,
        allowsUTF16: allowsUTF16)
      self.init(path: pipe.path, streams: [stream], meter: meter)
    case .zip: throw FileError(path: pipe.path, flaw: .notSeekable)
    case .other(let format): throw FileError(path: pipe.path, flaw: .otherFormat(format))
    }
  }

  private init(path: String, streams: [Stream], passedOver: [String] = [], meter: ByteMeter) {
    self.path = path
    self.streams = streams
    self.passedOver = passedOver
    self.meter = meter
  }

  private static func nameWithoutSuffix(_ path: String) -> String {
    let isSuffixed = path.utf8.count > 3 && path.utf8.suffix(3).elementsEqual(".gz".utf8)
    return isSuffixed ? String(decoding: path.utf8.dropLast(3), as: UTF8.self) : path
  }
}

/// A pipe whose first bytes were looked at, to be read once.
private final class Pipe {
  let path: String
  let prefix: [UInt8]
  private var source: PeekedSource?

  init(_ file: InputFile) throws(FileError) {
    let source = try PeekedSource(file, length: ContentKind.prefixLength)
    path = file.path
    prefix = source.prefix
    self.source = source
  }

  func take() throws(FileError) -> PeekedSource {
    guard let source else { throw FileError(path: path, flaw: .alreadyRead) }
    self.source = nil
    return source
  }
}

extension ZipArchive {
  /// The kind of office file that the archive is. Nil if it is none.
  fileprivate func officeFormat() throws(FileError) -> OtherFormat? {
    func isNamed(_ name: String) -> (Entry) -> Bool { { $0.rawName.elementsEqual(name.utf8) } }
    if entries.contains(where: isNamed("[Content_Types].xml")) {
      return entries.contains { $0.rawName.starts(with: "xl/".utf8) } ? .spreadsheet : .document
    }
    guard let entry = entries.first(where: isNamed("mimetype")) else { return nil }
    let type = try PeekedSource(try open(entry), length: 64).prefix
    guard type.starts(with: "application/vnd.oasis.opendocument.".utf8) else { return nil }
    return type.dropFirst(35).starts(with: "spreadsheet".utf8) ? .spreadsheet : .document
  }
}

extension ZipArchive.Entry {
  /// What macOS puts beside each file that it packs.
  fileprivate var isOfMacOS: Bool {
    rawName.starts(with: "__MACOSX/".utf8) || rawName.elementsEqual(".DS_Store".utf8)
      || rawName.suffix(10).elementsEqual("/.DS_Store".utf8)
  }
}
