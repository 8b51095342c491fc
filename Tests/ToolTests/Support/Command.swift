import Foundation

/// A command that ran, and its output. A failed expectation shows its description.
struct Run: CustomStringConvertible {
  let command: String
  /// The exit status. As in shells, it is 128 plus the number of the signal that ended the process.
  let status: Int32
  let stdout: String
  let stderr: String

  var lines: [String] { stdout.split(separator: "\n").map(String.init) }

  /// Standard output with single blanks, however its lines are broken.
  var words: String { stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// The lines of standard error, without the remark that the built-in register is used.
  var complaints: [String] {
    stderr.split(separator: "\n").map(String.init).filter { $0 != Workbench.builtInRemark }
  }

  var description: String {
    "\n$ \(command)\nstatus: \(status)\nstdout:\n\(shortened(stdout))\nstderr:\n\(shortened(stderr))"
  }

  private func shortened(_ text: String) -> String {
    text.count <= 4_000 ? text : "\(text.prefix(4_000))... (\(text.utf8.count) bytes)"
  }
}

/// A process to be started. It does not inherit the environment of the tests.
struct Command {
  var words: [String]
  var folder: String
  var environment: [String: String]
  /// The file that it reads as standard input.
  var input = "/dev/null"

  struct CannotStart: Error { let reason: String }

  func run() throws -> Run { try start().finish() }

  func start() throws -> Running {
    let capture = try temporaryFolder("capture")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "\(capture)/stdout", O_WRONLY | O_CREAT, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "\(capture)/stderr", O_WRONLY | O_CREAT, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)

    // The signals are as a shell would leave them, because the test runner may ignore SIGPIPE.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGXFSZ] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // `env` changes the folder: the C library has a function for it that Swift does not see.
    let program = ["env", "-C", folder] + words
    var arguments = program.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, program[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw CannotStart(reason: "\(program[0]): \(String(cString: strerror(code)))") }
    return Running(process: process, command: words.joined(separator: " "), capture: capture)
  }
}

struct Running {
  let process: pid_t
  let command: String
  let capture: String

  /// Waits for the end, however long it takes, so that no test depends on the speed of the machine.
  func finish() -> Run {
    defer { try? FileManager.default.removeItem(atPath: capture) }
    var state: Int32 = 0
    while waitpid(process, &state, 0) < 0, errno == EINTR {}
    let signal = state & 0x7F
    return Run(
      command: command, status: signal == 0 ? (state >> 8) & 0xFF : 128 + signal, stdout: text("stdout"),
      stderr: text("stderr"))
  }

  /// Whether it has not ended yet. It can still be waited for.
  var isRunning: Bool {
    var state = siginfo_t()
    return waitid(P_PID, id_t(process), &state, WEXITED | WNOHANG | WNOWAIT) == 0
      && state._sifields._sigchld.si_pid == 0
  }

  /// Waits until the process has made a file.
  /// - Returns: false if the process ended without it.
  func hasMade(_ path: String) -> Bool {
    while isRunning {
      if FileManager.default.fileExists(atPath: path) { return true }
      usleep(2_000)
    }
    return FileManager.default.fileExists(atPath: path)
  }

  private func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(capture)/\(name)") ?? Data(), as: UTF8.self)
  }
}

/// A new, empty folder.
func temporaryFolder(_ purpose: String) throws -> String {
  let path = "\(NSTemporaryDirectory())/orgreg-tests-\(purpose)-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    .replacing("//", with: "/")
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}
