import ArgumentParser
import RegistryFormats
import ODS
import RegistryStorage

struct ExportORD: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ord-json", abstract: "Write records in the shapes of the ORD API of the Organisation Data Service.",
    discussion: """
      A record is what the API 2.0 answers for an ODS code on the day of --on,
      {"Organisation": ...}: the dates, roles, relationships and successions of all
      bodies that had the code. With a code it writes one record. Otherwise it writes
      all records, one a line, or with --folder one a file (00L.json).
      What the register lacks is left out: addresses, contacts, the numbers that the
      service gives to roles, relationships and successions (uniqueRoleId, ...), and
      bodies of kinds for which the service has no role. LastChangeDate is the day on
      which the register last recorded something about the bodies. A day that is not
      known is the first on which a source shows the fact.

      EXAMPLES
        orgreg export ord-json 00L
        orgreg export ord-json --kind icb --output boards.jsonl
        orgreg export ord-json --folder records
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputFile

  @Argument(help: "Only this record: a code of any scheme, or a permanent key.", completion: .code)
  var code: String?

  @Option(help: "Only codes of bodies that ever were of this kind.", completion: .kind)
  var kind: String?

  @Option(help: "The day (YYYY-MM-DD; default: today).", transform: Day.option)
  var on: Day?

  @Option(help: "Make a folder with a file for each record; it must be new or empty.", completion: .directory)
  var folder: String?

  func validate() throws {
    if folder != nil, output.output != nil { throw ValidationError("--folder and --output exclude each other") }
    if code != nil, folder != nil || kind != nil {
      throw ValidationError("a code names one record: leave --kind and --folder out")
    }
  }

  func run(reading registry: Registry) throws {
    let day = try registry.dayOfIssue(on)
    let records = try registry.records(kind: kind, on: day)
    let export = ORDExport(records)
    if let code {
      let known = try registry.recordedCode(code, records, on: day)
      return try output.write("the record of \(known)") { try export.write(known, to: $0) }
    }
    guard let folder else {
      return try output.write(counted(records.count, "record")) { try export.writeAll(to: $0) }
    }
    try whole {
      let files = try AtomicFolder(folder)
      let count = try export.writeAll(into: files)
      try files.commit()
      remark("orgreg: \(folder): \(counted(count, "record"))")
    }
  }
}

extension Registry {
  /// The records of a kind, or of all; there is at least one.
  func records(kind: String?, on day: Day) throws -> ODSRecords {
    if let kind { try mustKnow(kind: kind) }
    let records = try ODSRecords(self, kind: kind, on: day)
    guard records.count > 0 else {
      throw Failure(
        "no body \(kind.map { "of the kind \($0) " } ?? "")has an ODS code by \(day) and a kind that is a role of the "
          + "service; nothing was written")
    }
    return records
  }

  /// The code of the record that a code or key names.
  func recordedCode(_ reference: String, _ records: ODSRecords, on day: Day) throws -> String {
    for code in [reference, reference.uppercased()] where records.hasRecord(code) { return code }
    for body in try bodies(reference, on: nil, knownIn: latest) {
      if let code = records.code(of: body), records.hasRecord(code) { return code }
    }
    throw Failure(
      "'\(reference)' has no ODS code by \(day), or no kind that is a role of the service; nothing was written")
  }
}
