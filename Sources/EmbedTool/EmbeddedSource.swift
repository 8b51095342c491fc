import RegistryFormats

/// A data file to be embedded in a Swift source file.
///
/// 1. The bytes of `contents` are UTF-8, and the literal made of them has exactly these bytes.
/// 2. The output depends only on names and contents, not on the folders of the files or the order of the arguments.
/// 3. No two files of a module have the same name.
struct EmbeddedSource {
  /// Why a file cannot be embedded.
  enum Failure: Error, CustomStringConvertible {
    case notUTF8(path: String)
    case sameName(String)

    var description: String {
      switch self {
      case .notUTF8(let path): "cannot embed \(path): it is not valid UTF-8"
      case .sameName(let name): "cannot embed two files named \(name)"
      }
    }
  }

  let name: String
  let contents: [UInt8]

  /// Reads the file at `path`. Its name is the last component of `path`.
  init(path: String) throws {
    name = path.split(separator: "/").last.map(String.init) ?? path
    contents = try Files.read(path)
    guard String(validating: contents, as: UTF8.self) != nil else { throw Failure.notUTF8(path: path) }
  }

  /// The Swift source that declares `EmbeddedFiles` with `files` in the order of their names.
  static func module(of files: [EmbeddedSource]) throws(Failure) -> [UInt8] {
    let files = files.sorted { $0.name < $1.name }
    for (file, next) in zip(files, files.dropFirst()) where file.name == next.name {
      throw .sameName(file.name)
    }
    var source = Array(header.utf8)
    source += Array("  package static let contentHash = \"\(contentHash(of: files))\"\n\n".utf8)
    source += Array("  package static let all: [EmbeddedFile] = [\n".utf8)
    for file in files {
      source += Array("    EmbeddedFile(\n      name: ".utf8)
      appendLiteral(of: Array(file.name.utf8), to: &source)
      source += Array(",\n      contents: ".utf8)
      appendLiteral(of: file.contents, to: &source)
      source += Array("),\n".utf8)
    }
    source += Array("  ]\n}\n".utf8)
    return source
  }

  private static let header = """
    // Made by EmbedTool. Do not edit.

    /// A data file of this module.
    package struct EmbeddedFile: Sendable {
      /// The name of the file, with its extension and without its folder.
      package let name: String
      /// The bytes of the file, which are UTF-8.
      package let contents: StaticString
    }

    /// The data files of this module.
    package enum EmbeddedFiles {
      /// The SHA-256, in hexadecimal, of the names and contents of all files.

    """

  /// The SHA-256 of every name and content, each preceded by its length, in the order given.
  private static func contentHash(of files: [EmbeddedSource]) -> String {
    var digest = SHA256()
    for file in files {
      digest.update("\(file.name.utf8.count) \(file.contents.count)\n")
      digest.update(file.name)
      digest.update(file.contents)
    }
    return digest.hex()
  }

  /// Appends a multi-line raw string literal whose value is `bytes`.
  ///
  /// The literal has one `#` more than the longest run of them in `bytes`, so that nothing in `bytes` ends it or is an
  /// escape. Characters that Swift would change or refuse in a literal are escaped.
  private static func appendLiteral(of bytes: [UInt8], to source: inout [UInt8]) {
    let pounds = [UInt8](repeating: UInt8(ascii: "#"), count: longestPoundRun(in: bytes) + 1)
    source += pounds + Array("\"\"\"\n".utf8)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\t"): source.append(byte)
      case 0..<0x20, 0x7F:
        source.append(UInt8(ascii: "\\"))
        source += pounds + Array("u{\(String(byte, radix: 16))}".utf8)
      default: source.append(byte)
      }
    }
    source += Array("\n\"\"\"".utf8) + pounds
  }

  private static func longestPoundRun(in bytes: [UInt8]) -> Int {
    var longest = 0
    var run = 0
    for byte in bytes {
      run = byte == UInt8(ascii: "#") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
