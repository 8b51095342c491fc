import Glibc

/// Standard error and the terminal.

/// A sentence on standard error, with the tool's name before it.
func complain(_ message: String) {
  for line in message.split(separator: "\n") { remark("orgreg: \(line)") }
}

/// A line on standard error.
func remark(_ line: String) { writeError(line + "\n") }

/// Text on standard error.
func writeError(_ text: String) {
  var text = text
  text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

var isOutputTerminal: Bool { isatty(STDOUT_FILENO) != 0 }

/// Asks a question on the terminal. Anything but y or yes ends the command.
/// - Parameter refusal: what to say if there is no terminal.
func confirm(_ question: String, otherwise refusal: String) throws(Failure) {
  guard isatty(STDIN_FILENO) != 0, isatty(STDERR_FILENO) != 0 else { throw Failure("\(refusal); nothing was changed") }
  remark(question + " [y/N]")
  guard ["y", "yes"].contains(readLine()?.lowercased()) else { throw Failure("nothing was changed") }
}

/// The login name, or the number of a user without one.
var loginName: String {
  guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user-\(getuid())" }
  return String(cString: name)
}
