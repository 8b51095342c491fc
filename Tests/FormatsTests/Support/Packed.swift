import RegistryFormats
import Glibc
import Testing

/// All bytes of a source, read in pieces of at most `piece` bytes.
func contents(of source: any ByteSource, piece: Int = 65_536) throws(FileError) -> [UInt8] {
  var source = source
  var buffer = [UInt8](repeating: 0, count: piece + 2)
  var bytes: [UInt8] = []
  while true {
    let count = try source.read(into: &buffer, at: 1..<(piece + 1))
    if count == 0 { return bytes }
    bytes.append(contentsOf: buffer[1..<(count + 1)])
  }
}

/// The flaw that `body` throws.
func flaw<Result>(_ body: () throws -> Result) -> FileFlaw? {
  do {
    _ = try body()
    return nil
  } catch let error as FileError {
    guard case .contents(let flaw) = error.reason else { return nil }
    return flaw
  } catch {
    return nil
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// `count` bytes of `number`, the lowest first.
func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

func crc32(_ bytes: [UInt8]) -> Int {
  let value = bytes.reduce(UInt32.max) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB8_8320 }
  }
  return Int(~value)
}

/// Deflated data that holds `bytes` as they are: a block for each 65,535.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var packed: [UInt8] = []
  var rest = bytes[...]
  repeat {
    let block = rest.prefix(65_535)
    rest = rest.dropFirst(block.count)
    packed += [rest.isEmpty ? 1 : 0] + little(block.count, 2) + little(~block.count, 2) + block
  } while !rest.isEmpty
  return packed
}

/// A gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + deflated(bytes) + little(crc32(bytes), 4) + little(bytes.count, 4)
}

/// A file for a zip archive, whose entries may lie about it.
struct ZipFile {
  var name: [UInt8]
  var contents: [UInt8]
  var method = 8
  var flags = 0
  var system = 3
  var mode = 0o100644
  var size: Int?
  var packedSize: Int?
  var checksum: Int?
  var headerOffset: Int?
  var headerName: [UInt8]?
  var extra: [UInt8] = []
  var headerExtra: [UInt8] = []

  init(_ name: String, _ contents: String = "") {
    self.name = Array(name.utf8)
    self.contents = Array(contents.utf8)
  }

  init(_ name: String, _ contents: String = "", _ change: (inout ZipFile) -> Void) {
    self.init(name, contents)
    change(&self)
  }
}

/// A zip archive.
func zip(_ files: [ZipFile], comment: String = "", disk: Int = 0, count: Int? = nil) -> [UInt8] {
  var archive: [UInt8] = []
  var directory: [UInt8] = []
  for file in files {
    let packed = file.method == 8 ? deflated(file.contents) : file.contents
    let offset = file.headerOffset ?? archive.count
    let sizes =
      little(file.checksum ?? crc32(file.contents), 4) + little(file.packedSize ?? packed.count, 4)
      + little(file.size ?? file.contents.count, 4)
    let common = little(20, 2) + little(file.flags, 2) + little(file.method, 2) + [0, 0, 0, 0] + sizes
    let headerName = file.headerName ?? file.name
    archive += bytes("PK\u{3}\u{4}") + common + little(headerName.count, 2) + little(file.headerExtra.count, 2)
    archive += headerName + file.headerExtra + packed
    directory += bytes("PK\u{1}\u{2}") + [20, UInt8(file.system)] + common
    directory += little(file.name.count, 2) + little(file.extra.count, 2) + [0, 0, 0, 0, 0, 0]
    directory += little(file.mode << 16, 4) + little(offset, 4) + file.name + file.extra
  }
  let count = little(count ?? files.count, 2)
  let end = bytes("PK\u{5}\u{6}") + little(disk, 2) + [0, 0] + count + count
  return archive + directory + end + little(directory.count, 4) + little(archive.count, 4)
    + little(comment.utf8.count, 2) + comment.utf8
}

/// An empty folder, which is removed with its files when the object is released.
final class Folder {
  let path = "/tmp/FormatsTests.\(getpid()).\(UInt64.random(in: 0...(.max)))"
  private var files: Set<String> = []

  init() throws {
    try Files.createDirectories(path)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String {
    files.insert("\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Puts a file into the folder.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = path(name)
    try Files.write(bytes, to: path)
    return path
  }
}

enum Python {
  static let isAvailable = system("command -v python3 >/dev/null") == 0

  /// Runs a script; its arguments are plain words.
  static func run(_ script: String, _ arguments: String...) throws {
    let file = "/tmp/FormatsTests.\(getpid()).\(UInt64.random(in: 0...(.max))).py"
    defer { unlink(file) }
    try Files.write(bytes(script), to: file)
    try #require(system(([file] + arguments).reduce("python3") { "\($0) \($1)" }) == 0)
  }
}
