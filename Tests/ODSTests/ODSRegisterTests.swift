import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Files of the service's whole register (HSCOrgRefData), compared with the register.
@Suite struct ODSRegisterTests {
  private func document(_ organisations: String..., count: Int? = nil) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">
      <Manifest>
        <PublicationType value="Full"/><PublicationDate value="2026-08-28"/>
        <RecordCount value="\(count ?? organisations.count)"/>
      </Manifest>
      <Organisations>\(organisations.joined())</Organisations>
    </HSCOrgRefData:OrgRefData>
    """
  }

  private func date(_ type: String, _ first: String, _ last: String? = nil) -> String {
    let end = last.map { "<End value=\"\($0)\"/>" } ?? ""
    return "<Date><Type value=\"\(type)\"/><Start value=\"\(first)\"/>\(end)</Date>"
  }

  private func target(_ code: String, _ role: String) -> String {
    """
    <Target><OrgId root="2.16.840.1.113883.2.1.3.2.4.18.48" assigningAuthorityName="HSCIC" extension="\(code)"/>
    <PrimaryRoleId id="\(role)" uniqueRoleId="1"/></Target>
    """
  }

  private func organisation(
    _ code: String, _ name: String, dates: String, roles: String, links: String = ""
  ) -> String {
    """
    <Organisation orgRecordClass="RC1"><Name>\(name)</Name>\(dates)
    <OrgId root="2.16.840.1.113883.2.1.3.2.4.18.48" assigningAuthorityName="HSCIC" extension="\(code)"/>
    <Status value="Active"/><LastChangeDate value="2026-01-01"/><Roles>\(roles)</Roles>\(links)</Organisation>
    """
  }

  private func role(_ id: String, _ date: String, isPrimary: Bool = true) -> String {
    """
    <Role id="\(id)" uniqueRoleId="1"\(isPrimary ? " primaryRole=\"true\"" : "")>\(date)<Status value="Active"/></Role>
    """
  }

  private func relationship(_ id: String, _ code: String, _ role: String, _ date: String) -> String {
    """
    <Rel id="\(id)" uniqueRelId="1">\(date)<Status value="Active"/>\(target(code, role))</Rel>
    """
  }

  private func succession(_ type: String, _ code: String, _ role: String, _ day: String) -> String {
    "<Succ uniqueSuccId=\"1\">\(date("Legal", day))<Type>\(type)</Type>\(target(code, role))</Succ>"
  }

  @Test(.enabled(if: England.shared != nil, "the folder ../shared is not there"))
  func `The real records are accounted for, and a second import changes nothing`() throws {
    let registry = try England.copy()
    let (file, _) = try registry.take(try real("xml/HSCOrgRefData_excerpt.xml"), as: .odsXML)
    #expect(file.lineCount == 5 && file.verdicts.reduce(0, +) + file.passedOverCount == 5)
    #expect(try registry.rows("SELECT code FROM current_code WHERE organisation LIKE 'practice-%'") == ["J82028"])
    let (_, revision) = try registry.take(try real("xml/HSCOrgRefData_excerpt.xml"), as: .odsXML)
    #expect(revision == nil)
    #expect(try registry.check().isEmpty)
  }

  @Test func `Legal and operational dates are two timelines`() throws {
    let registry = try Registry.inMemory()
    try registry.take(
      document(
        organisation(
          "5N4", "SHEFFIELD PCT",
          dates: date("Legal", "2006-10-01", "2013-03-31") + date("Operational", "2006-10-01", "2013-04-30"),
          roles: role("RO179", date("Operational", "2006-10-01", "2013-04-30")))), as: .odsXML)
    #expect(
      try registry.rows("SELECT timeline, last_day FROM current_life ORDER BY timeline")
        == ["legal|2013-03-31", "operational|2013-04-30"])
  }

  @Test func `A record that became another body's gives two bodies`() throws {
    let registry = try Registry.inMemory()
    try registry.take(
      document(
        organisation(
          "00L", "NORTH EAST ICB - 00L", dates: date("Operational", "2013-04-01"),
          roles: role("RO98", date("Operational", "2013-04-01"))
            + role("RO319", date("Operational", "2022-07-01"), isPrimary: false)),
        organisation(
          "QHM", "NORTH EAST ICB", dates: date("Operational", "2016-04-01"),
          roles: role("RO261", date("Operational", "2016-04-01"))
            + role("RO262", date("Operational", "2016-04-01", "2022-06-30"), isPrimary: false)
            + role("RO318", date("Operational", "2022-07-01"), isPrimary: false))), as: .odsXML)
    #expect(
      try registry.rows("SELECT organisation, kind, valid_from, last_day FROM current_role ORDER BY 1") == [
        "ccg-00L|ccg|2013-04-01|2022-06-30", "icb-QHM|icb|2022-07-01|-", "location-00L|sub-icb-location|2022-07-01|-",
        "stp-QHM|stp|2016-04-01|2022-06-30",
      ])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A record with legal dates alone that became another body's gives two bodies that lived`() throws {
    let registry = try Registry.inMemory()
    try registry.take(
      document(
        organisation(
          "00L", "NORTH EAST ICB - 00L", dates: date("Legal", "2013-04-01"),
          roles: role("RO98", date("Legal", "2013-04-01"))
            + role("RO319", date("Legal", "2022-07-01"), isPrimary: false))), as: .odsXML)
    #expect(
      try registry.rows("SELECT organisation, valid_from, last_day FROM current_life ORDER BY 1")
        == ["ccg-00L|2013-04-01|2022-06-30", "location-00L|2022-07-01|-"])
  }

  @Test func `Relationships may name bodies further down, and a succession that stands at both ends is one`() throws {
    let registry = try Registry.inMemory()
    let operational = date("Operational", "2013-04-01")
    let trust = { (code: String, name: String, dates: String, links: String) in
      organisation(code, name, dates: dates, roles: role("RO197", dates), links: links)
    }
    let (file, _) = try registry.take(
      document(
        organisation(
          "A81001", "THE SURGERY", dates: operational,
          roles: role("RO177", operational) + role("RO76", operational, isPrimary: false),
          links: "<Rels>\(relationship("RE4", "00K", "RO98", operational))</Rels>"),
        organisation(
          "00K", "HARTLEPOOL CCG", dates: date("Operational", "2013-04-01", "2020-03-31"),
          roles: role("RO98", date("Operational", "2013-04-01", "2020-03-31"))),
        trust(
          "RAA", "OLD TRUST", date("Operational", "2001-04-01", "2014-03-31"),
          "<Succs>\(succession("Successor", "RBB", "RO197", "2014-04-01"))</Succs>"),
        trust(
          "RBB", "NEW TRUST", date("Operational", "2014-04-01"),
          "<Succs>\(succession("Predecessor", "RAA", "RO197", "2014-04-01"))</Succs>")), as: .odsXML)
    #expect(file.verdicts == [4, 0, 0, 0])
    #expect(
      try registry.rows("SELECT organisation, kind, superior, last_day FROM current_relationship") == [
        "practice-A81001|member-of|ccg-00K|2020-03-31"
      ])
    #expect(
      try registry.rows("SELECT predecessor, successor, happened_on, nature FROM current_succession") == [
        "nhs-trust-RAA|nhs-trust-RBB|2014-04-01|duties"
      ])
  }

  @Test func `What the register does not keep is passed over and counted, and a short file is told`() throws {
    let (file, revision) = try Registry.inMemory().take(
      document(
        organisation(
          "V81999", "A PHARMACY", dates: date("Operational", "2013-04-01"),
          roles: role("RO182", date("Operational", "2013-04-01"))), count: 3), as: .odsXML)
    #expect(file.passedOverCount == 1 && revision == nil)
    #expect(file.remarks.contains { $0.contains("3 organisations, but there are 1") })
  }

  @Test func `Roles that exclude each other are told, and the first is taken`() throws {
    let registry = try Registry.inMemory()
    let operational = date("Operational", "2013-04-01")
    let (file, _) = try registry.take(
      document(
        organisation(
          "X1X", "BOTH", dates: operational,
          roles: role("RO179", operational) + role("RO171", operational, isPrimary: false))), as: .odsXML)
    #expect(file.findings.map(\.what) == ["kind"])
    #expect(try registry.rows("SELECT kind FROM current_role") == ["pct"])
  }
}
