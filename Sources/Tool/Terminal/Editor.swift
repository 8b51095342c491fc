import RegistryFormats
import Glibc

/// A text that the user changes with the program that `VISUAL` or `EDITOR` names, or else with `vi`.
enum Editor {
  /// - Parameter name: how the text is called; the editor may tell its form from the ending.
  static func edit(_ text: String, named name: String) throws(Failure) -> String {
    guard Screen.output != nil else { throw Failure("an editor needs a terminal; nothing was changed") }
    let folder = environment("TMPDIR") ?? "/tmp"
    let path = "\(folder)/orgreg-\(String(UInt64.random(in: .min ... .max), radix: 16))-\(name)"
    defer { unlink(path) }
    do {
      let file = try AtomicFile(path)
      try file.write(text)
      try file.commit()
    } catch {
      throw Failure("\(error); nothing was changed")
    }
    let editor = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
    guard system("\(editor) \([path].shellWords)") == 0 else {
      throw Failure("the editor '\(editor)' did not end well (see $EDITOR); nothing was changed")
    }
    do { return String(decoding: try Files.read(path), as: UTF8.self) } catch {
      throw Failure("\(error); nothing was changed")
    }
  }
}
