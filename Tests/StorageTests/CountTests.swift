import RegistryStorage
import RegistryTestSupport
import Testing

/// How many bodies there were, and whether there may have been more.
@Suite struct CountTests {
  /// Counts as "first day, count", with + where there may have been more.
  private func counts(_ lines: String) throws -> [String] {
    try register(vocabulary, lines).counts().map { "\($0.firstDay) \($0.count)\($0.isAtLeast ? "+" : "")" }
  }

  private static let header = "record,key,organisation,timeline,kind,from,to,status,to_status,event,type"

  /// The days of a are known. Of b only some days are, on which a source shows it.
  @Test func `Before and after the days on which a body is seen, the count is a least one`() throws {
    let counts = try counts(
      """
      \(Self.header)
      organisation,a
      organisation,b
      life,,a,legal,,2001-01-01,2010-12-31,,,,
      life,,b,legal,,2003-01-01,2004-12-31,unknown,unknown,,
      role,,a,,group,2001-01-01,2010-12-31,,,,
      role,,b,,group,2003-01-01,2004-12-31,,,,
      """)
    #expect(counts == ["0001-01-01 0+", "2001-01-01 1+", "2003-01-01 2", "2005-01-01 1+", "2011-01-01 0+"])
  }

  /// The day of an event may be unknown, but it is one day for all its bodies.
  @Test func `A boundary that an event dates leaves nothing open`() throws {
    let counts = try counts(
      """
      \(Self.header)
      organisation,a
      organisation,b
      event,e,,,,2003-01-01,,unknown,,,succession
      life,,a,legal,,2001-01-01,,,,,
      role,,a,,group,2001-01-01,,,,,
      close,,a,,,,,unknown,,e,
      open,,b,,group,,,unknown,,e,
      """)
    #expect(counts == ["2001-01-01 1"])
  }

  @Test func `Derived days are taken as they are`() throws {
    let counts = try counts(
      """
      \(Self.header)
      organisation,a
      life,,a,legal,,2001-01-01,2010-12-31,derived,derived,,
      role,,a,,group,2001-01-01,2010-12-31,,,,
      """)
    #expect(counts == ["2001-01-01 1", "2011-01-01 0"])
  }
}
