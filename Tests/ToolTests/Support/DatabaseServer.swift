import Foundation
import Testing

/// A database that loads scripts and answers queries.
protocol QueryEngine {
  /// Loads a script as a user would. If there is a client that stops at the first error, that client loads it.
  func load(_ script: String) throws -> Run
  /// Runs a query, which may fail.
  func run(_ query: String) throws -> Run
  /// The rows of a query, with nil for NULL.
  func rows(_ query: String) throws -> [[String?]]
}

/// The texts between fields and rows and for NULL, for clients that let us choose them.
enum Separators {
  static let field = "\u{1F}"
  static let row = "\u{1E}"
  static let null = "\\N"

  static func rows(_ text: String) -> [[String?]] {
    text.components(separatedBy: row).filter { !$0.isEmpty && $0 != "\n" }.map { line in
      line.components(separatedBy: field).map { $0 == null ? nil : $0 }
    }
  }
}

/// A database server for one test. Its data and its socket are in a folder of its own, which is removed with the test.
///
/// Kept here:
/// 1. The server ends when this value is released. It also ends with the process of the tests, because the shell that
///    started it then reads the end of its input.
final class DatabaseServer {
  let folder: String
  private let process = Process()
  private let life = Pipe()

  /// - Parameters:
  ///   - prepare: a script that makes the data folder; `$1` is the folder of the server.
  ///   - start: the command that starts the server, also with `$1`.
  ///   - isReady: called until it returns true.
  ///   - signal: the signal that ends the server without waiting for clients.
  init(prepare: String, start: String, signal: String, isReady: (String) throws -> Bool) throws {
    folder = try temporaryFolder("server")
    let prepared = try Command(
      words: ["bash", "-c", prepare, "prepare", folder], folder: "/", environment: Self.environment
    ).run()
    try #require(prepared.status == 0, "\(prepared)")
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "-c",
      """
      \(start) >$1/log 2>&1 </dev/null & server=$!
      trap 'kill -\(signal) $server' TERM; read -r; kill -\(signal) $server; wait $server
      """,
      "start", folder,
    ]
    process.environment = Self.environment
    process.standardInput = life
    // No other process may hold the writing end open.
    _ = fcntl(life.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    try process.run()
    while process.isRunning {
      if try isReady(folder) { return }
      usleep(100_000)
    }
    stop()
    throw Silent(log: String(decoding: FileManager.default.contents(atPath: "\(folder)/log") ?? Data(), as: UTF8.self))
  }

  struct Silent: Error { let log: String }

  static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]

  deinit { stop() }

  private func stop() {
    try? life.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }
}

/// PostgreSQL, which refuses to run as root.
final class Postgres: QueryEngine {
  private let server: DatabaseServer

  init() throws {
    let programs = (try Engine.postgres.program() as NSString).deletingLastPathComponent
    let user = geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups " : ""
    server = try DatabaseServer(
      prepare: """
        \(user.isEmpty ? "" : "chown postgres \"$1\" && ")cd "$1" &&
        \(user)\(programs)/initdb -D "$1/data" -U postgres -A trust -E UTF8 --locale=C --no-sync
        """,
      start: "\(user)\(programs)/postgres -D $1/data -k $1 -c listen_addresses= -c fsync=off", signal: "INT",
      isReady: { try Self.psql($0, ["-c", "SELECT 1"]).status == 0 })
  }

  private static func psql(_ folder: String, _ words: [String]) throws -> Run {
    try Command(
      words: ["psql", "-X", "-q", "-h", folder, "-U", "postgres", "-d", "postgres"] + words, folder: "/",
      environment: DatabaseServer.environment
    ).run()
  }

  func load(_ script: String) throws -> Run {
    try Self.psql(server.folder, ["-v", "ON_ERROR_STOP=1", "-f", script])
  }

  func loadOn(_ script: String) throws -> Run { try Self.psql(server.folder, ["-f", script]) }

  func run(_ query: String) throws -> Run {
    try Self.psql(
      server.folder,
      ["-A", "-t", "-F", Separators.field, "-R", Separators.row, "-P", "null=\(Separators.null)", "-c", query])
  }

  func rows(_ query: String) throws -> [[String?]] {
    let run = try run(query)
    try #require(run.status == 0, "\(run)")
    return Separators.rows(run.stdout.hasSuffix("\n") ? String(run.stdout.dropLast()) : run.stdout)
  }
}

/// MariaDB, which reads the same scripts as MySQL. It has a temporary folder of its own, because another server that
/// starts would remove its files.
final class MariaDB: QueryEngine {
  private let server: DatabaseServer
  private let database: String
  private let mode: String

