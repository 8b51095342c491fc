/// Kinds of files that are not text and cannot be read here, recognised by their contents.
package enum OtherFormat: Equatable, Sendable {
  /// A current spreadsheet format (xlsx, ods).
  case spreadsheet
  /// A file of an older office program (xls), or a newer file with a password.
  case oldSpreadsheet
  /// Another document of an office program.
  case document
  case pdf
  case sqlite
  case utf16
  case sevenZip
  case rar
  case bzip2
  case xz
  case zstandard
  case tar
  /// A packed file inside another.
  case nestedArchive
}

extension OtherFormat: CustomStringConvertible {
  /// What the file is, and the way out.
  package var description: String {
    switch self {
    case .spreadsheet:
      "this is a spreadsheet: \(Self.saving)"
    case .oldSpreadsheet:
      "this is an old spreadsheet (xls) or one with a password: \(Self.saving)"
    case .document: "this is a document of an office program: save its table as CSV in UTF-8"
    case .pdf: "this is a PDF: ask for the data as CSV, or copy its table into one"
    case .sqlite: "this is an SQLite database: export its table as CSV"
    case .utf16: "this text is in UTF-16: save it in UTF-8"
    case .sevenZip: "this is a 7z archive: unpack it first"
    case .rar: "this is a rar archive: unpack it first"
    case .bzip2: "this is compressed by bzip2: unpack it first"
    case .xz: "this is compressed by xz: unpack it first"
    case .zstandard: "this is compressed by zstd: unpack it first"
    case .tar: "this is a tar archive: unpack it first"
    case .nestedArchive: "this is packed twice: unpack the outer archive first"
    }
  }

  private static let saving =
    "save it as CSV in UTF-8, with the columns of codes formatted as text, or codes such as 5E1 or 014 are damaged"
}

/// What a file is by its first bytes.
enum ContentKind: Equatable {
  case text
  case gzip
  case zip
  case other(OtherFormat)

  /// How many bytes must be seen, if the file has as many.
  static let prefixLength = tarOffset + tar.count

  private static let tarOffset = 257
  private static let tar = Array("ustar".utf8)

  private static let signatures: [(kind: ContentKind, bytes: [UInt8])] = [
    (.gzip, [0x1F, 0x8B]),
    (.zip, [0x50, 0x4B, 0x03, 0x04]),
    // A zip without entries, and the first of several volumes.
    (.zip, [0x50, 0x4B, 0x05, 0x06]),
    (.zip, [0x50, 0x4B, 0x07, 0x08]),
    (.other(.oldSpreadsheet), [0xD0, 0xCF, 0x11, 0xE0]),
    (.other(.pdf), Array("%PDF-".utf8)),
    (.other(.sqlite), Array("SQLite format 3\0".utf8)),
    (.other(.utf16), [0xFF, 0xFE]),
    (.other(.utf16), [0xFE, 0xFF]),
    (.other(.sevenZip), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
    (.other(.rar), Array("Rar!\u{1A}\u{07}".utf8)),
    (.other(.bzip2), Array("BZh".utf8)),
    (.other(.xz), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    (.other(.zstandard), [0x28, 0xB5, 0x2F, 0xFD]),
  ]

  /// - Parameters:
  ///   - prefix: the first `prefixLength` bytes of the file, or all.
  ///   - allowingUTF16: whether UTF-16 counts as text.
  init(prefix: [UInt8], allowingUTF16: Bool = false) {
    if allowingUTF16, prefix.starts(with: [0xFF, 0xFE]) || prefix.starts(with: [0xFE, 0xFF]) {
      self = .text
    } else if let signature = Self.signatures.first(where: { prefix.starts(with: $0.bytes) }) {
      self = signature.kind
    } else if prefix.dropFirst(Self.tarOffset).starts(with: Self.tar) {
      self = .other(.tar)
    } else {
      self = .text
    }
  }

  init(ofFile path: String) throws(FileError) {
    self.init(prefix: try PeekedSource(try Files.open(path), length: Self.prefixLength).prefix)
  }

  /// What is wrong with it inside something packed. Nil for text.
  var flawWhenPacked: FileFlaw? {
    switch self {
    case .text: nil
    case .gzip, .zip: .otherFormat(.nestedArchive)
    case .other(let format): .otherFormat(format)
    }
  }
}
