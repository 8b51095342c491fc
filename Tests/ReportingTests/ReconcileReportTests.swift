import RegistryStorage
import RegistryTestSupport
import Testing

@testable import RegistryReporting

/// Two groups with patients of mid-2001, and claims about them.
@Suite struct ReconcileReportTests {
  private func comparison(_ line: String) throws -> ReconcileReport.Comparison {
    let registry = try register(
      vocabulary,
      """
      record,key,organisation,kind,amount,from,to,timeline
      organisation,a
      organisation,b
      life,,a,,,2001-01-01,2010-12-31,legal
      life,,b,,,2001-01-01,2010-12-31,legal
      role,,a,group,,2001-01-01,2010-12-31
      role,,b,group,,2001-01-01,2010-12-31
      measure,,a,patients,67800,2001-06-30,2001-06-30
      measure,,b,patients,90000,2001-06-30,2001-06-30
      """, "record,key,kind,type,value,amount,statistic,from,to\n\(line)")
    let comparisons = try ReconcileReport(of: RegisterView(registry, knownIn: latest)).comparisons
    return try #require(comparisons.first)
  }

  @Test(
    arguments: [
      ("claim,c,group,patients,few,68000,smallest,2001-01-01,2001-12-31", "67800 (a)", nil, "yes"),
      ("claim,c,group,patients,many,91000,largest,2001-01-01,2001-12-31", "90000 (b)", nil, "no"),
      ("claim,c,group,patients,some,,average,2001-01-01,2001-12-31", "78900", nil, "not comparable"),
      // A day without figures has the nearest ones, but not those of another year.
      ("claim,c,group,patients,all,157800,total,2001-04-01", "157800", "2001-06-30", "yes"),
      ("claim,c,group,patients,all,157800,total,2005-04-01", nil, nil, "not comparable"),
      ("claim,c,group,patients,all,157800,total,2002-01-01,2002-12-31", nil, nil, "not comparable"),
      ("claim,c,group,dates,in 2001,,first-day,2001-01-01,2001-12-31", "2001-01-01", nil, "yes"),
      ("claim,c,group,dates,by 2010,,last-day,2009-04-01,2009-04-30", "2010-12-31", nil, "no"),
      ("claim,c,group,,two,2,,2001-01-01", "2", nil, "yes"), ("claim,c,group,,two,2,,1999-01-01", "0", nil, "no"),
      ("claim,c,group,,two in the north,,,2001-01-01", nil, nil, "not comparable"),
    ] as [(String, String?, String?, String)])
  func `A claim stands beside the register's own figure`(
    line: String, words: String?, day: String?, verdict: String
  ) throws {
    let found = try comparison(line)
    #expect(found.figure.words == words && found.figure.day?.description == day, "\(found.figure)")
    #expect(found.verdict.rawValue == verdict)
  }
}
