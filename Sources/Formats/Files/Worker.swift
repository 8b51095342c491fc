import Glibc

/// A thread that works on one piece after another while its caller goes on.
///
/// Kept here:
/// 1. Only the thread touches `state`, from `start` until it has been joined. While there is no thread, only the caller
///    touches it.
/// 2. Only the holder of the mutex touches `queue`.
/// 3. There is one product for each piece, in the order of the pieces.
/// 4. At most `limit` pieces wait. A caller that brings more waits until there is room.
final class Worker<State: ~Copyable, Piece, Product>: @unchecked Sendable {
  private struct Queue {
    var pieces: [Piece] = []
    var products: [Product] = []
    var isComplete = false
  }

  private var state: State
  private let make: (inout State, consuming Piece) -> Product
  private let limit: Int
  private var queue = Queue()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Nil before `start`, if the system gave no thread, and after the thread has been joined.
  private var thread: pthread_t?

  /// - Parameters:
  ///   - limit: how many pieces may wait.
  ///   - make: makes the product of a piece.
  init(_ state: consuming State, limit: Int, make: @escaping (inout State, consuming Piece) -> Product) {
    self.state = state
    self.limit = limit
    self.make = make
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  /// Starts the thread. From now on it works on the pieces while the caller goes on.
  func start() { thread = thread ?? Self.startThread(work) }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func put(_ piece: consuming Piece) {
    guard thread != nil else { return queue.products.append(make(&state, piece)) }
    pthread_mutex_lock(mutex)
    while queue.pieces.count >= limit { pthread_cond_wait(condition, mutex) }
    queue.pieces.append(piece)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits for the next product.
  /// - Precondition: a piece was put whose product has not been taken.
  func take() -> Product {
    locked {
      while queue.products.isEmpty { pthread_cond_wait(condition, mutex) }
      return queue.products.removeFirst()
    }
  }

  /// Waits until all pieces are done and ends the thread. After that, `put` works on each piece itself.
  func finish() {
    guard let thread else { return }
    locked { queue.isComplete = true }
    pthread_join(thread, nil)
    self.thread = nil
  }

  /// Ends the thread and returns what `body` makes of the state.
  func finished<Result>(_ body: (borrowing State) -> Result) -> Result {
    finish()
    return body(state)
  }

  private func work() {
    while let piece = nextPiece() {
      let product = make(&state, piece)
      locked { queue.products.append(product) }
    }
  }

  private func nextPiece() -> Piece? {
    locked {
      while queue.pieces.isEmpty, !queue.isComplete { pthread_cond_wait(condition, mutex) }
      return queue.pieces.isEmpty ? nil : queue.pieces.removeFirst()
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }

  /// - Returns: the thread, which keeps `work` until it ends. Nil if the system gives none.
  private static func startThread(_ work: @escaping () -> Void) -> pthread_t? {
    var thread = pthread_t()
    let task = Unmanaged.passRetained(ThreadTask(work))
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<ThreadTask>.fromOpaque(argument).takeRetainedValue().work() }
        return nil
      }, task.toOpaque())
    if code == 0 { return thread }
    task.release()
    return nil
  }
}

/// What a thread runs. It is a class of its own because a C function cannot name a generic type.
private final class ThreadTask {
  let work: () -> Void

  init(_ work: @escaping () -> Void) { self.work = work }
}
