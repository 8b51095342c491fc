import Glibc

/// A file operation that the operating system refused.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was attempted; the raw value completes the sentence "cannot … /some/path".
  public enum Operation: String, Sendable {
    case create
    case open
    case read
    case rename
    case synchronize
    case write
  }

  /// The file or folder concerned, as the caller named it ("standard input" and the like for the standard streams).
  public let path: String
  public let operation: Operation
  /// The operating system's error number.
  public let errno: Int32

  public init(path: String, operation: Operation, errno: Int32) {
    self.path = path
    self.operation = operation
    self.errno = errno
  }

  /// A sentence such as `cannot open /x/y: No such file or directory`.
  public var description: String {
    "cannot \(operation.rawValue) \(path): \(Self.message(for: errno))"
  }

  private static func message(for errno: Int32) -> String {
    guard let text = strerror(errno) else { return "error \(errno)" }
    return String(cString: text)
  }
}

/// A failure to deliver bytes to a `ByteSink`.
public enum WriteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reader at the other end of a pipe has gone away; a command-line tool should stop without a message.
  case brokenPipe
  /// Any other failure.
  case failed(FileError)

  /// Sorts `EPIPE` from the other errors.
  init(_ error: FileError) {
    self = error.errno == EPIPE ? .brokenPipe : .failed(error)
  }

  public var description: String {
    switch self {
    case .brokenPipe: "the reader of the output has closed it"
    case .failed(let error): error.description
    }
  }
}
