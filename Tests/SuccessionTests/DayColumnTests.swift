import RegistryFormats
import RegistryStorage
import Succession
import Testing

/// The form of a column of days is a claim about the whole column.
@Suite struct DayColumnTests {
  private func column(_ texts: [String]) throws -> DayColumn {
    try DayColumn("d", texts.enumerated().map { ($0.element, $0.offset + 2, 1) }, form: nil)
  }

  @Test func `Three distinct years that follow each other are financial years`() throws {
    #expect(try column(["2006-07", "2007-08", "2008-09"]).forms == [.financialYear])
    #expect(try column(["200607", "200708", "200809"]).forms == [.financialYear])
    #expect(throws: RowError.self) { try column(["2006-07", "2007-08", "2006-07"]) }
  }

  @Test func `One value that is no financial year makes months, and one that is no month makes years`() throws {
    #expect(try column(["2006-07", "2006-08"]).forms == [.month])
    #expect(try column(["2006-07", "2012-13"]).forms == [.financialYear])
    #expect(try column(["01/02/2016", "13/02/2016"]).forms == [.dayFirst])
    #expect(try column(["01/02/2016", "02/13/2016"]).forms == [.monthFirst])
  }

  @Test func `Forms that mean the same day may be left open, until a value differs`() throws {
    let same = try column(["04/04/2016", "05/05/2016"])
    #expect(same.forms.count == 2)
    guard case .success(let day) = same.day("06/06/2016") else { return #expect(Bool(false)) }
    #expect("\(day)" == "2016-06-06")
    guard case .failure(let mistake) = same.day("01/02/2016") else { return #expect(Bool(false)) }
    #expect(mistake.message.contains("two ways"))
  }

  /// Every day of a century, in every form, is that day or the first of its period, and no other form reads it otherwise
  /// without being asked.
  @Test func `A form reads what is written in it`() throws {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var day = try #require(Day("1970-01-01"))
    while day.year < 2069 {
      let first = try #require(Day(year: day.year, month: day.month, day: 1))
      let texts: [(String, DayForm, Day)] = [
        ("\(day)", .iso, day), ("\(day)T12:30:00Z", .iso, day),
        ("\(day.year)\(two(day.month))\(two(day.day))", .compact, day),
        ("\(day.year)-\(two(day.month))", .month, first), ("\(day.year)\(two(day.month))", .month, first),
        ("\(two(day.day))\(names[day.month - 1].uppercased())\(day.year)", .dayMonthName, day),
        ("\(day.day)-\(names[day.month - 1])-\(two(day.year % 100))", .dayMonthName, day),
        ("\(names[day.month - 1])-\(two(day.year % 100))", .monthName, first),
        ("\(two(day.day))/\(two(day.month))/\(day.year)", .dayFirst, day),
        ("\(two(day.day))/\(two(day.month))/\(day.year)", .pattern("%d/%m/%Y"), day),
      ]
      for (text, form, expected) in texts { #expect(form.read(text) == .day(expected), "\(text)") }
      day = day.advanced(by: 17)
    }
  }
}
