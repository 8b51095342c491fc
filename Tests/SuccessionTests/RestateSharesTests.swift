import Succession
import RegistryTestSupport
import Testing

@Suite struct RestateSharesTests {
  private func shares(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    let weights = (0..<count).map { _ in Double.random(in: 0...1, using: &generator) + 1e-9 }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  @Test(arguments: [Apportionment.Rounding.nearest, .largestRemainder])
  func `Parts add up to the number`(rounding: Apportionment.Rounding) {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<20_000 {
      let shares = shares(Int.random(in: 1...9, using: &generator), &generator)
      let number = Int128.random(in: -(1 << (round % 126))...(1 << (round % 126)), using: &generator)
      let parts = Apportionment(shares).parts(of: number, rounding: rounding)
      #expect(parts.reduce(0, +) == number)
      #expect(Apportionment(shares).parts(of: -number, rounding: rounding) == parts.map { -$0 })
      guard number.magnitude < 1 << 50 else { continue }
      for (part, share) in zip(parts, shares) {
        #expect(abs(Double(part) - Double(number) * share) < Double(shares.count), "\(number) \(shares)")
      }
    }
  }

  @Test func `Known numbers fall into known parts`() {
    func parts(_ number: Int128, _ shares: [Double], _ rounding: Apportionment.Rounding) -> [Int128] {
      Apportionment(shares).parts(of: number, rounding: rounding)
    }
    #expect(parts(10, [1], .nearest) == [10])
    #expect(parts(10, [0.5, 0.5], .nearest) == [5, 5])
    // Both halves are rounded up, and the larger part gives one back.
    #expect(parts(10, [0.25, 0.75], .nearest) == [3, 7])
    #expect(parts(1, [0.5, 0.5], .largestRemainder) == [1, 0])
    #expect(parts(100, [1.0 / 3, 1.0 / 3, 1.0 / 3], .largestRemainder) == [34, 33, 33])
    #expect(parts(1_000, [0.182, 0.2294, 0.5886], .largestRemainder) == [182, 229, 589])
    #expect(parts(0, [0.3, 0.7], .nearest) == [0, 0])
    #expect(parts(7, [0, 1], .largestRemainder) == [0, 7])
    #expect(parts(5, [1e-300, 1], .nearest) == [0, 5])
  }

  @Test func `Largest remainder is never off by one or more`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<5_000 {
      let shares = shares(Int.random(in: 2...9, using: &generator), &generator)
      let number = Int128.random(in: 0...100_000, using: &generator)
      for (part, share) in zip(Apportionment(shares).parts(of: number, rounding: .largestRemainder), shares) {
        #expect(abs(Double(part) - Double(number) * share) < 1)
      }
    }
  }
}
