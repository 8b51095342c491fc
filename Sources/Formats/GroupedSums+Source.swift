import Glibc

/// Files and pipes, and two threads.
extension GroupedSums {
  /// A file below this size, in bytes, is read by one thread: a second one would cost more than it saves.
  public static let smallestForTwo = 4 << 20

  /// What all records of a regular file after its first add up to, read by two threads if it is large.
  ///
  /// The second thread begins at a line end near the middle. Whether it ends a record is known once the first thread
  /// has come there: within a field in quotes, a mistake. Then, as after any other in the first half, all is read in
  /// its order.
  /// - Parameter bytesForTwo: the size from which there are two; a smaller one is for tests.
  public static func grouping(
    _ file: SharedFile, by plan: Plan, bytesForTwo: Int = smallestForTwo
  ) throws -> GroupedSums {
    guard file.size >= bytesForTwo, let middle = try file.lineStart(from: file.size / 2) else {
      return try part(of: file, 0..<file.size, by: plan).get().sums
    }
    let halves = concurrently([0..<middle, middle..<file.size]) { part(of: file, $0, by: plan) }
    guard case .success(let first) = halves[0] else {
      return try part(of: file, 0..<file.size, by: plan).get().sums
    }
    var whole = first.sums
    do {
      try whole.merge(halves[1].get().sums)
    } catch {
      var error = error
      if error.line > 0 { error.line += first.lineCount }
      throw error
    }
    return whole
  }

  /// What the records in a range of bytes add up to, without the header, and the number of lines there.
  private static func part(of file: SharedFile, _ range: Range<Int>, by plan: Plan) -> Part {
    var sums = GroupedSums(plan)
    var reader = CSVReader(FileRange(file, range))
    do throws(RowError) {
      if range.lowerBound == 0 { _ = try next(&reader) }
      try sums.add(&reader)
      return .success((sums, reader.line - 1))
    } catch {
      return .failure(error)
    }
  }

  /// What `work` gives for each range, each on a thread of its own, the last one on this.
  private static func concurrently(
    _ ranges: [Range<Int>], _ work: @escaping @Sendable (Range<Int>) -> Part
  ) -> [Part] {
    let jobs = ranges.map { range in Job { work(range) } }
    for job in jobs.dropLast() { job.start() }
    jobs.last?.run()
    return jobs.map { $0.result() }
  }
}

/// What was found in a range of a file: sums and the number of lines, or the first mistake.
private typealias Part = Result<(sums: GroupedSums, lineCount: Int), RowError>

/// A piece of work on a thread.
///
/// 1. `outcome` is written by the thread that runs the job, and read only after that thread was joined, or by itself.
private final class Job: @unchecked Sendable {
  private let work: @Sendable () -> Part
  private var outcome: Part?
  private var thread: pthread_t?

  init(_ work: @escaping @Sendable () -> Part) { self.work = work }

  func run() { outcome = work() }

  func start() {
    var thread = pthread_t()
    let job = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, job.toOpaque())
    if code == 0 { self.thread = thread } else { job.release() }
  }

  /// Waits for the thread; does the work here if there is none.
  func result() -> Part {
    if let thread { pthread_join(thread, nil) }
    thread = nil
    if let outcome { return outcome }
    let outcome = work()
    self.outcome = outcome
    return outcome
  }
}
