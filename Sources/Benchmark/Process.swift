import Glibc

/// Other programs, run and timed.
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

  /// Runs a program with its output thrown away.
  /// - Returns: milliseconds from start to end.
  @discardableResult
  static func run(_ arguments: [String]) -> Double {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let clock = ContinuousClock()
    let start = clock.now
    var child = pid_t()
    guard posix_spawnp(&child, arguments[0], &actions, nil, &words, nil) == 0 else {
      print("cannot run \(arguments[0])")
      return .nan
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    let elapsed = start.duration(to: clock.now).components
    return Double(elapsed.seconds) * 1_000 + Double(elapsed.attoseconds) / 1e15
  }
}
