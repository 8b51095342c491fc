import Foundation
import Testing

/// The tool at a terminal of its own, as a person uses it.
struct TerminalSession {
  var columns = 80
  var rows = 24

  /// Runs a command whose standard input, output and error are the terminal.
  /// - Parameter typed: what is typed, all of it at once: the terminal keeps it until it is read.
  /// - Returns: the exit status, and everything that the screen showed as `stdout`, the typed words among it.
  func run(_ command: Command, typing typed: String = "") throws -> Run {
    let (master, name) = try Self.newTerminal()
    defer { close(master) }
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    let isSized = ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    try #require(isSized)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, file, name, O_RDWR, 0)
    }
    posix_spawn_file_actions_addclose(&actions, master)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGXFSZ] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let program = ["env", "-C", command.folder] + command.words
    var arguments = program.map { strdup($0) } + [nil]
    var variables = command.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    // The terminal stays open here until the process has it.
    let slave = open(name, O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    let code = posix_spawnp(&process, program[0], &actions, &attributes, &arguments, &variables)
    try #require(code == 0)
    let bytes = Array(typed.utf8)
    let written = write(master, bytes, bytes.count)
    try #require(written == bytes.count)
    close(slave)

    var shown: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(master, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      // A terminal that nobody has open any more cannot be read.
      guard count > 0 else { break }
      shown += buffer[..<count]
    }
    var state: Int32 = 0
    while waitpid(process, &state, 0) < 0, errno == EINTR {}
    let signal = state & 0x7F
    return Run(
      command: command.words.joined(separator: " "), status: signal == 0 ? (state >> 8) & 0xFF : 128 + signal,
      stdout: String(decoding: shown, as: UTF8.self).replacing("\r\n", with: "\n"), stderr: "")
  }

  /// A terminal: the file behind it, and its name for the processes before it.
  private static func newTerminal() throws -> (master: Int32, name: String) {
    // The functions of the C library for this are hidden from Swift. These are the requests that they make.
    let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (lock, index): (Int32, UInt32) = (0, 0)
    let isMade = master >= 0 && ioctl(master, unlock, &lock) == 0 && ioctl(master, number, &index) == 0
    try #require(isMade)
    return (master, "/dev/pts/\(index)")
  }
}

extension Workbench {
  /// Runs the tool at a terminal. Nothing is shown through a pager, unless the environment says so.
  func atTerminal(
    _ words: [String], typing typed: String = "", columns: Int = 80, rows: Int = 24
  ) throws -> Run {
    var command = try command(words)
    command.environment["COLUMNS"] = nil
    command.environment["TERM"] = environment["TERM"] ?? "xterm"
    command.environment["PAGER"] = environment["PAGER"] ?? "cat"
    return try TerminalSession(columns: columns, rows: rows).run(command, typing: typed)
  }
}