  /// - Parameters:
  ///   - database: the name of the database to make.
  ///   - mode: the `sql_mode` of the clients.
  init(database: String, mode: String = "") throws {
    let program = try Engine.mariadb.program()
    server = try DatabaseServer(
      prepare: """
        mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal \
        --skip-test-db $([ "$(id -u)" -ne 0 ] || echo --user=root)
        """,
      start: """
        \(program) --no-defaults $([ "$(id -u)" -ne 0 ] || echo --user=root) --datadir=$1/data --tmpdir=$1/data --socket=$1/socket \
        --skip-networking --innodb-flush-log-at-trx-commit=0
        """, signal: "TERM",
      isReady: { try Self.client($0, ["-e", "SELECT 1"]).status == 0 })
    self.database = database
    self.mode = mode
    let made = try Self.client(
      server.folder, ["-e", "CREATE DATABASE \(database) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"])
    try #require(made.status == 0, "\(made)")
  }

  private static func client(_ folder: String, _ words: [String], input: String = "/dev/null") throws -> Run {
    var command = Command(
      words: ["mariadb", "--no-defaults", "-uroot", "--socket=\(folder)/socket", "--default-character-set=utf8mb4"]
        + words, folder: "/", environment: DatabaseServer.environment)
    command.input = input
    return try command.run()
  }

  private var session: [String] {
    (mode.isEmpty ? [] : ["--init-command=SET SESSION sql_mode='\(mode)'"]) + [database]
  }

  func load(_ script: String) throws -> Run { try Self.client(server.folder, session, input: script) }

  func run(_ query: String) throws -> Run {
    try Self.client(server.folder, ["--batch", "--skip-column-names"] + session + ["-e", query])
  }

  func rows(_ query: String) throws -> [[String?]] {
    let run = try run(query)
    try #require(run.status == 0, "\(run)")
    return run.stdout.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { $0 == "NULL" ? nil : Self.unescaped($0) }
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if !isEscaped, character == "\\" {
        isEscaped = true
        continue
      }
      switch (isEscaped, character) {
      case (true, "n"): result.append("\n")
      case (true, "t"): result.append("\t")
      case (true, "0"): result.append("\0")
      default: result.append(character)
      }
      isEscaped = false
    }
    return result
  }
}

/// DuckDB, in the Python of the tests.
struct DuckDB: QueryEngine {
  let file: String

  private func python(_ program: String, _ words: String...) throws -> Run {
    try Command(
      words: [try Engine.python.program(), "-c", "import sys, duckdb\n\(program)", file] + words, folder: "/",
      environment: DatabaseServer.environment
    ).run()
  }

  func load(_ script: String) throws -> Run {
    try python(
      """
      try:
        duckdb.connect(sys.argv[1]).execute(open(sys.argv[2], newline='').read())
      except Exception as error:
        sys.exit(str(error))
      """, script)
  }

  func run(_ query: String) throws -> Run {
    try python(
      """
      for row in duckdb.connect(sys.argv[1]).execute(sys.argv[2]).fetchall():
        sys.stdout.write('\\x1f'.join('\\\\N' if field is None else str(field) for field in row) + '\\x1e')
      """, query)
  }

  func rows(_ query: String) throws -> [[String?]] {
    let run = try run(query)
    try #require(run.status == 0, "\(run)")
    return Separators.rows(run.stdout)
  }
}

/// A SQLite file, through the `sqlite3` shell.
struct SQLiteShell: QueryEngine {
  let file: String

  func load(_ script: String) throws -> Run { try shell(["-bail"], input: script) }

  /// Loads a script without the options that its header asks for: the shell goes on after an error.
  func loadOn(_ script: String) throws -> Run { try shell([], input: script) }

  private func shell(_ words: [String], input: String = "/dev/null") throws -> Run {
    var command = Command(
      words: ["sqlite3", "-batch"] + words.prefix(1) + [file] + words.dropFirst(), folder: "/",
      environment: DatabaseServer.environment)
    if words.isEmpty { command.words = ["sqlite3", "-batch", file] }
    command.input = input
    return try command.run()
  }

  func run(_ query: String) throws -> Run {
    try Command(
      words: [
        "sqlite3", "-batch", "-separator", Separators.field, "-newline", Separators.row, "-nullvalue", Separators.null,
        file, query,
      ], folder: "/", environment: DatabaseServer.environment
    ).run()
  }

  func rows(_ query: String) throws -> [[String?]] {
    let run = try run(query)
    try #require(run.status == 0, "\(run)")
    return Separators.rows(run.stdout)
  }
}
