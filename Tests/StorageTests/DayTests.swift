import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct DayTests {
  private static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

  private static func lengths(_ year: Int) -> [Int] {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  }

  private static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  @Test func `Every day from 1999 to 2030 follows the one before`() throws {
    var expected = try #require(Day("1998-12-31"))
    for year in 1999...2030 {
      for (index, length) in Self.lengths(year).enumerated() {
        for number in 1...length {
          let text = Self.text(year, index + 1, number)
          let day = try #require(Day(text))
          #expect(day == expected.next)
          #expect(day.previous == expected)
          #expect(day.description == text)
          expected = day
        }
      }
    }
    #expect(expected.description == "2030-12-31")
  }

  @Test func `Every year begins as many days later as the years before are long`() throws {
    var passed = 0
    for year in 1...9999 {
      let first = try #require(Day(year: year, month: 1, day: 1))
      #expect(first == Day.distantPast.advanced(by: passed))
      #expect(first.description == Self.text(year, 1, 1))
      passed += Self.isLeap(year) ? 366 : 365
    }
    #expect(Day.distantPast.advanced(by: passed - 1) == .distantFuture)
  }

  @Test func `A day reads back from its text`() throws {
    var day = Day.distantPast
    while day < .distantFuture {
      #expect(Day(day.description) == day)
      #expect(Day(year: day.year, month: day.month, day: day.day) == day)
      #expect(Day(compact: day.description.replacing("-", with: "")) == day)
      day = day.advanced(by: 149)
    }
  }

  @Test func `Leap years follow the Gregorian rule`() {
    for year in [2000, 2024, 1600, 4, 9996] { #expect(Day(year: year, month: 2, day: 29) != nil, "\(year)") }
    for year in [1900, 2023, 2100, 1, 9999] { #expect(Day(year: year, month: 2, day: 29) == nil, "\(year)") }
  }

  @Test func `The epoch is the first of January 1970`() {
    #expect(Day.epoch.description == "1970-01-01")
    #expect(Day("2026-04-01")?.advanced(by: -20_544) == .epoch)
  }

  @Test(arguments: [
    "", "2020", "2020-4-1", "2020-04-1", "2020-04-01 ", " 2020-04-01", "2020-04-01T", "2020/04/01", "20200401",
    "2020-04-31", "2020-02-30", "2021-02-29", "2020-00-01", "2020-13-01", "2020-01-00", "2020-01-32", "0000-01-01",
    "-001-01-01", "+020-01-01", "2020-04-0x", "01/04/2020", "2020-0４-01", "20200-4-01", "2020-04-01\n",
  ]) func `Other forms are refused`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: ["", "2020041", "202004011", "20200431", "2020-4-1", "2020040a", "+2020401", "00000101"])
  func `Other compact forms are refused`(text: String) {
    #expect(Day(compact: text) == nil)
  }

  @Test func `The calendar has two ends`() {
    #expect(Day.distantPast.description == "0001-01-01")
    #expect(Day.distantFuture.description == "9999-12-31")
    #expect(Day.distantPast.previous == .distantPast)
    #expect(Day.distantFuture.next == .distantFuture)
  }

  @Test func `Days are ordered as their texts`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 1...2_000 {
      let left = Day.distantPast.advanced(by: .random(in: 0...3_652_058, using: &generator))
      let right = Day.distantPast.advanced(by: .random(in: 0...3_652_058, using: &generator))
      #expect((left < right) == (left.description < right.description))
    }
  }
}
