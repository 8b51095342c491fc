import Glibc

/// A thread that works on one piece after the other, while whoever brings them goes on.
///
/// Kept here:
/// 1. `state` is touched by the thread alone from `start` until it has been joined; while there is none, and where the system
///    gives none, by who brings the pieces.
/// 2. `queue` is touched by whoever holds the mutex.
/// 3. Products come in the order of the pieces, one for each.
/// 4. No more than `limit` pieces wait: who brings more waits until there is room.
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
  /// nil: not started, or the system gave none, or it has been joined.
  private var thread: pthread_t?

  /// - Parameters:
  ///   - limit: how many pieces may wait.
  ///   - make: what is done with a piece.
  init(_ state: consuming State, limit: Int, make: @escaping (inout State, consuming Piece) -> Product) {
    self.state = state
    self.limit = limit
    self.make = make
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  /// From now on pieces are worked on beside whoever brings them.
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

  /// The next product, of a piece that was put.
  func take() -> Product {
    locked {
      while queue.products.isEmpty { pthread_cond_wait(condition, mutex) }
      return queue.products.removeFirst()
    }
  }

  /// Waits until all pieces are worked on, and ends the thread. From then on pieces are worked on as they are put.
  func finish() {
    guard let thread else { return }
    locked { queue.isComplete = true }
    pthread_join(thread, nil)
    self.thread = nil
  }

  /// What `body` makes of the state, once the thread has ended.
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

  /// - Returns: the thread, which keeps `work` until it ends; nil if the system gives none.
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
