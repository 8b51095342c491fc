import ArgumentParser
import Formats
import Glibc
import Storage

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a register file.",
    discussion: """
      Without --empty it holds the England register. An existing file is never overwritten.

      EXAMPLES
        orgreg init
        orgreg init --empty --registry norway.sqlite
      """)

  @OptionGroup var location: WriteOptions

  @Flag(help: "No facts and no words: for the bodies of another country.")
  var empty = false

  func run() throws {
    let path = location.path
    guard !Files.exists(path) else { throw Failure("\(path): this file exists already; nothing was changed") }
    let temporary = "\(path).\(getpid()).tmp"
    defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(temporary + suffix) } }
    do {
      let registry = try Registry.create(temporary)
      if !empty { try BuiltInRegister.seed(registry) }
      try registry.seal()
    } catch {
      let message = "\(error)".replacing(temporary, with: path)
      throw Failure(message.hasPrefix(path) ? message : "\(path): \(message)")
    }
    // A hard link, unlike a rename, fails if somebody else has made the file meanwhile.
    guard link(temporary, path) == 0 else {
      throw Failure("\(path): \(String(cString: strerror(errno))); nothing was changed")
    }
    remark("orgreg: made \(path)" + (empty ? ", empty" : " with the England register"))
  }
}
