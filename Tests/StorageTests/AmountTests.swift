import RegistryTestSupport
import Testing

@testable import RegistryStorage

/// Amounts are exact decimals.
@Suite struct AmountTests {
  @Test(arguments: [
    (0.1, "0.1"), (0.30000000000000004, "0.30000000000000004"), (1e-5, "0.00001"), (1.5e-7, "0.00000015"),
    (-2.25, "-2.25"), (0, "0"), (278, "278"), (56_000_000, "56000000"), (999_999_999_999_999, "999999999999999"),
    (0.18204175443292, "0.18204175443292"), (1e-18, "0.000000000000000001"), (123456.789, "123456.789"),
  ]) func `A number is read through its shortest text`(real: Double, text: String) throws {
    let amount = try #require(Amount(real))
    #expect(amount.text == text)
    #expect(Amount(text) == amount)
    #expect(amount.double == real)
  }

  @Test func `Decimals beyond the eighteenth are cut off`() {
    #expect(Amount(1.29e-18)?.text == "0.000000000000000001")
    #expect(Amount(4e-19) == .zero)
    #expect(Amount(Double.leastNonzeroMagnitude) == .zero)
  }

  @Test(arguments: [1e15, -1e15, 1e300, .infinity, .nan]) func `A number that is too large is refused`(real: Double) {
    #expect(Amount(real) == nil)
    #expect(Amount.flaw(real) == "an amount must be less than 1000000000000000")
  }

  @Test(arguments: ["", "-", ".", "1.2.3", "1,5", "12x", "0x10", "1e", "1e99999", "nan", "0.0000000000000000001"])
  func `A text that is no amount is refused`(text: String) { #expect(Amount(text) == nil) }

  @Test(arguments: [
    ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("007.500", "7.5"), ("1e3", "1000"), ("2.5E-1", "0.25"), ("-0", "0"),
    ("12345678901234567890.5", "12345678901234567890.5"),
  ]) func `A text is read digit by digit`(text: String, plain: String) { #expect(Amount(text)?.text == plain) }

  @Test func `Sums and differences are exact`() throws {
    let tenths = [Amount](repeating: try #require(Amount(0.1)), count: 10)
    #expect(tenths.reduce(.zero, +) == 1)
    #expect(try #require(Amount("0.3")) - tenths[0] - tenths[1] == tenths[2])
    #expect(Amount(2) - 5 == -3)
    #expect(Amount(2) < 3)
  }

  @Test func `A sum that nobody can reach stays at the largest amount`() throws {
    let large = try #require(Amount("99999999999999999999"))
    let sum = [large, large, large].reduce(.zero, +)
    #expect(sum > large)
    #expect(sum + large == sum)
    #expect(Amount.zero - sum - sum - sum < -5)
  }

  @Test func `The parts of an amount add up to it`() {
    #expect(Amount(300).divided(by: [1, 1, 1]) == [100, 100, 100])
    #expect(
      Amount(1).divided(by: [1, 1, 1]).map(\.text) == [
        "0.333333333333333333", "0.333333333333333333", "0.333333333333333334",
      ])
    #expect(Amount(5).divided(by: [0, 3, 0]) == [0, 5, 0])
    #expect(Amount(5).divided(by: [0, 0]) == [0, 5])
    #expect(Amount(5).divided(by: []) == [])
  }

  @Test(arguments: 1...40) func `Large amounts are divided without loss`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func amount() -> Amount {
      Amount(Double.random(in: 0..<1e15, using: &generator) * (seed.isMultiple(of: 2) ? 1 : 1e-12)) ?? .zero
    }
    let (whole, weights) = (amount(), (1...5).map { _ in amount() })
    let parts = whole.divided(by: weights)
    #expect(parts.reduce(.zero, +) == whole)
    let total = weights.reduce(.zero, +).double
    for (part, weight) in zip(parts, weights) {
      #expect(part >= .zero)
      #expect(abs(part.double - whole.double * (weight.double / total)) <= whole.double * 1e-12)
    }
  }

  @Test func `The database holds a number if it can, or else the text`() throws {
    #expect(Amount(12).value == .real(12))
    #expect(Amount("0.1")?.value == .real(0.1))
    #expect(Amount("163.837578989627836162")?.value == .text("163.837578989627836162"))
    #expect(Amount("0.123456789012345678")?.value == .text("0.123456789012345678"))
  }

  @Test func `An amount that is too large is refused in words, wherever it stands`() throws {
    let registry = try register(vocabulary, replayFounding)
    // What is published of a body is no territory.
    try registry.say("record,organisation,kind,amount,from\nmeasure,a,patients,1e15,2001-01-01")
    for line in [
      "record,partition,unit,parcel,amount:people\nunit,area,u2,P2,1000000000000000",
      "record,organisation,from,other,to,basis,amount\nobserved,a,2001-01-01,b,2002-01-01,share,1e15",
    ] {
      let found = try registry.problems(of: line).map(\.message)
      #expect(found == ["an amount must be less than 1000000000000000"], "\(line)")
    }
  }

  @Test func `A stored amount that cannot be read is told, never trapped on`() throws {
    let registry = try register(vocabulary, replayFounding)
    try registry.database.execute("DROP TRIGGER unit_amount_is_never_rewritten; UPDATE unit_amount SET amount = 1e300")
    let found = try registry.check().map(\.description)
    #expect(found == ["'1.0e+300' is stored as an amount: an amount must be a number less than 1000000000000000"])
  }
}
