import Glibc

/// A file operation that the operating system refused, or a file whose contents cannot be read.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was attempted. The raw value completes the sentence "cannot … /some/path".
  package enum Operation: String, Sendable {
    case create
    case open
    case read
    case rename
    case synchronize
    case write
  }

  package enum Reason: Equatable, Sendable {
    /// The operating system's error number.
    case system(Int32)
    case contents(FileFlaw)
  }

  /// The file or folder as the caller named it, or for example "standard input" for a standard stream. A file in an
  /// archive is `archive.zip/folder/file.csv`.
  package let path: String
  package let operation: Operation
  package let reason: Reason

  /// The operating system refused the operation, with this error number.
  package init(path: String, operation: Operation, errno: Int32) {
    self.path = path
    self.operation = operation
    reason = .system(errno)
  }

  /// The file cannot be read or replaced because of its contents or its type.
  package init(path: String, flaw: FileFlaw, operation: Operation = .read) {
    self.path = path
    self.operation = operation
    reason = .contents(flaw)
  }

  /// A sentence such as `cannot open /x/y: No such file or directory`.
  package var description: String {
    let reason =
      switch reason {
      case .system(let errno): Self.message(for: errno)
      case .contents(let flaw): flaw.description
      }
    return "cannot \(operation.rawValue) \(path): \(reason)"
  }

  private static func message(for errno: Int32) -> String {
    guard let text = strerror(errno) else { return "error \(errno)" }
    return String(cString: text)
  }
}

/// A failure to deliver bytes to a `ByteSink`.
package enum WriteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reader at the other end of a pipe has gone away. A command-line tool should stop without a message.
  case brokenPipe
  case failed(FileError)

  /// Tells `EPIPE` from the other errors.
  init(_ error: FileError) {
    self = error.reason == .system(EPIPE) ? .brokenPipe : .failed(error)
  }

  package var description: String {
    switch self {
    case .brokenPipe: "the reader of the output has closed it"
    case .failed(let error): error.description
    }
  }
}
