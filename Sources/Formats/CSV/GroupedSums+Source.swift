import Synchronization

/// Sums of files and pipes, on one thread or two.
extension GroupedSums {
  /// How much of a file, in bytes, a thread takes at a time. A smaller file is read by one thread, because a second one
  /// would cost more than it saves.
  package static let usualStretch = 8 << 20

  /// What all records of a regular file after its header add up to, read by two threads if it is large.
  ///
  /// Stretches of the file begin at line ends, in the hope that these end records. A line end within quotes does not:
  /// then the stretch before it ends in a mistake. After that, as after any other mistake, all is read again in order.
  /// - Parameters:
  ///   - form: how the file is written.
  ///   - stretch: the number of bytes in each. A smaller number is for tests.
  /// - Returns: one part, or two.
  package static func grouping(
    _ file: SharedFile, _ form: TableForm, by plan: Plan, stretch: Int = usualStretch
  ) throws -> [GroupedSums] {
    let stretches = try file.stretches(ofAbout: stretch)
    if stretches.count > 1, let parts = try together(file, form, stretches, by: plan) { return parts }
    var sums = GroupedSums(plan)
    try sums.add(file, form, 0..<file.size)
    sums.close()
    return [sums]
  }

  /// Two threads, each of which takes the next stretch until none is left, so that a slow one holds nobody up.
  /// - Returns: nil after a mistake.
  private static func together(
    _ file: SharedFile, _ form: TableForm, _ stretches: [Range<Int>], by plan: Plan
  ) throws(RowError) -> [GroupedSums]? {
    let queue = Queue(stretches)
    let (first, second) = concurrently {
      var sums = GroupedSums(plan)
      while let stretch = queue.next() {
        do throws(RowError) {
          try sums.add(file, form, stretch)
        } catch {
          queue.stop()
          return nil
        }
        // A mistake needs its line, and narrow lines must be the last of the file.
        if !sums.faults.isEmpty || !sums.narrow.isEmpty {
          queue.stop()
          return nil
        }
        if sums.wasEndedByBlank { queue.stop() }
      }
      sums.close()
      return sums
    }
    guard var first, let second, first.takeNotes(of: second) else { return nil }
    return [first, second]
  }

  /// Adds the records in a range of bytes, without the header.
  private mutating func add(_ file: SharedFile, _ form: TableForm, _ range: Range<Int>) throws(RowError) {
    var options = form.options
    if range.lowerBound > 0 { options.skippedLines = 0 }
    var reader = CSVReader(FileRange(file, range), options: options)
    if range.lowerBound == 0, form.hasHeader { _ = try Self.next(&reader) }
    try add(&reader)
  }

  /// What `work` gives here and on another thread.
  private static func concurrently(_ work: @escaping @Sendable () -> GroupedSums?) -> (GroupedSums?, GroupedSums?) {
    let worker = Worker<Void, Void, GroupedSums?>((), limit: 1) { _, _ in work() }
    worker.start()
    worker.put(())
    let own = work()
    defer { worker.finish() }
    return (own, worker.take())
  }
}

/// Stretches of a file that nobody has taken.
private final class Queue: Sendable {
  private let stretches: [Range<Int>]
  private let taken = Atomic<Int>(0)

  init(_ stretches: [Range<Int>]) { self.stretches = stretches }

  func next() -> Range<Int>? {
    let index = taken.add(1, ordering: .relaxed).oldValue
    return index < stretches.count ? stretches[index] : nil
  }

  /// Leaves nothing to take.
  func stop() { taken.store(stretches.count, ordering: .relaxed) }
}
