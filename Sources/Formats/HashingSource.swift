import Glibc

/// A source whose bytes are hashed while they are read. Of a large one they are hashed beside the reading, by a thread of its
/// own.
///
/// Kept here:
/// 1. Every byte that was read is in `pending`, on its way to the hasher, or in the digest, in the order of the source.
public final class HashingSource: ByteSource {
  /// How many bytes are handed over at a time: few, and most files need no other thread.
  private static let pieceSize = 1 << 20

  private var source: any ByteSource
  private var pending: [UInt8] = []
  private var digest = SHA256()
  private var hasher: BackgroundHasher?
  /// The number of bytes read so far.
  public private(set) var count = 0

  public init(_ source: any ByteSource) {
    self.source = source
  }

  deinit { _ = hasher?.finish() }

  /// The SHA-256 of the bytes read so far, in lower-case hexadecimal (64 characters).
  public var sha256: String {
    var digest = hasher?.finish() ?? self.digest
    digest.update(pending)
    (self.digest, hasher, pending) = (digest, nil, [])
    return digest.hex()
  }

  public func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let added = try source.read(into: &buffer, at: range)
    pending.append(contentsOf: buffer[range.lowerBound..<(range.lowerBound + added)])
    count += added
    if pending.count >= Self.pieceSize { handOver() }
    return added
  }

  private func handOver() {
    let hasher = self.hasher ?? BackgroundHasher(digest)
    self.hasher = hasher
    if hasher.take(pending) {
      pending = []
      pending.reserveCapacity(Self.pieceSize + (1 << 16))
    } else {
      digest.update(pending)
      self.hasher = nil
      pending.removeAll(keepingCapacity: true)
    }
  }
}

/// A thread that hashes what it is given.
///
/// Kept here:
/// 1. `state` is touched by whoever holds the mutex; `digest` by the thread alone, until it has been joined.
/// 2. No more than `limit` pieces wait: who brings more waits until there is room.
private final class BackgroundHasher: @unchecked Sendable {
  private static let limit = 8

  private struct State {
    var pieces: [[UInt8]] = []
    var isComplete = false
  }

  private var digest: SHA256
  private var state = State()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// nil: the system gave no thread.
  private var thread: pthread_t?

  init(_ digest: SHA256) {
    self.digest = digest
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<BackgroundHasher>.fromOpaque(argument).takeRetainedValue().work() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    if code == 0 { self.thread = thread } else { Unmanaged.passUnretained(self).release() }
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// - Returns: false if there is no thread, and who brings the piece must hash it.
  func take(_ piece: [UInt8]) -> Bool {
    guard thread != nil else { return false }
    locked {
      while state.pieces.count >= Self.limit { pthread_cond_wait(condition, mutex) }
      state.pieces.append(piece)
    }
    return true
  }

  /// Waits for the last piece.
  func finish() -> SHA256 {
    guard let thread else { return digest }
    locked { state.isComplete = true }
    pthread_join(thread, nil)
    self.thread = nil
    return digest
  }

  private func work() {
    while let piece = next() { digest.update(piece) }
  }

  private func next() -> [UInt8]? {
    locked {
      while state.pieces.isEmpty, !state.isComplete { pthread_cond_wait(condition, mutex) }
      return state.pieces.isEmpty ? nil : state.pieces.removeFirst()
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_signal(condition)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }
}
