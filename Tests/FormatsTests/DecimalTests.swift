import RegistryFormats
import Testing

@Suite struct DecimalTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("7", "7"), ("-12.50", "-12.50"), ("+3", "3"), (".5", "0.5"), ("5.", "5"), ("007", "7"),
    ("0.05", "0.05"), ("-0.05", "-0.05"), ("123456789012345678", "123456789012345678"),
    ("1234567890123456789", "1234567890123456789"), ("123456789012345678.9", "123456789012345678.9"),
    ("0.12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678"),
    ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ("-99999999999999999999.999999999999999999", "-99999999999999999999.999999999999999999"),
    ("000000000000000000000000000000000000000000001", "1"),
  ]) func `A number is read as it is written`(text: String, shown: String) throws {
    #expect(try ExactDecimal(text).description == shown)
  }

  @Test(arguments: [
    "", "-", ".", "+.", "1.2.3", "1e3", "NaN", "NA", "inf", " 1", "1 ", "1,000", "--1", "0x10", "١", "1-",
    "123456789012345678901234567890123456789x", "1234567890123456789.1.1",
  ]) func `Anything else is no number`(text: String) {
    #expect(throws: ExactDecimal.Refusal.notANumber) { try ExactDecimal(text) }
  }

  @Test(arguments: [
    "100000000000000000000000000000000000000", "0.000000000000000000000000000000000000001",
    "123456789012345678901234567890.123456789",
  ]) func `More than 38 digits are refused`(text: String) {
    #expect(throws: ExactDecimal.Refusal.tooLong) { try ExactDecimal(text) }
  }

  @Test func `Another scale is the same number or none`() throws {
    let number = try ExactDecimal("12.50")
    #expect(number.scaled(to: 4)?.description == "12.5000")
    #expect(number.scaled(to: 1)?.description == "12.5")
    #expect(number.scaled(to: 0) == nil)
    #expect(number.scaled(to: 39) == nil)
    #expect(try ExactDecimal("99999999999999999999999999999999999999").scaled(to: 1) == nil)
    #expect(number.text(decimals: 0) == "12.5")
    #expect(number.text(decimals: 2) == "12.50")
  }

  @Test func `Sums are exact or refused`() throws {
    #expect(try ExactDecimal("0.1").adding(ExactDecimal("0.20"))?.description == "0.30")
    let most = try ExactDecimal("99999999999999999999999999999999999999")
    #expect(most.adding(try ExactDecimal("1")) == nil)
    #expect(most.adding(try ExactDecimal("0.1")) == nil)
    #expect(most.adding(try ExactDecimal("-1"))?.description == "99999999999999999999999999999999999998")
  }
}
