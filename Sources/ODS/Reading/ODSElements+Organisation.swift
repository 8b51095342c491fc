import RegistryStorage

/// The parts of an organisation. Each function begins at the start tag of its element and ends at its end tag.
extension ODSElements {
  mutating func organisation() throws(Stop) -> ODSOrganisation {
    let (depth, place) = (self.depth, self.place)
    guard name == .organisation else { throw unknownElement() }
    let recordClass = try required(.recordClass, "the record class")
    let isReferenceOnly = isTrue(.isReferenceOnly)
    var (code, name, postcode): (String?, String?, String?)
    var status: ODSOrganisation.Status?
    var lastChange: Day?
    var dates = ODSOrganisation.Dates()
    var roles: [ODSOrganisation.Role] = []
    var relationships: [ODSOrganisation.Relationship] = []
    var successions: [ODSOrganisation.Succession] = []
    while try nextChild(of: depth) {
      switch self.name {
      case .name: name = try text()
      case .date: try addDate(to: &dates)
      case .organisationID: code = try required(.codeExtension, "the code")
      case .status: status = try self.status()
      case .lastChangeDate: lastChange = try day()
      case .geographicLocation: postcode = try self.postcode()
      case .contacts: try skipElement()
      case .roles: roles = try children(.role) { elements throws(Stop) in try elements.role() }
      case .relationships:
        relationships = try children(.relationship) { elements throws(Stop) in try elements.relationship() }
      case .successions: successions = try children(.succession) { elements throws(Stop) in try elements.succession() }
      default: throw unknownElement()
      }
    }
    guard let code else { throw missing("the code", at: place) }
    guard let name, !name.isEmpty else { throw missing("the name", at: place) }
    guard let status else { throw missing("the status", at: place) }
    guard let lastChange else { throw missing("the date of the last change", at: place) }
    return ODSOrganisation(
      line: place.line, code: code, name: name, recordClass: recordClass, isReferenceOnly: isReferenceOnly,
      status: status, dates: dates, roles: roles, relationships: relationships, successions: successions,
      postcode: postcode, lastChange: lastChange)
  }

  // MARK: Roles, relationships, successions

  private mutating func role() throws(Stop) -> ODSOrganisation.Role {
    let (depth, place) = (self.depth, self.place)
    let id = try required(.id, "the id of a role")
    let isPrimary = isTrue(.isPrimaryRole)
    var dates = ODSOrganisation.Dates()
    var status: ODSOrganisation.Status?
    while try nextChild(of: depth) {
      switch name {
      case .date: try addDate(to: &dates)
      case .status: status = try self.status()
      default: throw unknownElement()
      }
    }
    guard let status else { throw missing("the status of a role", at: place) }
    return ODSOrganisation.Role(id: id, isPrimary: isPrimary, dates: dates, status: status)
  }

  private mutating func relationship() throws(Stop) -> ODSOrganisation.Relationship {
    let (depth, place) = (self.depth, self.place)
    let id = try required(.id, "the id of a relationship")
    var dates = ODSOrganisation.Dates()
    var status: ODSOrganisation.Status?
    var target: ODSOrganisation.Target?
    while try nextChild(of: depth) {
      switch name {
      case .date: try addDate(to: &dates)
      case .status: status = try self.status()
      case .target: target = try self.target()
      default: throw unknownElement()
      }
    }
    guard let status else { throw missing("the status of a relationship", at: place) }
    guard let target else { throw missing("the target of a relationship", at: place) }
    return ODSOrganisation.Relationship(id: id, target: target, dates: dates, status: status)
  }

