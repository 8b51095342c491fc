/// Why a file cannot be read or replaced, although the operating system would allow it.
package enum FileFlaw: Error, Equatable, Sendable {
  /// A pipe or the standard input holds something that needs random access.
  case notSeekable
  /// A pipe or the standard input should be read again.
  case alreadyRead
  /// A device, a pipe or a socket is where a file should be written.
  case notAFile
  /// A file, or a folder that is not empty, is where a folder should be made.
  case folderTaken
  /// A database is where another kind of file should be written.
  case databaseTaken
  case otherFormat(OtherFormat)

  // MARK: Packed files
  /// The file ends before its packed contents do.
  case truncated
  /// The unpacked contents are not those that were packed. `finding` tells an expert what was found.
  case damaged(finding: String)
  /// Bytes follow the end of the packed contents.
  case trailingBytes
  case encrypted
  /// The file is packed by a method that is neither "stored" (0) nor "deflate" (8).
  case unknownMethod(Int)
  /// An archive is split over several files.
  case split
  /// Two files in an archive overlap.
  case overlapping
  /// The directory of an archive says `size`, which is more than `packedSize` can hold or anybody would send.
  case absurdSize(size: Int, packedSize: Int)
  /// A file has more bytes than the directory of the archive says.
  case exceedsItsSize(Int)
  case tooManyEntries(limit: Int)
  case noEntries
  /// An archive has several files, and only one can be read.
  case severalFiles(Int)
  /// Two files in an archive have the same name.
  case duplicateName(String)

  // MARK: Text
  /// A table whose columns are made rows has a mistake, which is a sentence with its line.
  case noTable(String)
  /// A byte means nothing in either encoding. The offset is in bytes, from 0.
  case undefinedByte(UInt8, offset: Int)
  /// The bytes at `offset` are UTF-8, and bytes before them are not.
  case mixedEncodings(offset: Int)
}

extension FileFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notSeekable: "a zip archive must be a file on a disk, not a pipe: save it to a file first"
    case .alreadyRead: "it is a pipe, which can be read only once: save it to a file first"
    case .notAFile: "it is not an ordinary file: name another"
    case .folderTaken: "something is there already: name a folder that does not exist yet, or empty this one"
    case .databaseTaken: "there is a database of this name: name another file, or remove the database first"
    case .otherFormat(let format): format.description
    case .truncated: "it ends too early: fetch or copy it again"
    case .damaged(let finding): "it is damaged (\(finding)): fetch or copy it again"
    case .trailingBytes: "something follows the end of the compressed data: fetch or copy it again"
    case .encrypted: "it is protected by a password: unpack the archive first"
    case .unknownMethod(let method):
      "it is packed in a way that is not supported (method \(method)): unpack the archive first"
    case .split: "the archive is split over several files: unpack it first"
    case .overlapping: "files in the archive overlap: it is damaged or made to harm"
    case .absurdSize(let size, let packedSize):
      "it claims to hold \(size) bytes in \(packedSize), which is absurd: it is damaged or made to harm"
    case .exceedsItsSize(let size):
      "it holds more than the \(size) bytes that the archive's directory says: it is damaged or made to harm"
    case .tooManyEntries(let limit): "the archive has more than \(limit) entries: unpack what is needed first"
    case .noEntries: "the archive has no files in it"
    case .severalFiles(let count): "the archive has \(count) files in it: unpack the one that is meant"
    case .duplicateName(let name): "the archive has two files of the name \(name): unpack it, and keep the right one"
    case .noTable(let mistake): mistake
    case .undefinedByte(let byte, let offset):
      "the byte \(String(byte, radix: 16, uppercase: true)) at offset \(offset) is neither UTF-8 nor Windows-1252: "
        + "save the file in UTF-8"
    case .mixedEncodings(let offset):
      "the text is in UTF-8 at offset \(offset), but not before: save the whole file in UTF-8"
    }
  }
}
