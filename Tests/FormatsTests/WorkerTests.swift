import Testing

@testable import RegistryFormats

@Suite struct WorkerTests {
  /// A worker that adds up numbers and makes texts of them.
  private func worker(limit: Int) -> Worker<Int, Int, String> {
    Worker(0, limit: limit) { sum, number in
      sum += number
      return "\(number)"
    }
  }

  @Test(arguments: [1, 2, 8], [true, false]) func `Products come in the order of the pieces`(
    limit: Int, isStarted: Bool
  ) {
    let worker = worker(limit: limit)
    if isStarted { worker.start() }
    for number in 0..<1_000 { worker.put(number) }
    #expect((0..<1_000).allSatisfy { worker.take() == "\($0)" })
    #expect(worker.finished { $0 } == 499_500)
  }

  @Test func `A finished worker goes on without a thread`() {
    let worker = worker(limit: 2)
    worker.start()
    worker.put(1)
    worker.finish()
    worker.finish()
    worker.put(2)
    #expect(worker.take() == "1" && worker.take() == "2")
    #expect(worker.finished { $0 } == 3)
  }
}
