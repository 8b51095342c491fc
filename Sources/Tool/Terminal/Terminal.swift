import RegistryFormats
import Glibc

/// Standard error, the terminal, and the end of the process.

/// A sentence on standard error, with the tool's name before it.
func complain(_ message: String) {
  for line in message.split(separator: "\n") { remark("orgreg: \(line)") }
}

/// A line on standard error.
func remark(_ line: String) {
  var text = line + "\n"
  text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

func endProcess(_ status: Int32) -> Never { exit(status) }

var isInteractive: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0 }

var isOutputTerminal: Bool { isatty(STDOUT_FILENO) != 0 }

/// Asks a question on the terminal; anything but y or yes is no.
func confirms(_ question: String) -> Bool {
  remark(question + " [y/N]")
  let answer = readLine()?.lowercased()
  return answer == "y" || answer == "yes"
}

/// The login name, or the number of a user without one.
var loginName: String {
  guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user-\(getuid())" }
  return String(cString: name)
}
