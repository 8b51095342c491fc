package import RegistryFormats
import RegistryStorage

/// Records in the shapes of the Organisation Reference Data API 2.0 of the Organisation Data Service.
///
/// Kept here:
/// 1. Members are those of the service's answers, in their order. What the register lacks is left out: addresses,
///    contacts, and the service's own numbers of roles, relationships and successions.
/// 2. Members are spelled as the service spells them: `OrgId`, but `orgRecordClass`.
/// 3. `LastChangeDate` is the day on which the register last recorded something about the bodies.
package struct ORDExport {
  private let records: ODSRecords

  package init(_ records: ODSRecords) { self.records = records }

  /// Writes the record of one code, as the service returns it.
  package func write(_ code: String, to sink: any ByteSink) throws(WriteError) {
    for entry in records.entries where entry.code == code {
      guard let record = records.record(entry) else { continue }
      try write(record, style: .pretty, to: sink)
    }
  }

  /// Writes all records, one a line.
  /// - Returns: how many there are.
  @discardableResult
  package func writeAll(to sink: any ByteSink) throws(WriteError) -> Int {
    var count = 0
    for entry in records.entries {
      guard let record = records.record(entry) else { continue }
      try write(record, style: .compact, to: sink)
      count += 1
    }
    return count
  }

  /// Writes all records into a folder, one a file: `00L.json`.
  /// - Returns: how many there are.
  package func writeAll(into folder: AtomicFolder) throws(WriteError) -> Int {
    var count = 0
    for entry in records.entries {
      // A code that looks like a path cannot be the name of a file.
      guard let record = records.record(entry), !entry.code.contains("/"), !entry.code.hasPrefix(".") else { continue }
      let file = try folder.sink("\(entry.code).json")
      try write(record, style: .pretty, to: file)
      try folder.finish(file)
      count += 1
    }
    return count
  }

  private func write(_ record: ODSRecord, style: JSONWriter.Style, to sink: any ByteSink) throws(WriteError) {
    var writer = JSONWriter(sink, style: style)
    try writer.write(["Organisation": json(record)])
  }

  // MARK: Shapes

  private func json(_ record: ODSRecord) -> JSONValue {
    var members: [JSONValue.Member] = []
    if let name = record.name { members.append(.init("Name", .string(name))) }
    members += [
      .init("Date", dates(record.dates)), .init("OrgId", Self.identifier(record.code)),
      .init("Status", status(record.dates)), .init("LastChangeDate", .string(record.lastChange)),
      .init("orgRecordClass", "RC1"), .init("Roles", ["Role": .array(record.roles.map(role))]),
    ]
    if !record.relationships.isEmpty {
      members.append(.init("Rels", ["Rel": .array(record.relationships.map(relationship))]))
    }
    if !record.successions.isEmpty {
      members.append(.init("Succs", ["Succ": .array(record.successions.map(Self.succession))]))
    }
    return .object(members)
  }

  private static func identifier(_ code: String) -> JSONValue {
    [
      "root": "2.16.840.1.113883.2.1.3.2.4.18.48", "assigningAuthorityName": "HSCIC", "extension": .string(code),
    ]
  }

  private func dates(_ dates: ODSRecord.Dates) -> JSONValue {
    .array(
      [("Operational", dates.operational), ("Legal", dates.legal)].compactMap { type, period in
        period.map { Self.date(type, $0.start, $0.lastDay) }
      })
  }

  private static func date(_ type: String, _ start: Day, _ end: Day?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("Type", .string(type)), .init("Start", .string(start.description)),
    ]
    if let end { members.append(.init("End", .string(end.description))) }
    return .object(members)
  }

  private func status(_ dates: ODSRecord.Dates) -> JSONValue {
    records.directory.isActive(dates) ? "Active" : "Inactive"
  }

  private func role(_ role: ODSRecord.Role) -> JSONValue {
    var members: [JSONValue.Member] = [.init("id", .string(role.role.id))]
    if role.isPrimary { members.append(.init("primaryRole", true)) }
    return .object(members + [.init("Date", dates(role.dates)), .init("Status", status(role.dates))])
  }

  private static func target(_ target: ODSRecord.Target) -> JSONValue {
    ["OrgId": identifier(target.code), "PrimaryRoleId": ["id": .string(target.primaryRole)]]
  }

  private func relationship(_ relationship: ODSRecord.Relationship) -> JSONValue {
    let dates = ODSRecord.Dates(operational: relationship.period)
    return [
      "Date": self.dates(dates), "Status": status(dates), "Target": Self.target(relationship.target),
      "id": .string(relationship.id),
    ]
  }

  private static func succession(_ succession: ODSRecord.Succession) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("Date", .array([date("Legal", succession.day, nil)])),
      .init("Type", succession.isForward ? "Successor" : "Predecessor"), .init("Target", target(succession.target)),
    ]
    if succession.goesOn { members.append(.init("forwardSuccession", true)) }
    return .object(members)
  }
}
