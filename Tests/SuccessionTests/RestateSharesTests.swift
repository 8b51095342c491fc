import RegistryTestSupport
import Testing

@testable import Succession

@Suite struct RestateSharesTests {
  private func weights(_ count: Int, bits: Int, _ generator: inout SeededGenerator) -> [UInt128] {
    (0..<count).map { _ in UInt128.random(in: 1..<(1 << UInt128(bits)), using: &generator) }
  }

  @Test(arguments: [Apportionment.Rounding.nearest, .largestRemainder])
  func `Parts add up to the number`(rounding: Apportionment.Rounding) {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<20_000 {
      let weights = weights(Int.random(in: 1...9, using: &generator), bits: 1 + round % 122, &generator)
      let number = Int128.random(in: -(1 << (round % 126))...(1 << (round % 126)), using: &generator)
      let parts = Apportionment(weights).parts(of: number, rounding: rounding)
      #expect(parts.reduce(0, +) == number)
      #expect(Apportionment(weights).parts(of: -number, rounding: rounding) == parts.map { -$0 })
      guard number.magnitude < 1 << 50 else { continue }
      let total = weights.reduce(0) { $0 + Double($1) }
      for (part, weight) in zip(parts, weights) {
        #expect(abs(Double(part) - Double(number) * (Double(weight) / total)) < Double(weights.count))
      }
    }
  }

  @Test func `Known numbers fall into known parts`() {
    func parts(_ number: Int128, _ weights: [UInt128], _ rounding: Apportionment.Rounding) -> [Int128] {
      Apportionment(weights).parts(of: number, rounding: rounding)
    }
    #expect(parts(10, [1], .nearest) == [10])
    #expect(parts(10, [1, 1], .nearest) == [5, 5])
    // Both halves are rounded up, and the larger part gives one back.
    #expect(parts(10, [1, 3], .nearest) == [3, 7])
    #expect(parts(1, [1, 1], .largestRemainder) == [1, 0])
    #expect(parts(100, [1, 1, 1], .largestRemainder) == [34, 33, 33])
    #expect(parts(1_000, [1_820, 2_294, 5_886], .largestRemainder) == [182, 229, 589])
    #expect(parts(0, [3, 7], .nearest) == [0, 0])
    #expect(parts(7, [0, 1], .largestRemainder) == [0, 7])
    #expect(parts(5, [1, 1 << 120], .nearest) == [0, 5])
    #expect(parts(278_000_000, [92, 186], .nearest) == [92_000_000, 186_000_000])
    // The product has more than 128 bits.
    let large = Int128(1) << 126
    #expect(parts(large, [1 << 125, 3 << 124], .nearest) == [large / 5 * 2 + 2, large / 5 * 3 + 2])
  }

  @Test func `Shares of different denominators are one ratio`() {
    let shares = [Answer.Ratio(1, 4), Answer.Ratio(1, 6), Answer.Ratio(7, 12)]
    #expect(Apportionment(shares).weights == [3, 2, 7])
    #expect(Apportionment(shares).total == 12)
    #expect(Apportionment([Answer.Ratio.whole]).parts(of: 7) == [7])
  }

  @Test func `Largest remainder is never off by one or more`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<5_000 {
      let weights = weights(Int.random(in: 2...9, using: &generator), bits: 40, &generator)
      let total = weights.reduce(0) { $0 + Double($1) }
      let number = Int128.random(in: 0...100_000, using: &generator)
      for (part, weight) in zip(Apportionment(weights).parts(of: number, rounding: .largestRemainder), weights) {
        #expect(abs(Double(part) - Double(number) * Double(weight) / total) < 1)
      }
    }
  }

  // MARK: Means

  @Test func `A mean of equal rates is that rate, whatever the shares`() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<2_000 {
      let rate = Int128.random(in: -100_000...100_000, using: &generator)
      var mean = RestateMean()
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let weight = Int128.random(in: 1...1_000_000_000, using: &generator)
        let total = UInt128.random(in: 1...(1 << 100), using: &generator)
        mean.add(weight * rate, weight, share: (UInt128.random(in: 1...total, using: &generator), total))
      }
      #expect(mean.text(shift: 0, decimals: 0, extra: 9) == "\(rate)")
    }
  }

  @Test func `A mean lies between the rates, and is rounded once`() {
    var mean = RestateMean()
    mean.add(850, 10, share: (177_623, 506_073))
    #expect(mean.text(shift: -1, decimals: 1, extra: 0) == "8.5")
    mean.add(2_000, 20, share: (1, 1))
    #expect(mean.text(shift: -1, decimals: 1, extra: 0) == "9.8")
    var thirds = RestateMean()
    thirds.add(-2, 3, share: (1, 1))
    #expect(thirds.text(shift: 0, decimals: 0, extra: 0) == "-1")
    #expect(thirds.text(shift: 0, decimals: 0, extra: 4) == "-0.6667")
    #expect(RestateMean().text(shift: 0, decimals: 0, extra: 9) == "")
  }
}
