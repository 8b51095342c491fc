import ChangeFiles
import RegistryExporting
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

/// The England register is exported as a change file and read again.
@Suite(.tags(.slow), .inFullRuns) struct EnglandExportTests {
  private func exported(_ registry: Registry) throws -> [UInt8] {
    let sink = MemorySink()
    try ChangeFileWriter(RegisterExport(StatedFacts(registry)).changes).write(to: sink)
    return sink.bytes
  }

  private func read(_ bytes: [UInt8]) throws -> ChangeSet {
    let file = ChangeFile(name: "england.csv", reader: CSVReader(bytes: bytes))
    guard file.problems.isEmpty else { throw Refused(problems: file.problems) }
    return ChangeSet(changes: file.changes)
  }

  @Test func `An empty register that reads the export says the same`() throws {
    let england = try England.open()
    let bytes = try exported(england)
    let changes = try read(bytes)
    let again = try Registry.inMemory()
    try again.say(changes)
    let (wanted, found) = (try england.state(), try again.state())
    #expect(found.count > 10_000)
    #expect(Set(found).symmetricDifference(wanted).sorted().prefix(10) == [])
    #expect(found == wanted)
    #expect(try exported(again) == bytes)

    let copy = try England.copy()
    let (revision, difference) = try copy.say(changes)
    #expect(revision == nil)
    #expect(difference.rows.prefix(5).map { "\($0)" } == [])
  }

  @Test(arguments: [["ccg-00L"], ["icb-QE1"], ["pct-5A3", "sha-Q30"], ["location-D4U1Y"], ["pct-cluster-arden"]])
  func `A part can be read by an empty register`(keys: [String]) throws {
    let england = try England.open()
    let sink = MemorySink()
    try ChangeFileWriter(RegisterExport(StatedFacts(england), about: Set(keys)).changes).write(to: sink)
    let part = try Registry.inMemory()
    try part.say(try read(sink.bytes))
    for key in keys {
      for view in ["current_code", "current_name", "current_role", "current_relationship"] {
        let query = "SELECT * FROM \(view) WHERE organisation = ?1"
        #expect(try part.rows(query, [.text(key)]).sorted() == england.rows(query, [.text(key)]).sorted(), "\(view)")
      }
    }
    let (revision, _) = try England.copy().say(try read(sink.bytes))
    #expect(revision == nil)
  }
}
