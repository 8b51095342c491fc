import ArgumentParser
import RegistryFormats

/// How a file is written, where it does not say so itself.
struct FileOptions: ParsableArguments {
  enum Encoding: String, Choice {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
  }

  @Option(
    help: "What separates the columns: a character, or tab (default: as the file shows).",
    transform: FileOptions.delimiter)
  var delimiter: UInt8?

  @Option(help: "How the bytes mean characters (default: as the file shows).")
  var encoding: Encoding?

  @Option(help: "How many lines to pass over above the header (default: as the file shows).")
  var skipRows: Int?

  @Flag(help: "The first row is no header: the columns are 1, 2 and so on.")
  var noHeader = false

  func validate() throws {
    if let skipRows, !(0...1_000_000).contains(skipRows) {
      throw ValidationError("--skip-rows is a number of lines, from 0 on")
    }
  }

  var given: TableForm.Given {
    var given = TableForm.Given()
    given.delimiter = delimiter
    given.encoding = encoding.flatMap { TextEncoding(rawValue: $0.rawValue) }
    given.skippedLines = skipRows
    given.hasHeader = !noHeader
    return given
  }

  private static func delimiter(_ word: String) throws -> UInt8 {
    let names: [String: UInt8] = [
      "tab": UInt8(ascii: "\t"), "\\t": UInt8(ascii: "\t"), "comma": UInt8(ascii: ","),
      "semicolon": UInt8(ascii: ";"), "pipe": UInt8(ascii: "|"),
    ]
    if let named = names[word] { return named }
    guard word.utf8.count == 1, let byte = word.utf8.first, byte != UInt8(ascii: "\""), byte >= 0x20 || byte == 9 else {
      throw ValidationError("'\(word)' is no separator: name one character, or tab")
    }
    return byte
  }
}
