import Glibc

/// Runs other programs and measures them.
enum Process {
  static var id: Int32 { getpid() }

  /// The folder of this executable.
  static var ownFolder: String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  static func exists(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// Runs a program and discards its output. If it fails, that is printed, because what it took would mean nothing.
  /// - Returns: the milliseconds from start to end.
  @discardableResult
  static func run(_ arguments: [String]) -> Double {
    let ended = wait(arguments, standardOutput: "/dev/null")
    // 1 is that of a tool that did what it should and found something to tell.
    if ended.status > 1 { print("failed: \(arguments.joined(separator: " "))") }
    return ended.milliseconds
  }

  /// Runs a program with its output in a file.
  /// - Returns: whether it succeeded.
  static func output(_ arguments: [String], to file: String) -> Bool {
    wait(arguments, standardOutput: file).status == 0
  }

  /// Runs a program and returns the peak of its memory.
  static func peakMegabytes(_ arguments: [String]) -> Int {
    wait(arguments, standardOutput: "/dev/null").kilobytes / 1_024
  }

  private static func wait(
    _ arguments: [String], standardOutput: String
  ) -> (milliseconds: Double, status: Int32, kilobytes: Int) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, standardOutput, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let clock = ContinuousClock()
    let start = clock.now
    var child = pid_t()
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, nil) == 0 else {
      print("cannot run \(arguments[0])")
      return (.nan, -1, 0)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    let elapsed = start.duration(to: clock.now).components
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return (Double(elapsed.seconds) * 1_000 + Double(elapsed.attoseconds) / 1e15, code, usage.ru_maxrss)
  }
}
