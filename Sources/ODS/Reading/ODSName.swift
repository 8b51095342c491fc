/// The names of the elements and attributes of HSCOrgRefData that are used, or may occur in an organisation.
enum ODSName: Int, CaseIterable {
  case root, namespace
  case manifest, publicationType, publicationDate, recordCount
  case codeSystems, codeSystem, concept, displayName
  case organisations, organisation, recordClass, isReferenceOnly
  case name, date, type, start, end, organisationID, status, lastChangeDate
  case geographicLocation, location, addressLine1, addressLine2, addressLine3, town, county, postcode, country, uprn
  case contacts, roles, role, isPrimaryRole, relationships, relationship, successions, succession, isForwardSuccession
  case target, primaryRoleID
  case id, value, codeExtension

  var spelling: String {
    switch self {
    case .root: "HSCOrgRefData:OrgRefData"
    case .namespace: "xmlns:HSCOrgRefData"
    case .manifest: "Manifest"
    case .publicationType: "PublicationType"
    case .publicationDate: "PublicationDate"
    case .recordCount: "RecordCount"
    case .codeSystems: "CodeSystems"
    case .codeSystem: "CodeSystem"
    case .concept: "concept"
    case .displayName: "displayName"
    case .organisations: "Organisations"
    case .organisation: "Organisation"
    case .recordClass: "orgRecordClass"
    case .isReferenceOnly: "refOnly"
    case .name: "Name"
    case .date: "Date"
    case .type: "Type"
    case .start: "Start"
    case .end: "End"
    case .organisationID: "OrgId"
    case .status: "Status"
    case .lastChangeDate: "LastChangeDate"
    case .geographicLocation: "GeoLoc"
    case .location: "Location"
    case .addressLine1: "AddrLn1"
    case .addressLine2: "AddrLn2"
    case .addressLine3: "AddrLn3"
    case .town: "Town"
    case .county: "County"
    case .postcode: "PostCode"
    case .country: "Country"
    case .uprn: "UPRN"
    case .contacts: "Contacts"
    case .roles: "Roles"
    case .role: "Role"
    case .isPrimaryRole: "primaryRole"
    case .relationships: "Rels"
    case .relationship: "Rel"
    case .successions: "Succs"
    case .succession: "Succ"
    case .isForwardSuccession: "forwardSuccession"
    case .target: "Target"
    case .primaryRoleID: "PrimaryRoleId"
    case .id: "id"
    case .value: "value"
    case .codeExtension: "extension"
    }
  }
}
