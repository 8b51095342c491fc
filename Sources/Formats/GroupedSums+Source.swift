import Glibc

/// Files and pipes, and two threads.
extension GroupedSums {
  /// A file below this size, in bytes, is read by one thread: a second one would cost more than it saves.
  public static let smallestForTwo = 4 << 20

  /// What all records of a regular file after its first add up to, read by two threads if it is large.
  /// - Parameter bytesForTwo: the size from which there are two; a smaller one is for tests.
  public static func grouping(
    _ file: SharedFile, by plan: Plan, bytesForTwo: Int = smallestForTwo
  ) throws -> GroupedSums {
    let ranges = try file.recordRanges(count: file.size >= bytesForTwo ? 2 : 1)
    let parts = concurrently(ranges.indices.map { $0 }) { index in
      var part = GroupedSums(plan)
      var reader = CSVReader(FileRange(file, ranges[index].range))
      do throws(RowError) {
        if index == 0 { _ = try Self.next(&reader) }
        try part.add(&reader)
        return .success(part)
      } catch {
        var error = error
        error.line += ranges[index].linesBefore
        return .failure(error)
      }
    }
    // The mistake that comes first in the file is the one that is told.
    var whole = try parts[0].get()
    for part in parts.dropFirst() { try whole.merge(try part.get()) }
    return whole
  }

  /// What `work` gives for each element, each on a thread of its own, the last one on this.
  private static func concurrently(
    _ elements: [Int], _ work: @escaping @Sendable (Int) -> Result<GroupedSums, RowError>
  ) -> [Result<GroupedSums, RowError>] {
    let jobs = elements.map { element in Job { work(element) } }
    for job in jobs.dropLast() { job.start() }
    jobs.last?.run()
    return jobs.map { $0.result() }
  }
}

/// A piece of work on a thread.
///
/// 1. `outcome` is written by the thread that runs the job, and read only after that thread was joined, or by itself.
private final class Job: @unchecked Sendable {
  private let work: @Sendable () -> Result<GroupedSums, RowError>
  private var outcome: Result<GroupedSums, RowError>?
  private var thread: pthread_t?

  init(_ work: @escaping @Sendable () -> Result<GroupedSums, RowError>) { self.work = work }

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
  func result() -> Result<GroupedSums, RowError> {
    if let thread { pthread_join(thread, nil) }
    thread = nil
    if let outcome { return outcome }
    let outcome = work()
    self.outcome = outcome
    return outcome
  }
}
