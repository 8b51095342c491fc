import RegistryFormats
import Glibc

/// Text that is longer than the screen is shown by the program that `PAGER` names, or else by `less`.
///
/// Kept here:
/// 1. Elsewhere than on a screen, and if there is no such program, the text is printed as it is.
enum Pager {
  static func show(_ text: String) throws {
    let lineCount = text.reduce(into: 0) { count, character in if character.isNewline { count += 1 } }
    guard let screen = Screen.output, lineCount >= screen.rows, show(text, with: environment("PAGER") ?? "less") else {
      return try printText(text)
    }
  }

  /// - Returns: whether the program could be run.
  private static func show(_ text: String, with program: String) -> Bool {
    let name = program.prefix { $0 != " " }
    guard !name.isEmpty, system("command -v \([String(name)].shellWords) >/dev/null 2>&1") == 0 else { return false }
    // Colours are shown, what fits is not paged, and the text stays on the screen.
    setenv("LESS", "FRX", 0)
    // Whoever leaves the program before the end has seen enough.
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    guard let pipe = popen(program, "w") else { return false }
    fputs(text, pipe)
    return pclose(pipe) != -1
  }
}