  private mutating func succession() throws(Stop) -> ODSOrganisation.Succession {
    let (depth, place) = (self.depth, self.place)
    let isForward = isTrue(.isForwardSuccession)
    var dates = ODSOrganisation.Dates()
    var direction: ODSOrganisation.Succession.Direction?
    var target: ODSOrganisation.Target?
    while try nextChild(of: depth) {
      switch name {
      case .date: try addDate(to: &dates)
      case .type:
        let text = try text()
        direction = ODSOrganisation.Succession.Direction(rawValue: text)
        if direction == nil { throw malformed(text, "'\(text)' is neither Predecessor nor Successor") }
      case .target: target = try self.target()
      default: throw unknownElement()
      }
    }
    guard let direction else { throw missing("the type of a succession", at: place) }
    guard let target else { throw missing("the target of a succession", at: place) }
    guard let firstDay = dates.legal?.start else { throw missing("the legal date of a succession", at: place) }
    return ODSOrganisation.Succession(direction: direction, target: target, firstDay: firstDay, isForward: isForward)
  }

  // MARK: Parts of these

  /// The children of the current element, which must all have one name.
  private mutating func children<Child>(
    _ expected: ODSName, _ read: (inout ODSElements) throws(Stop) -> Child
  ) throws(Stop) -> [Child] {
    let depth = self.depth
    var children: [Child] = []
    while try nextChild(of: depth) {
      guard name == expected else { throw unknownElement() }
      children.append(try read(&self))
    }
    return children
  }

  private mutating func target() throws(Stop) -> ODSOrganisation.Target {
    let (depth, place) = (self.depth, self.place)
    var (code, role): (String?, String?)
    while try nextChild(of: depth) {
      switch name {
      case .organisationID: code = try required(.codeExtension, "the code of a target")
      case .primaryRoleID: role = try required(.id, "the primary role of a target")
      default: throw unknownElement()
      }
    }
    guard let code else { throw missing("the code of a target", at: place) }
    guard let role else { throw missing("the primary role of a target", at: place) }
    return ODSOrganisation.Target(code: code, primaryRole: role)
  }

  private mutating func addDate(to dates: inout ODSOrganisation.Dates) throws(Stop) {
    let (depth, place) = (self.depth, self.place)
    var (type, first, last): (String?, Day?, Day?)
    var placeOfEnd = place
    while try nextChild(of: depth) {
      switch name {
      case .type: type = try required(.value, "the type of a date")
      case .start: first = try day()
      case .end:
        last = try day()
        placeOfEnd = self.place
      default: throw unknownElement()
      }
    }
    guard let type else { throw missing("the type of a date", at: place) }
    guard let first else { throw missing("the start of a date", at: place) }
    if let last, last < first {
      throw .malformed(placeOfEnd, value: "\(last)", reason: "it ends on \(last), before it begins on \(first)")
    }
    let timeline: WritableKeyPath<ODSOrganisation.Dates, Period?>
    switch type {
    case "Legal": timeline = \.legal
    case "Operational": timeline = \.operational
    default:
      throw .malformed(place, value: type, reason: "the type of a date, '\(type)', is neither Legal nor Operational")
    }
    guard dates[keyPath: timeline] == nil else {
      throw .malformed(place, value: type, reason: "there are two dates of the type \(type)")
    }
    dates[keyPath: timeline] = Period(from: first, through: last)
  }

  private func status() throws(Stop) -> ODSOrganisation.Status {
    let text = attribute(.value) ?? ""
    guard let status = ODSOrganisation.Status(rawValue: text) else {
      throw malformed(text, "the status '\(text)' is neither Active nor Inactive")
    }
    return status
  }

  /// Nil if there is none, or it is empty.
  private mutating func postcode() throws(Stop) -> String? {
    let depth = self.depth
    var postcode = ""
    while try nextChild(of: depth) {
      guard name == .location else { throw unknownElement() }
      while try nextChild(of: depth + 1) {
        switch name {
        case .postcode: postcode = try text()
        case .addressLine1, .addressLine2, .addressLine3, .town, .county, .country, .uprn: break
        default: throw unknownElement()
        }
      }
    }
    return postcode.isEmpty ? nil : postcode
  }
}
