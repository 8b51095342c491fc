package import RegistryFormats
package import RegistryStorage

/// Records as a FHIR R4 Bundle. It has Organization resources as the API of the Organisation Data Service returns them,
/// and OrganizationAffiliation resources for their relationships.
///
/// Kept here:
/// 1. Elements, extensions and code systems are those of the service's answers. What the register lacks is left out:
///    addresses, telecoms, the service's numbers of instances, and the code system of relationships, which no known
///    answer names. Profiles demand these, so no profile is claimed.
/// 2. In an affiliation `organization` is the lower body and `participatingOrganization` the upper one.
/// 3. The id of the bundle names the revision of the register.
package struct FHIRExport {
  private let records: ODSRecords
  private let edition: Edition

  package init(_ records: ODSRecords, _ edition: Edition) {
    self.records = records
    self.edition = edition
  }

  /// Writes all records as one Bundle.
  /// - Returns: how many resources of each kind there are.
  @discardableResult
  package func write(
    to sink: any ByteSink
  ) throws(WriteError) -> (organizations: Int, affiliations: Int) {
    var counts = (organizations: 0, affiliations: 0)
    var writer = JSONWriter(sink)
    try writer.beginObject()
    for member in head {
      try writer.key(member.name)
      try writer.write(member.value)
    }
    try writer.key("entry")
    try writer.beginArray()
    for entry in records.entries {
      guard let record = records.record(entry) else { continue }
      try writer.write(["resource": organization(record)])
      counts.organizations += 1
      for relationship in record.relationships {
        try writer.write(["resource": affiliation(record.code, relationship)])
        counts.affiliations += 1
      }
    }
    try writer.endArray()
    try writer.endObject()
    return counts
  }

  private var head: [JSONValue.Member] {
    var head: [JSONValue.Member] = [
      .init("resourceType", "Bundle"), .init("id", "organisation-register-revision-\(edition.revision)"),
    ]
    if let recordedAt = edition.recordedAt { head.append(.init("meta", ["lastUpdated": .string(recordedAt)])) }
    return head + [.init("type", "collection")]
  }

  // MARK: Organization

  private static let england = "https://fhir.nhs.uk/England"
  private static let service = "https://digital.nhs.uk/services/organisation-data-service/CodeSystem"

  private func organization(_ record: ODSRecord) -> JSONValue {
    var members: [JSONValue.Member] = [.init("resourceType", "Organization")]
    if Self.canBeID(record.code) { members.append(.init("id", .string(record.code))) }
    members += [
      .init("extension", .array(record.roles.map(role) + [Self.lastChange(record.lastChange)])),
      .init(
        "identifier",
        [
          [
            "use": "official", "system": .string(Self.identifierSystem), "value": .string(record.code),
            "assigner": ["display": "HSCIC"],
          ]
        ]), .init("active", .bool(records.directory.isActive(record.dates))),
      .init(
        "type",
        [
          ["coding": [Self.coding("\(Self.england)/CodeSystem/England-ODSRecordUseType", "Full", "Full")]],
          ["coding": [Self.coding("\(Self.service)/ODSRecordClass", "RC1", "HSCOrg")]],
        ]),
    ]
    if let name = record.name { members.append(.init("name", .string(name))) }
    return .object(members)
  }

  /// Codes may have characters that the id of a resource must not have.
  private static func canBeID(_ code: String) -> Bool {
    code.utf8.count <= 64 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
  }

  private static let identifierSystem = "https://fhir.nhs.uk/Id/ods-organization-code"

  private static func coding(_ system: String, _ code: String, _ display: String?) -> JSONValue {
    var members: [JSONValue.Member] = [.init("system", .string(system)), .init("code", .string(code))]
    if let display { members.append(.init("display", .string(display))) }
    return .object(members)
  }

  private func role(_ role: ODSRecord.Role) -> JSONValue {
    let code = Self.coding("\(Self.service)/ODSOrganisationRole", role.role.id, role.role.name)
    let periods = [("Legal", role.dates.legal), ("Operational", role.dates.operational)].compactMap { type, period in
      period.map { Self.typedPeriod(type, $0) }
    }
    let parts: [JSONValue] =
      [["url": "roleCode", "valueCodeableConcept": ["coding": [code]]]] + periods
      + [["url": "active", "valueBoolean": .bool(records.directory.isActive(role.dates))]]
    return [
      "url": .string("\(Self.england)/StructureDefinition/Extension-England-OrganisationRole"),
      "extension": .array(parts),
    ]
  }

  private static func typedPeriod(_ type: String, _ period: Period) -> JSONValue {
    [
      "url": .string("\(england)/StructureDefinition/Extension-England-TypedPeriod"),
      "extension": [
        ["url": "dateType", "valueCoding": coding("\(england)/CodeSystem/England-PeriodType", type, type)],
        ["url": "period", "valuePeriod": json(period)],
      ],
    ]
  }

  private static func lastChange(_ day: String) -> JSONValue {
    [
      "url": .string("\(england)/StructureDefinition/Extension-England-TypedDateTime"),
      "extension": [
        [
          "url": "type",
          "valueCoding": coding("\(england)/CodeSystem/England-ODSDateTime", "LastChangeDate", "Last Change Date"),
        ], ["url": "dateTime", "valueDateTime": .string(day)],
      ],
    ]
  }

  private static func json(_ period: Period) -> JSONValue {
    var members: [JSONValue.Member] = [.init("start", .string(period.start.description))]
    if let last = period.lastDay { members.append(.init("end", .string(last.description))) }
    return .object(members)
  }

  // MARK: OrganizationAffiliation

  private func affiliation(_ code: String, _ relationship: ODSRecord.Relationship) -> JSONValue {
    let name = relationship.id == "RE4" ? "IS COMMISSIONED BY" : "IS LOCATED IN THE GEOGRAPHY OF"
    return [
      "resourceType": "OrganizationAffiliation",
      "active": .bool(!records.directory.hasEnded(relationship.period)), "period": Self.json(relationship.period),
      "organization": Self.reference(code), "participatingOrganization": Self.reference(relationship.target.code),
      "code": [["coding": [["code": .string(relationship.id), "display": .string(name)]]]],
    ]
  }

  private static func reference(_ code: String) -> JSONValue {
    ["identifier": ["system": .string(identifierSystem), "value": .string(code)]]
  }
}
