import RegistryFormats
import Glibc
import RegistryStorage

/// Standard error and the terminal.

/// A terminal that something is printed on, by its size in characters.
struct Screen {
  let columns: Int
  let rows: Int

  /// The screen of standard output. Nil if that is a file or a pipe.
  static let output = Screen(STDOUT_FILENO)
  /// The screen of standard error. Nil if that is a file or a pipe.
  static let errors = Screen(STDERR_FILENO)

  /// A terminal that does not know its size is as large as most once were.
  private init?(_ file: Int32) {
    guard isatty(file) != 0 else { return nil }
    var size = winsize()
    let isKnown = ioctl(file, UInt(TIOCGWINSZ), &size) == 0
    columns = isKnown && size.ws_col > 0 ? Int(size.ws_col) : usualWidth
    rows = isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24
  }
}

/// A sentence on standard error, with the tool's name before it.
func complain(_ message: String) {
  for line in message.split(separator: "\n") { remark("orgreg: \(line)") }
}

/// A line on standard error, in which nothing is hidden or moves the cursor. It is broken between words where the screen
/// ends.
func remark(_ line: String) {
  writeError(fitted(visible(line), indent: 2, width: Screen.errors?.columns).map { $0 + "\n" }.joined())
}

/// A text for people to read, line by line, with what nobody can see shown as numbers.
func visible(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { PlainText.shown(String($0)) }
    .joined(separator: "\n")
}

/// Text on standard error.
func writeError(_ text: String) {
  var text = text
  text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// Whether colours help: on a terminal that has them, unless the user wants none.
var isColoured: Bool {
  Screen.output != nil && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
}

/// Whether there is somebody who can be asked.
var canAsk: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0 }

/// Asks a question on the terminal until one of the answers, or its first letter, is given.
/// - Parameters:
///   - answers: the first is the usual one.
///   - refusal: what to say if there is no terminal.
func ask(_ question: String, _ answers: [String], otherwise refusal: String) throws(Failure) -> String {
  guard canAsk else { throw Failure("\(refusal); nothing was changed") }
  let choices = answers.map { "[\($0.prefix(1))]\($0.dropFirst())" }.joined(separator: " ")
  while true {
    writeError("\(question) \(choices) ")
    guard let line = readLine() else {
      remark("")
      throw Failure("no answer; nothing was changed", status: .declined)
    }
    let typed = line.lowercased().split(separator: " ").joined()
    if let answer = answers.first(where: { !typed.isEmpty && $0.hasPrefix(typed) }) { return answer }
    remark("Answer with one of: \(answers.joined(separator: ", ")).")
  }
}

/// Asks whether to do something. Anything but yes ends the command.
/// - Parameter refusal: what to say if there is no terminal.
func confirm(_ question: String, otherwise refusal: String) throws(Failure) {
  guard try ask(question, ["yes", "no"], otherwise: refusal) == "yes" else {
    throw Failure("nothing was changed", status: .declined)
  }
}

/// The login name, or the number of a user without one.
var loginName: String {
  guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user-\(getuid())" }
  return String(cString: name)
}
