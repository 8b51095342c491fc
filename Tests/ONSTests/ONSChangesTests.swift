import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// The Code History Database: which areas followed which (Changes), and their codes elsewhere (Equivalents).
@Suite struct ONSChangesTests {
  private let changes = "GEOGCD,GEOGNM,GEOGNMW,GEOGCD_P,GEOGNM_P,GEOGNMW_P,SI_ID,SI_TITLE,OPER_DATE,ENTITYCD,YEAR\n"
  private let equivalents = "GEOGCD,GEOGNM,GEOGNMW,GEOGCDO,GEOGNMO,GEOGCDH,GEOGNMH,OPER_DATE,TERM_DATE,ENTITYCD\n"

  private func take(_ registry: Registry, _ header: String, _ rows: String...) throws -> ImportedFile {
    try registry.take(header + rows.map { "\($0)\n" }.joined(), as: .onsCodeHistory).file
  }

  /// A register with two strategic health authorities, known by their codes.
  private func twoBodies() throws -> Registry {
    let registry = try Registry.inMemory()
    _ = try take(
      registry, "GEOGCD,GEOGNM,OPER_DATE,TERM_DATE,PARENTCD\n", "E18000001,North,01/01/2009,,",
      "E18000002,South,01/01/2009,,")
    return registry
  }

  // MARK: Changes

  @Test func `New codes and mergers that the register has are the same`() throws {
    let file = try take(
      try England.copy(), changes, "E38000213,NHS Coastal West Sussex CCG,,E38000036,,,,,03/07/2015,E38,2015",
      "E38000229,NHS Derby and Derbyshire CCG,,E38000058,,,,,01/04/2019,E38,2019")
    #expect(file.verdicts == [0, 2, 0, 0])
  }

  @Test func `A code that alone follows another is the new code of its body`() throws {
    let registry = try twoBodies()
    let file = try take(registry, changes, "E18000011,The North,,E18000001,North,,,,01/04/2010,E18,2010")
    #expect(file.verdicts == [1, 0, 0, 0])
    #expect(
      try registry.rows("SELECT code, valid_from, last_day FROM current_code WHERE organisation = 'sha-E18000001'")
        == ["E18000001|2009-01-01|2010-03-31", "E18000011|2010-04-01|-"])
    let again = try take(registry, changes, "E18000011,The North,,E18000001,North,,,,01/04/2010,E18,2010")
    #expect(again.changes.isEmpty && again.verdicts == [0, 1, 0, 0])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A code that follows several is no new code of any`() throws {
    let file = try take(
      try twoBodies(), changes, "E18000011,All,,E18000001,North,,,,01/04/2010,E18,2010",
      "E18000011,All,,E18000002,South,,,,01/04/2010,E18,2010")
    #expect(file.verdicts == [0, 0, 0, 2] && file.missing == ["E18000011"])
    #expect(file.rejects.map(\.line) == [2, 3] && file.rejects.map(\.column) == [1, 1])
  }

  @Test func `A predecessor that no body ever was is rejected, and other areas are passed over`() throws {
    let file = try take(
      try twoBodies(), changes, "E18000002,South,,E18000099,,,,,01/04/2010,E18,2010",
      "E05000001,A ward,,E05000002,,,,,01/04/2010,E05,2010")
    #expect(file.verdicts == [0, 0, 0, 1] && file.lineCount == 1 && file.rejects.map(\.column) == [4])
    #expect(file.remarks.contains("passed over, because the register has no such kinds of bodies: 1 of E05"))
  }

  // MARK: Equivalents

  @Test func `The code that ODS gives is entered for the time for which it is said`() throws {
    let registry = try twoBodies()
    let rows = ["E18000001,North,,,,Q30,North,01/01/2009,31/03/2013 00:00,E18", "E18000002,South,,,,,,01/01/2009,,E18"]
    let file = try take(registry, equivalents, rows[0], rows[1])
    #expect(file.verdicts == [1, 0, 0, 0])
    #expect(file.remarks.last?.hasSuffix("1 of E18 without an ODS code") ?? false)
    #expect(
      try registry.rows("SELECT organisation, valid_from, last_day FROM current_code WHERE code = 'Q30'")
        == ["sha-E18000001|2009-01-01|2013-03-31"])
    #expect(try take(registry, equivalents, rows[0]).verdicts == [0, 1, 0, 0])
  }

  @Test func `A code that another body has is told`() throws {
    let file = try take(
      try England.copy(), equivalents, "E16000001,South Gloucestershire,,,,5A4,,01/01/2009,31/03/2013,E16")
    #expect(file.verdicts == [0, 0, 1, 0] && file.findings.map(\.what) == ["code"])
    #expect(file.findings.first?.register == "pct-5A4 has 5A4")
  }

  @Test func `Columns of no table of the database are refused`() throws {
    #expect(throws: Refusal.self) { try take(try Registry.inMemory(), "GEOGCD,GEOGNM\n", "E18000001,North") }
  }
}
